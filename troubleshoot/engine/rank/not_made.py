"""Checks that are not made, and are no gaps: what they need is not here, and need not be."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from troubleshoot.engine.collect.answers import unconfigured
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.store import Store


@dataclass(frozen=True, slots=True)
class Lack:
    """What a check does without: its store, or a metric in it that has this ``meaning``."""

    store: Store
    meaning: str = ""


def not_made(
    findings: Iterable[Finding], absent: Collection[str], planned: Iterable[Planned] = ()
) -> dict[str, Lack]:
    """Check → what it lacks.

    That is a store that is ``absent`` by what the configuration says, or a metric where the
    playbook says that a system may be without.
    """
    stores = {unconfigured(one).reason: one for one in map(Store.named, absent)}
    lacking = {one.check.id: Lack(one.store, one.lacks) for one in planned if one.lacks}
    return lacking | {
        one.check: Lack(stores[one.reason])
        for one in findings
        if one.outcome is Outcome.SKIPPED and one.reason in stores
    }


def words(without: Mapping[str, Lack]) -> str:
    """``no X here: 5 checks not made``, or nothing; what is not measured is no news."""
    lacks = [one.store for one in without.values() if not one.meaning]
    stores = ", ".join(f"no {store.product}" for store in dict.fromkeys(lacks))
    many = f"{len(lacks)} checks" if len(lacks) > 1 else "1 check"
    return f"{stores} here: {many} not made" if lacks else ""
