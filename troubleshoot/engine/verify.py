"""Did the fix work? A value counts as recovered when it held for the whole window."""

from collections.abc import Mapping

from troubleshoot.engine.judge.judged import limit_words
from troubleshoot.engine.rank.conclusion import Verdicts
from troubleshoot.engine.rank.not_made import Lack, words
from troubleshoot.model.comparison import Comparison
from troubleshoot.model.exits import Exit
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.report import Conclusion, Verification


def verifications(playbook: Playbook, findings: Mapping[str, Finding]) -> tuple[Verification, ...]:
    found = []
    for rule in playbook.verify:
        finding = findings[rule.check]
        recovered, reason = _recovered(rule.recovered, finding)
        found.append(
            Verification(finding, limit_words(rule.recovered, finding.unit), recovered, reason)
        )
    return tuple(found)


def verdicts(found: tuple[Verification, ...], without: Mapping[str, Lack] = {}) -> Verdicts:
    """Not recovered outweighs cannot tell: one of them is enough to go on.

    ``without``: checks whose store the environment does without; they alone tell nothing.
    """
    bad = [one.finding.title for one in found if one.recovered is False]
    unknown = [
        one.finding.title
        for one in found
        if one.recovered is None and (one.finding.check not in without or _none(found))
    ]
    complete = not unknown
    if bad:
        text = f"Not recovered: {', '.join(bad)}"
        return Verdicts(Conclusion.DIAGNOSED, complete, text, Exit.FOUND, verifications=found)
    if unknown or not found:
        text = f"Cannot tell: {', '.join(unknown) or 'there is nothing to verify'}"
        return Verdicts(
            Conclusion.INCONCLUSIVE, complete, text, Exit.INCONCLUSIVE, verifications=found
        )
    text = "; ".join(filter(None, ("Recovered", words(without))))
    return Verdicts(Conclusion.CLEAR, complete, text, Exit.CLEAR, verifications=found)


def _none(found: tuple[Verification, ...]) -> bool:
    return all(one.recovered is None for one in found)


def _recovered(rule: Comparison, finding: Finding) -> tuple[bool | None, str]:
    if not finding.outcome.conclusive:
        return None, finding.reason
    if not finding.items:
        return (True, "nothing was there") if rule.holds(0.0) else (None, "nothing was there")
    if finding.evidence is not Evidence.METRIC:
        passed = all(_passes(rule, item) for item in finding.items)
        return passed, finding.summary if passed else ""
    verdicts = [_held(rule, item) for item in finding.items if item.recent]
    if not verdicts:
        return None, "there is no value in the window"
    if all(verdicts):
        return True, ""
    now = [item.value is not None and rule.holds(item.value) for item in finding.items]
    return False, "it holds now, but not for the whole window yet" if all(now) else ""


def _held(rule: Comparison, item: Item) -> bool:
    low, high = item.recent or (0.0, 0.0)
    return rule.holds(low) and rule.holds(high)


def _passes(rule: Comparison, item: Item) -> bool:
    """A value of the whole window; a share of too few to count is no trouble either."""
    return item.outcome is Outcome.OK or (item.value is not None and rule.holds(item.value))
