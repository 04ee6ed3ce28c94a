"""Which parser reads the answer to which question. Pure: a replay needs no client."""

from collections.abc import Callable

from troubleshoot.backends.stores.elasticsearch.parse import parse_fields, parse_logs
from troubleshoot.backends.stores.jaeger.parse import parse_calls, parse_services, parse_traces
from troubleshoot.backends.stores.prometheus.parse import parse_metrics, parse_names
from troubleshoot.model.query import Ask, RawResponse, Request
from troubleshoot.model.signal import Signal

_PARSERS: dict[Ask, Callable[[Request, RawResponse], Signal]] = {
    Ask.RANGE: parse_metrics,
    Ask.INSTANT: parse_metrics,
    Ask.NAMES: parse_names,
    Ask.SERVICES: parse_services,
    Ask.CALLS: parse_calls,
    Ask.TRACES: parse_traces,
    Ask.FIELDS: parse_fields,
    Ask.LOGS: parse_logs,
}


def parse(request: Request, raw: RawResponse) -> Signal:
    """Never raises for what a server sent: a problem is part of the signal or is the signal."""
    return _PARSERS[request.ask](request, raw)
