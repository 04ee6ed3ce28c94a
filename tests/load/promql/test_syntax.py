"""PromQL is read by a parser; what is none is refused where it cannot be read any further."""

import pytest

from tests.load.small import WINDOW
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import clock
from troubleshoot.load.playbook.promql.syntax import MAX_WORDS, NotPromQLError, read
from troubleshoot.load.playbook.vocabularies import find_vocabularies, read_vocabulary
from troubleshoot.load.text.templates import render
from troubleshoot.model.promql import metric_names

# the character that the caret points at stands between «»
REFUSED = (
    "sum«(»rate(x[5m])",
    "sum(rate(x[5m]))«)»",
    "sum(rate(a[5m]))\n / sum(rate«(»b[5m]",
    'x«{»a="b"',
    "x[5m] «o»ffset",
    "foo «b»ar",
    "sum(foo «b»ar)",
    "sum(rate(foo «b»ar[5m]))",
    "sum «b»y le (x)",
    "1 «>» ",
    "a\n/\nb «)»",
    "«r»ate(x)",
    "sum(a) / «r»at(x[5m])",
    "1 + «h»istogram_quantile(0.9)",
    'x{«a»=~"("}',
    'x{«a»="b}',
    "«{»}",
    "# only a comment «»",
)
ACCEPTED = (
    "up @ end()",
    "x @ start() offset 5m",
    'x{"label.dot"="v"}',
    '{"http.requests", code="5"}',
    "limitk(3, x)",
    "info(x)",
    "holt_winters(x[5m], 0.1, 0.1)",
    "double_exponential_smoothing(x[5m], 0.5, 0.5)",
    "quantile_over_time(0.9, rate(x[5m])[1h:1m])",
    "a / on(x) group_left(y) b",
    'count_values("v", x)',
    "SUM BY (le) (x)",
    "x[1h30m] OFFSET -5m",
    "0x1F + 1e3 + Inf",
    "x # why\n + y",
    "-x ^ 2",
    "(a and on(b) c) or d unless ignoring(e) f",
)


@pytest.mark.parametrize("marked", REFUSED)
def test_what_is_no_promql_is_refused_where_it_cannot_be_read_further(marked: str) -> None:
    expression = marked.replace("«", "").replace("»", "")
    with pytest.raises(NotPromQLError) as caught:
        read(expression)
    wanted = marked.index("«") if "«»" not in marked else 0
    assert caught.value.offset == wanted
    assert caught.value.message


@pytest.mark.parametrize("expression", ACCEPTED)
def test_what_servers_in_use_understand_is_read(expression: str) -> None:
    assert read(expression).text


@pytest.mark.parametrize("begin", ["(", "-", "abs(", "x + ", "x ^ "])
def test_nesting_without_end_is_refused_and_ends_no_process(begin: str) -> None:
    for count in (400, MAX_WORDS // 3, 50_000):
        expression = begin * count + "x" + ")" * (count if "(" in begin else 0)
        try:
            assert read(expression)
        except NotPromQLError as error:
            assert "nested" in error.message or "longer" in error.message  # noqa: PT017


def test_operators_and_metrics_know_where_they_stand() -> None:
    expression = 'sum by (a) (rate(a{b!="<"}[5m])) / (a < 3) > 0 * b'
    found = [(one.name, one.offset) for one in read(expression).walk() if one.offset]
    places = [(name, at) for name, at in found if name]
    assert places == [
        (">", expression.index(">")),
        ("/", expression.index("/")),
        ("a", expression.index("a{")),
        ("<", expression.index("< 3")),
        ("a", expression.index("a <")),
        ("*", expression.index("*")),
        ("b", expression.rindex("b")),
    ]


def _shipped() -> list[str]:
    files = find_vocabularies((built_in().queries,))
    phrases = [one.query for file in files for one in read_vocabulary(file).phrases]
    return [render(one, clock(WINDOW), language="promql", file="") for one in phrases]


@pytest.mark.parametrize("expression", [*_shipped(), *ACCEPTED])
def test_the_forgiving_reader_finds_the_metrics_that_the_parser_finds(expression: str) -> None:
    named = (one for one in read(expression).walk() if one.is_metric)
    strict = {one.name or _quoted(one.text) for one in named}
    assert set(metric_names(expression)) == strict


def _quoted(selector: str) -> str:
    return selector.partition('__name__="')[2].partition('"')[0]
