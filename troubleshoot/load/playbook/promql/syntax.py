"""An expression as a tree whose operators and metrics know where they stand, or why it is none.

The parser gives neither places nor a bound on nesting: both are added here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import promql_parser as parser

from troubleshoot.model.promql import Token, tokens, without_labels

MAX_WORDS = 2_000  # the parser overruns its stack at some ten thousand
_TRIED = 300  # words at which an expression that is refused is cut off, to see where it breaks
_CLOSED = {"(": ")", "{": "}"}
Places = defaultdict[str, Iterator[int]]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression, with the parts it is made of.

    ``name`` is that of a metric, function, aggregation or operator; ``offset`` where it stands
    for operators and metrics. ``children`` are in the order of the text.
    """

    expr: parser.Expr
    name: str = ""
    offset: int = 0
    children: tuple["Node", ...] = ()

    @property
    def bare(self) -> "Node":
        """Without the parentheses around it."""
        return self.children[0].bare if isinstance(self.expr, parser.ParenExpr) else self

    @property
    def text(self) -> str:
        return str(self.expr.prettify())

    @property
    def is_metric(self) -> bool:
        return isinstance(self.expr, parser.VectorSelector)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class NotPromQLError(Exception):
    """What is wrong with an expression, and from where on it cannot be read."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def read(expression: str) -> Node:
    """Raises NotPromQLError."""
    words = tokens(expression)
    if len(words) > MAX_WORDS:
        raise NotPromQLError(f"longer than {MAX_WORDS:,} words", 0)
    _functions()
    try:
        expr = parser.parse(expression)
    except ValueError as error:
        raise _refused(expression, words, str(error)) from None
    try:
        return _node(expr, _places(words))
    except RecursionError:
        raise NotPromQLError("nested too deeply", 0) from None


@cache
def _functions() -> None:
    """What servers in use still know, and the parser does not."""
    matrix, scalar, vector = (getattr(parser.ValueType, one) for one in _TYPES)
    parser.register_extra_functions(
        [parser.Function("holt_winters", [matrix, scalar, scalar], vector)]
    )


_TYPES = ("Matrix", "Scalar", "Vector")


def _places(words: tuple[Token, ...]) -> Places:
    """The offsets of each word outside of label matchers, in the order of the text."""
    found: dict[str, list[int]] = {}
    kept = without_labels(words)
    for word, after in zip(kept, (*kept[1:], Token("", "", 0)), strict=False):
        if after.text != "(" or word.kind == "operator":  # a function's name is no metric's
            found.setdefault(word.text, []).append(word.start)
    return defaultdict(lambda: iter(()), {text: iter(places) for text, places in found.items()})


def _node(expr: parser.Expr, places: Places) -> Node:
    """Parts in the order of the text, which is the order of their places."""
    match expr:
        case parser.BinaryExpr():
            name, left = str(expr.op), _node(expr.lhs, places)
            return Node(expr, name, next(places[name], 0), (left, _node(expr.rhs, places)))
        case parser.VectorSelector():
            name = expr.name or ""
            return Node(expr, name, next(places[name], 0))
        case parser.Call():
            name, parts = str(expr.func.name), tuple(expr.args)
        case parser.AggregateExpr():
            name = str(expr.op)
            parts = (expr.expr,) if expr.param is None else (expr.param, expr.expr)
        case parser.MatrixSelector():
            name, parts = "", (expr.vector_selector,)
        case parser.ParenExpr() | parser.UnaryExpr() | parser.SubqueryExpr():
            name, parts = "", (expr.expr,)
        case _:
            return Node(expr)
    return Node(expr, name, 0, tuple(_node(one, places) for one in parts))


def _refused(expression: str, words: tuple[Token, ...], said: str) -> NotPromQLError:
    """The parser names functions, but no place: it is where the readable part ends."""
    for word, after in pairwise(words):
        if after.text == "(" and f"'{word.text}'" in said:
            return NotPromQLError(said, word.start)
    unreadable = _first_unreadable(expression, words)
    if unreadable is None:
        return NotPromQLError("there is no query", 0)
    if said == "invalid promql query":
        said = f"{unreadable.text!r} cannot stand here, or something is missing after it"
    return NotPromQLError(said, unreadable.start)


def _first_unreadable(expression: str, words: tuple[Token, ...]) -> Token | None:
    """The word behind the longest beginning that is PromQL once its brackets are closed."""
    found: Token | None = words[0] if words else None
    opened: list[Token] = []
    for word, after in zip(words[:_TRIED], (*words[1:], None), strict=False):
        if word.text in _CLOSED:
            opened.append(word)
        elif opened and word.text == _CLOSED[opened[-1].text]:
            opened.pop()
        begun = expression[: word.start + len(word.text)]
        if _can_begin(begun + "".join(_CLOSED[one.text] for one in reversed(opened))):
            found = after or (opened[-1] if opened else word)
    return found


def _can_begin(expression: str) -> bool:
    """Whether it is PromQL but for what a function wants of its arguments."""
    try:
        parser.parse(expression)
    except ValueError as error:
        return "expected type" in str(error) or "argument(s)" in str(error)
    return True
