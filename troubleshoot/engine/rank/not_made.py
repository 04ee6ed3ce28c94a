"""Checks that an environment cannot make, because it does without their store on purpose."""

from collections.abc import Collection, Iterable, Mapping

from troubleshoot.engine.collect.answers import unconfigured
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.store import Store


def not_made(findings: Iterable[Finding], absent: Collection[str]) -> dict[str, Store]:
    """Check → the store it needs, of those ``absent`` by what the configuration says."""
    stores = {unconfigured(one).reason: one for one in map(Store.named, absent)}
    return {
        one.check: stores[one.reason]
        for one in findings
        if one.outcome is Outcome.SKIPPED and one.reason in stores
    }


def words(without: Mapping[str, Store]) -> str:
    """``no X here: 5 checks not made``, or nothing."""
    stores = ", ".join(f"no {store.product}" for store in dict.fromkeys(without.values()))
    many = f"{len(without)} checks" if len(without) > 1 else "1 check"
    return f"{stores} here: {many} not made" if without else ""
