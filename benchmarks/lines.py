"""Log lines of simulated incidents, as many as are wanted."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count, islice

import orjson

from tests.lab.simulate import simulate
from tests.lab.systems import system_of
from troubleshoot.analysis.logs.lines import Fields
from troubleshoot.analysis.logs.patterns import patterns
from troubleshoot.analysis.logs.weighed import WeighedLines
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import Logs
from troubleshoot.model.store import Store

FIELDS = Fields(("level",), ("message",), ("service",), ("trace_id",), ("ERROR",))
NOTHING = WeighedLines.of(Logs((), 0), FIELDS)
_SCENARIOS = ("payment-timeouts", "tickets-ledger-bug")
_MINUTES = 20
_DIGITS = "0123456789"
_SEARCH = Request(Store.ELASTICSEARCH, QueryKind.LOGS, "POST", "/logs/_search")


def found(lines: int) -> Callable[[], object]:
    """Decoding so many and finding their patterns."""
    body = page(lines)
    return lambda: patterns(WeighedLines.of(read(body), FIELDS), NOTHING)


def read(body: bytes) -> Logs:
    found = parse(_SEARCH, RawResponse("http://logs", 200, body, 0.0, "application/json"))
    assert isinstance(found, Logs)
    return found


def page(lines: int) -> bytes:
    """What Elasticsearch answers to a search that finds so many, of all levels and services."""
    hits = [{"_source": one} for one in islice(_documents(), lines)]
    return orjson.dumps({"hits": {"total": {"value": lines, "relation": "eq"}, "hits": hits}})


def _documents() -> Iterator[dict[str, str]]:
    """Those of the incidents again and again, each time with other digits."""
    for turn in count():
        other = str.maketrans(_DIGITS, _DIGITS[turn % 10 :] + _DIGITS[: turn % 10])
        for one in _simulated():
            yield one | {"message": one["message"].translate(other)}


@cache
def _simulated() -> tuple[dict[str, str], ...]:
    found = []
    for name in _SCENARIOS:
        scenario = system_of(name).scenarios[name]
        for line in simulate(scenario, 1, history=_MINUTES * 60.0).logs:
            found.append(
                {
                    "@timestamp": f"{1.7e9 + line.at:.3f}",
                    "level": line.level or "ERROR",
                    "service": line.service,
                    "message": line.message,
                    "trace_id": line.trace_id or "",
                }
            )
    return tuple(found)
