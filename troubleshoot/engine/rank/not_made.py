"""Checks that an environment cannot make, because it does without their store on purpose."""

from collections.abc import Collection, Iterable, Mapping

from troubleshoot.engine.collect.answers import unconfigured
from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.report import NotMade
from troubleshoot.model.store import Store


def not_made(findings: Iterable[Finding], absent: Collection[str]) -> dict[str, Store]:
    """Check → the store it needs, of those ``absent`` by what the configuration says."""
    stores = {unconfigured(one).reason: one for one in map(Store.named, absent)}
    return {
        one.check: stores[one.reason]
        for one in findings
        if one.outcome is Outcome.SKIPPED and one.reason in stores
    }


def apart(without: Mapping[str, Store], diagnoses: Iterable[Diagnosis]) -> tuple[NotMade, ...]:
    """By store; counted apart from the gaps, which may be mended during an incident."""
    every = tuple(diagnoses)
    found = []
    for store in dict.fromkeys(without.values()):
        checks = tuple(check for check, needed in without.items() if needed == store)
        changes = tuple(one.id for one in every if not {*checks}.isdisjoint(one.could_change))
        found.append(NotMade(store.value, checks, changes))
    return tuple(found)


def words(without: Mapping[str, Store]) -> str:
    """``no X here: 5 checks not made``, or nothing."""
    stores = ", ".join(f"no {store.product}" for store in dict.fromkeys(without.values()))
    many = f"{len(without)} checks" if len(without) > 1 else "1 check"
    return f"{stores} here: {many} not made" if without else ""
