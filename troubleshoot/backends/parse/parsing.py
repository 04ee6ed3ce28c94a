"""Which parser reads the answer to which question. Pure: a replay needs no client."""

from troubleshoot.backends.stores.table import parsers
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.signal import Signal


def parse(request: Request, raw: RawResponse) -> Signal:
    """Never raises for what a server sent: a problem is part of the signal or is the signal."""
    return parsers(request.store)[request.ask](request, raw)
