"""Comparisons that leave series out: where nothing satisfies them, the answer is empty.

"Healthy" and "no data" look the same then, so a check can never tell that all is well.
"""

import promql_parser as parser

from troubleshoot.load.playbook.promql.pitfall import Pitfall
from troubleshoot.load.playbook.promql.syntax import Node, read
from troubleshoot.model.promql import COMPARISONS

_ABSENT = ("absent", "absent_over_time")  # an empty argument is what they look for
_OF_NOTHING_IS_ZERO = ("count", "sum", "count_over_time", "sum_over_time")


def filter_pitfalls(root: Node, *, zero: bool) -> tuple[Pitfall, ...]:
    """``zero``: the check counts an empty answer as zero, which a count or a sum of none is."""
    return tuple(Pitfall(one.offset, _message(one, root)) for one in filters(root, zero=zero))


def hides_values(expression: str) -> bool:
    """Whether an empty answer may stand for values that a comparison left out, and not for zero.

    Raises NotPromQLError.
    """
    return bool(filters(read(expression), zero=True))


def filters(node: Node, *, zero: bool) -> tuple[Node, ...]:
    """The comparisons that can make the answer empty."""
    expr = node.expr
    if isinstance(expr, parser.BinaryExpr):
        return _binary(node, expr, zero=zero)
    if node.name in _ABSENT:
        return ()
    if zero and node.name in _OF_NOTHING_IS_ZERO:
        return ()
    return tuple(one for child in node.children for one in filters(child, zero=zero))


def _binary(node: Node, expr: parser.BinaryExpr, *, zero: bool) -> tuple[Node, ...]:
    left, right = (filters(child, zero=zero) for child in node.children)
    operator = node.name
    if operator in ("and", "unless"):  # says outright when to look at the left side
        return left
    if operator == "or":  # empty only where both are
        return (*left, *right) if left and right else ()
    if operator in COMPARISONS:
        own = () if _is_bool(expr) or _is_scalar(node) else (node,)
        return (*left, *own, *right)
    return tuple(
        one
        for side, is_right in ((left, False), (right, True))
        for one in side
        if not _guards(operator, one, is_right=is_right)
    )


def _is_bool(expr: parser.BinaryExpr) -> bool:
    return expr.modifier is not None and expr.modifier.return_bool


def _is_scalar(node: Node) -> bool:
    match node.expr:
        case parser.NumberLiteral():
            return True
        case parser.Call():
            return bool(node.expr.func.return_type == parser.ValueType.Scalar)
        case parser.ParenExpr() | parser.UnaryExpr() | parser.BinaryExpr():
            return all(map(_is_scalar, node.children))
    return False


def _guards(operator: str, found: Node, *, is_right: bool) -> bool:
    """``a / (b > 0)`` divides by no zero; ``a * (b == 1)`` picks the series of ``a``."""
    number = found.children[1].bare.text
    if operator in ("/", "%") and is_right:
        return found.name in (">", "!=") and number == "0"
    return operator == "*" and found.name == "==" and number == "1"


def _message(found: Node, root: Node) -> str:
    sign, right = found.name, found.children[1]
    said = f"{sign} {right.text}"
    why = f"`{said}` filters: PromQL leaves out what does not satisfy it, and an "
    why += "empty answer looks like no data"
    if found is root.bare and _is_scalar(right):
        return f"{why}. Write only `{found.children[0].text}`, and compare in the check's judge"
    counted = any(node.name == "count" for node in root.walk())
    instead = "; `sum` then counts them where `count` would count all" if counted else ""
    return f"{why}. Write `{sign} bool {right.text}`, which answers 1 or 0{instead}"
