"""What could not be looked at, and the causes that it might overturn."""

from collections.abc import Iterable

from troubleshoot.engine.judge.findings import LEFT_OUT
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.topology.attribution import HINT, UNKNOWN
from troubleshoot.model.diagnosis import Bearing, Diagnosis
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.report import Gap, NotMade
from troubleshoot.model.store import Store


def gaps(case: Case, diagnoses: tuple[Diagnosis, ...]) -> tuple[Gap, ...]:
    """Checks that could not tell, in the order of the guide; then, who calls whom."""
    found = (
        Gap(
            one.check, one.title, one.outcome, one.reason, one.hint,
            could_change=tuple(d.id for d in diagnoses if one.check in d.could_change),
        )
        for one in untold(case)
    )  # fmt: skip
    return (*found, *_unrelated(case.findings.values(), diagnoses))


def untold(case: Case) -> tuple[Finding, ...]:
    """The checks that could not tell, but for those that are not made, and need not be."""
    every = case.findings.values()
    return tuple(
        one for one in every if not one.outcome.conclusive and one.check not in case.without
    )


def missed(case: Case) -> tuple[Finding, ...]:
    """The gaps that nobody wanted: what was left out on purpose is none."""
    return tuple(one for one in untold(case) if one.reason != LEFT_OUT)


def apart(case: Case, diagnoses: tuple[Diagnosis, ...]) -> tuple[NotMade, ...]:
    """By store, and what is not measured by itself.

    They are counted apart from the gaps, which may be mended during an incident.
    """
    groups: dict[tuple[Store, bool], list[str]] = {}
    for check, lack in case.without.items():
        groups.setdefault((lack.store, not lack.meaning), []).append(check)
    found = []
    for (store, _), checks in groups.items():
        changes = tuple(one.id for one in diagnoses if not {*checks}.isdisjoint(one.could_change))
        meanings = tuple(filter(None, (case.without[one].meaning for one in checks)))
        found.append(NotMade(store.value, tuple(checks), changes, meanings))
    return tuple(found)


def _unrelated(findings: Iterable[Finding], diagnoses: Iterable[Diagnosis]) -> tuple[Gap, ...]:
    """What is missing where nothing tells who calls whom."""
    noted = {one.check for one in findings if UNKNOWN in one.notes}
    changed = tuple(
        one.id
        for one in diagnoses
        if any(each.check in noted and each.bearing is Bearing.HOLDS for each in one.arguments_for)
    )
    if not changed:
        return ()
    return (Gap("calls", "Who calls whom", Outcome.NO_DATA, UNKNOWN, HINT, changed),)
