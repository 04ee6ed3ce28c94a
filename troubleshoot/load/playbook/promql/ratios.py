"""Ratios whose sides can only match themselves: both keep the label in which they differ.

``rate(x{status="error"}[5m]) / rate(x[5m])`` divides each series with ``status="error"`` by the
one series that has the same labels: itself. The ratio is always 1.
"""

from collections.abc import Iterator

import promql_parser as parser

from troubleshoot.load.playbook.promql.pitfall import Pitfall
from troubleshoot.load.playbook.promql.syntax import Node

Matcher = tuple[str, str, str]
_KEEP_ALL = ("topk", "bottomk", "limitk", "limit_ratio")


def ratio_pitfalls(root: Node) -> Iterator[Pitfall]:
    for node in root.walk():
        if isinstance(node.expr, parser.BinaryExpr) and node.name == "/":
            yield from _pitfall(node, node.expr)


def _pitfall(node: Node, expr: parser.BinaryExpr) -> Iterator[Pitfall]:
    left, right = (child.bare for child in node.children)
    if not any(one.is_metric for one in left.walk()) or _skeleton(left) != _skeleton(right):
        return
    pairs = zip(_selectors(left), _selectors(right), strict=True)
    differing = {name for one, other in pairs for name, _, _ in one ^ other}
    if not differing:
        yield Pitfall(node.offset, "both sides are the same: the ratio is always 1")
    elif met := sorted(name for name in differing if _meets(node, expr, name)):
        message = (
            f"both sides keep the label {' and '.join(met)}, by which they differ: a series meets "
            "only itself, and the ratio is always 1, or nothing. "
            f"Write `sum({left.text}) / sum({right.text})`"
        )
        yield Pitfall(node.offset, message)


def _meets(node: Node, expr: parser.BinaryExpr, label: str) -> bool:
    return all(_kept(child, label) for child in node.children) and _matched(expr, label)


def _skeleton(node: Node) -> str:
    """The expression without its matchers, so that two of the same form are equal."""
    expr = node.expr
    match expr:
        case parser.ParenExpr():
            return _skeleton(node.bare)
        case parser.VectorSelector():
            own = f"{expr.offset} {expr.at}"
        case parser.MatrixSelector():
            own = f"{expr.range}"
        case parser.SubqueryExpr():
            own = f"{expr.range} {expr.step} {expr.offset} {expr.at}"
        case parser.AggregateExpr() | parser.BinaryExpr():
            own = f"{expr.modifier}"
        case parser.NumberLiteral() | parser.StringLiteral():
            own = f"{expr}"
        case _:
            own = type(expr).__name__
    return f"{node.name} {own} ({', '.join(map(_skeleton, node.children))})"


def _selectors(node: Node) -> Iterator[frozenset[Matcher]]:
    for one in node.walk():
        if isinstance(one.expr, parser.VectorSelector):
            found = one.expr.matchers.matchers
            yield frozenset((each.name, str(each.op), each.value) for each in found)


def _kept(node: Node, label: str) -> bool:
    """Whether the label is still there when the two sides meet."""
    expr = node.expr
    if isinstance(expr, parser.AggregateExpr) and node.name not in _KEEP_ALL:
        named = expr.modifier is not None and label in expr.modifier.labels
        without = expr.modifier is not None and expr.modifier.type == parser.AggModifierType.Without
        if named is without:
            return False
    return not node.children or any(
        _kept(child, label)
        for child in node.children
        if not isinstance(child.expr, parser.NumberLiteral | parser.StringLiteral)
    )


def _matched(expr: parser.BinaryExpr, label: str) -> bool:
    """Whether the label decides which series meet."""
    matching = expr.modifier.matching if expr.modifier else None
    if matching is None:
        return True
    return (label in matching.labels) is (matching.type == parser.LabelModifierType.Include)
