"""A backend that answers from a bundle, with the parsers of a live run and without network."""

from troubleshoot.backends.parse.parsing import parse
from troubleshoot.backends.parse.problems import failure_text
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.query import Backend, RawResponse, Request
from troubleshoot.model.signal import Signal
from troubleshoot.model.store import Store


class Replayer:
    def __init__(self, bundle: Bundle) -> None:
        self._answers = {one.request.key: one.raw for one in bundle.recorded}
        self._addresses = dict(bundle.setup.stores)
        self._complete = bundle.complete

    def fetch(self, request: Request) -> RawResponse:
        if answer := self._answers.get(request.key):
            return answer
        why = (
            "the playbook or the program changed since; record it again"
            if self._complete
            else "the recorded run was interrupted before it was asked"
        )
        failure = failure_text(f"{request.store.product}: this answer is not in the bundle", why)
        address = self._addresses.get(request.store, "")
        return RawResponse(address + request.path, 0, b"", 0.0, failure=failure)

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return parse(request, raw)

    def close(self) -> None:
        """Nothing is open."""


def replay_backends(bundle: Bundle) -> dict[Store, Backend]:
    """A backend for each store that the recorded run had."""
    replayer = Replayer(bundle)
    return {Store.named(store): replayer for store, _ in bundle.setup.stores}
