"""All pitfalls of an expression: what a check cannot mean by it, whoever wrote it."""

from troubleshoot.load.playbook.promql.counters import counter_pitfalls
from troubleshoot.load.playbook.promql.filters import filter_pitfalls
from troubleshoot.load.playbook.promql.pitfall import Pitfall
from troubleshoot.load.playbook.promql.ratios import ratio_pitfalls
from troubleshoot.load.playbook.promql.syntax import Node


def pitfalls(root: Node, *, zero: bool = False, labels_only: bool = False) -> tuple[Pitfall, ...]:
    """In the order of the text.

    ``zero``: an empty answer counts as zero. ``labels_only``: no value is looked at.
    """
    values = () if labels_only else counter_pitfalls(root)
    found = (*filter_pitfalls(root, zero=zero), *ratio_pitfalls(root), *values)
    return tuple(sorted(found, key=lambda one: one.offset))
