"""Whatever comes as far as the rim, only a way to read leaves."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.backends.rim import guarded, opened, reads, search
from tests.backends.server import answer, serve
from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.collect.collector import Collector
from troubleshoot.engine.run import run
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.finding import Outcome
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import Vocabulary
from troubleshoot.model.window import Window


def test_what_passes_every_check_before_is_an_error_of_its_check_and_nothing_is_sent() -> None:
    """A vocabulary that nobody validated: only the rim is left between it and the server."""
    window = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC))
    own = built_in()
    file = own.playbooks / "find-culprit.yaml"
    loaded = load_playbook(file, (own.queries,), window, Given(), dialects())
    good = next(one.events for one in loaded.vocabularies if one.events)
    bad = good.model_copy(update={"index": "shop-logs/_delete_by_query#"})
    house = Vocabulary.model_construct(vocabulary="house", title="House", events=bad)
    setup = RunContext("local", window, "UTC", (), ())
    with serve(answer()) as server, opened(server.url + "/base") as backends:
        collector = Collector(backends, monotonic, 10.0, lambda _heard: None)
        report = run(replace(loaded, vocabularies=(house,)), setup, collector, dialects())
    finding = next(one for one in report.findings if one.check == "changes")
    assert finding.outcome is Outcome.ERROR
    assert "/_delete_by_query is not a way to read" in finding.reason
    assert server.seen
    assert all(map(reads, server.seen))


PIECES = st.sampled_from([
    "logs", "_delete_by_query", "_search", "api", "v1", "query", "traces", "services", "/", "/",
    "//", "..", ".", "#", "?", "%2f", "%23", "%00", "%", ";", "\\", "\n", "\0", "\u2028", "／",
    "é", "\udc80", " ", ",", "-", ":", "*", "@", "&", "=", "<", "{", "http://evil.example",
])  # fmt: skip
HOSTILE = st.text(max_size=20) | st.lists(PIECES, max_size=8).map("".join)


def test_whatever_an_index_is_called_only_a_search_or_nothing_arrives() -> None:
    with serve(answer(b'{"hits": {}}')) as server, opened(server.url + "/base") as backends:

        @settings(max_examples=300)
        @given(HOSTILE)
        def asked(index: str) -> None:
            server.seen.clear()
            backends[Store.ELASTICSEARCH].fetch(search(index))
            wanted = [("POST", f"/base/{index}/_search")]
            assert [(seen.method, seen.target) for seen in server.seen] in ([], wanted)
            assert all(map(reads, server.seen))

        asked()


def test_whatever_a_request_is_only_a_way_to_read_or_nothing_arrives() -> None:
    methods = st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]) | st.text()
    with serve(answer()) as server, ExitStack() as stack:
        ways = [stack.enter_context(guarded(store, server.url + "/base")) for store in Store]

        @settings(max_examples=500)
        @given(st.sampled_from(ways), methods, HOSTILE, st.sampled_from([b"", b"{}", b"["]))
        def asked(way: HttpClient, method: str, path: str, content: bytes) -> None:
            server.seen.clear()
            for target in (path, f"/{path}", f"/api/{path}", f"/{path}/_search", f"/logs/{path}"):
                way.send(method, way.base + target, content)
            assert all(map(reads, server.seen)), server.seen

        asked()
