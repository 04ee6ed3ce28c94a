"""The analysis of traces and of log lines, each beside what it is built on."""

from collections.abc import Callable, Mapping

import orjson
from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

from benchmarks.lines import FIELDS, NOTHING, page, read
from benchmarks.spans import traces
from benchmarks.table import Measured, Row
from benchmarks.timing import seconds
from troubleshoot.analysis.logs.patterns import patterns
from troubleshoot.analysis.logs.weighed import WeighedLines

TIMES = 4
SPANS = (10_000, 100_000)
LINES = (1_000, 10_000)

Work = Callable[[], object]


def measured() -> list[Row]:
    rows = [row for spans in SPANS for row in _traces(spans)]
    return rows + [row for lines in LINES for row in _logs(lines)]


def _traces(spans: int) -> list[Row]:
    """With the collector off as in a run, and on as anybody's program has it."""
    given = traces(spans)
    decoded = given.decoded()
    works: dict[str, Work] = {
        "orjson.loads": lambda: [orjson.loads(body) for body in given.bodies],
        "decoded": given.decoded,
        "analysed": lambda: given.analysed(decoded),
    }
    rows = []
    for scope, collector in ((f"{spans:,} spans", False), (f"{spans:,} spans, gc on", True)):
        took = _in_turns(works, collector=collector)
        took["both"] = [sum(pair) for pair in zip(took["decoded"], took["analysed"], strict=True)]
        plain, decoding, *analysing = (
            Measured(what, values, scope=scope) for what, values in took.items()
        )
        rows += [Row(plain), Row(decoding, plain), *(Row(one, plain, most=2) for one in analysing)]
    return rows


def _logs(lines: int) -> list[Row]:
    given = read(page(lines))
    messages = [line.first(FIELDS.message) for line in given.lines]
    took = _in_turns(
        {
            "plain drain3": lambda: _mined(messages),
            "patterns": lambda: patterns(WeighedLines.of(given, FIELDS), NOTHING),
        }
    )
    scope = f"{lines:,} log lines"
    plain, ours = (Measured(what, values, scope=scope) for what, values in took.items())
    return [Row(plain), Row(ours, plain)]


def _mined(messages: list[str]) -> object:
    miner = TemplateMiner(config=TemplateMinerConfig())
    for message in messages:
        miner.add_log_message(message)
    return miner


def _in_turns(works: Mapping[str, Work], *, collector: bool = False) -> dict[str, list[float]]:
    """A machine that slows down slows all alike; a first turn warms up."""
    turns = [
        {what: seconds(work, collector=collector) for what, work in works.items()}
        for _ in range(TIMES + 1)
    ]
    return {what: [turn[what] for turn in turns[1:]] for what in works}
