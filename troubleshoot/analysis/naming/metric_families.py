"""Names of metrics to the families they belong to: a histogram is one thing under three names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from troubleshoot.model.suggestion import MetricKind

_PARTS = ("_bucket", "_sum", "_count")
_PLAIN = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_COUNTER = re.compile(r".*(?:_total|_count|_sum)")


@dataclass(frozen=True, slots=True)
class Family:
    """``name`` without the parts of a histogram; ``looked_at``: whose series are looked at."""

    name: str
    kind: MetricKind
    looked_at: str


def families(names: Iterable[str], types: Mapping[str, str]) -> tuple[Family, ...]:
    """In the order of their names; ``types`` is what those say that expose them, if anything.

    Without a word of it a name that ends as counters do is one; behaviour has the last word.
    """
    there = {name for name in names if not name.endswith("_created")}
    found: dict[str, Family] = {}
    for name in sorted(there):
        base = _base(name, there)
        if base not in found:
            found[base] = Family(base, _kind(base, there, types), _looked_at(base, there))
    return tuple(found.values())


def plain(name: str) -> bool:
    """Whether PromQL of every server can say it without quotes."""
    return _PLAIN.fullmatch(name) is not None


def _base(name: str, there: set[str]) -> str:
    for part in _PARTS:
        base = name.removesuffix(part)
        if base != name and f"{base}_sum" in there and f"{base}_count" in there:
            return base
    return name


def _kind(base: str, there: set[str], types: Mapping[str, str]) -> MetricKind:
    if f"{base}_bucket" in there:
        return "histogram"
    if f"{base}_count" in there and f"{base}_sum" in there:
        return "summary"
    said = types.get(base) or types.get(base.removesuffix("_total"))
    if said == "histogram":
        return "native"
    if said in ("counter", "gauge"):
        return "counter" if said == "counter" else "gauge"
    return "counter" if _COUNTER.fullmatch(base) else "gauge"


def _looked_at(base: str, there: set[str]) -> str:
    return f"{base}_count" if f"{base}_count" in there and f"{base}_sum" in there else base
