"""The judge of a check, found by its kind: `engine.judge.kinds.KIND`."""

from importlib import import_module

from troubleshoot.engine.judge.judged import Judged, JudgeInput


def judge(sight: JudgeInput) -> Judged:
    rule = sight.planned.check.judge
    found: Judged = import_module(f"troubleshoot.engine.judge.kinds.{rule.kind}").judge(rule, sight)
    return found
