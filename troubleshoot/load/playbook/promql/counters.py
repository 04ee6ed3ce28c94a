"""Counters without a rate: how much since the process started, which is always more.

By naming convention: ``_total``, and the ``_bucket``, ``_sum`` and ``_count`` of a
histogram or summary. What a recording rule made (``a:b_total:c``) can be anything.
"""

import re
from collections.abc import Iterator

import promql_parser as parser

from troubleshoot.load.playbook.promql.pitfall import Pitfall
from troubleshoot.load.playbook.promql.syntax import Node

_COUNTER = re.compile(r"[^:]+_(total|bucket|sum)|[^:]+_(seconds|bytes|duration|size|ms)_count")
# functions and aggregations that read a counter as one, or do not look at its value
_FIT = {
    "rate", "irate", "increase", "resets", "changes", "count", "group", "timestamp",
    "absent", "absent_over_time", "present_over_time", "count_over_time",
    "ts_of_first_over_time", "ts_of_last_over_time",
}  # fmt: skip


def counter_pitfalls(root: Node) -> Iterator[Pitfall]:
    metrics = {one.name for one in root.walk() if one.is_metric}
    for node in _raw(root):
        if _is_counter(node.name, metrics):
            yield Pitfall(node.offset, _message(node))


def _is_counter(name: str, metrics: set[str]) -> bool:
    if _COUNTER.fullmatch(name):
        return True
    base = name.removesuffix("_count")
    return base != name and bool(metrics & {f"{base}_sum", f"{base}_bucket"})


def _raw(node: Node) -> Iterator[Node]:
    """The selectors whose value reaches the answer as it is."""
    if node.is_metric:
        yield node
    elif isinstance(node.expr, parser.BinaryExpr):
        yield from _operands(node)
    elif node.name not in _FIT:
        for child in node.children:
            yield from _raw(child)


def _operands(node: Node) -> Iterator[Node]:
    left, right = node.children
    if node.name in ("and", "unless"):
        yield from _raw(left)
    elif node.name == "*" and "0" in (left.bare.text, right.bare.text):
        return  # a zero for each series
    elif node.name == "-" and _metrics(left) == _metrics(right):
        return  # how much it grew, by hand
    else:
        yield from _raw(left)
        yield from _raw(right)


def _metrics(node: Node) -> set[str]:
    return {one.name for one in node.walk() if one.is_metric}


def _message(node: Node) -> str:
    return (
        f"{node.name} is a counter by its name, and only grows while a process runs: its value, "
        "its largest and its mean tell how long that is. "
        f"Write `rate({node.text}[{{{{ window }}}}])`, or `increase(…)` for an amount"
    )
