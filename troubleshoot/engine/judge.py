"""The judge of a check, found by its kind: `engine.judges.KIND`."""

from importlib import import_module

from troubleshoot.engine.judged import Judged, Sight


def judge(sight: Sight) -> Judged:
    rule = sight.planned.check.judge
    found: Judged = import_module(f"troubleshoot.engine.judges.{rule.kind}").judge(rule, sight)
    return found
