"""What every store of the table brings: a client, its endpoints, parsers and a dialect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.analysis.made import AT, WINDOW
from troubleshoot.backends.stores.table import dialects, endpoints, parsers
from troubleshoot.load.settings.variables import PATHS
from troubleshoot.load.text.escape import LANGUAGES
from troubleshoot.load.trust.project import files_of
from troubleshoot.model.finding import Evidence
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.signal import Names
from troubleshoot.model.store import Store

FILES = {  # a query of each kind that a store of that kind understands
    Store.JAEGER: '{"service": ""}',
    Store.ELASTICSEARCH: '{"index": "logs", "size": 1}',
}


def asked(store: Store) -> Iterator[Request]:
    """A request of every kind that the store is asked."""
    all_of, end = dialects(), AT.timestamp()
    if store.evidence is Evidence.METRIC:
        metric = all_of.metric[store]
        yield from (metric.series("up", WINDOW.looked, 30), metric.instant("up", end))
        yield metric.names(["up"], WINDOW.looked)
    elif store.evidence is Evidence.TRACE:
        trace = all_of.trace[store]
        yield from (trace.services(), trace.calls(WINDOW.looked))
        yield trace.traces(FILES[store], WINDOW.looked, "shop")
    else:
        log, query = all_of.log[store], QueryFile("x", "x", FILES[store])
        where, _ = log.reads(query, {}, WINDOW.looked)
        lines = log.lines(query, {}, WINDOW.looked, Names(frozenset()))
        yield from (log.fields(where, ["level"]), lines, log.all_lines(lines, WINDOW))


@pytest.mark.parametrize("store", Store)
def test_whatever_a_store_is_asked_it_may_be_asked_and_is_understood(store: Store) -> None:
    found = list(asked(store))
    for one in found:
        assert one.store is store
        assert any(way.is_at(one.method, one.path) for way in endpoints(store)), one.path
    assert {one.ask for one in found} <= {*parsers(store)}


@pytest.mark.parametrize("store", Store)
def test_a_store_is_configured_by_its_own_name(store: Store) -> None:
    for setting in ("url", "token", "username", "password"):
        assert PATHS[f"TROUBLESHOOT_{store.upper()}_{setting.upper()}"][0] == store


@pytest.mark.parametrize("store", Store)
def test_the_language_of_its_queries_is_one_that_quotes(store: Store) -> None:
    assert dialects().of(store).language in LANGUAGES


@pytest.mark.parametrize("store", Store)
def test_a_query_in_a_working_directory_is_among_what_must_be_trusted(
    store: Store, tmp_path: Path
) -> None:
    name = f"queries/{store.folder}/x{store.ending}"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("up\n")
    assert files_of(tmp_path, ()) == (name,)


@pytest.mark.parametrize("store", Store)
def test_without_an_address_of_a_page_there_is_no_link(store: Store) -> None:
    shown = [
        one
        for one in asked(store)
        if one.ask in (QueryKind.RANGE, QueryKind.TRACES, QueryKind.LOGS)
    ]
    assert dialects().of(store).links(shown, WINDOW, {}) == ()
