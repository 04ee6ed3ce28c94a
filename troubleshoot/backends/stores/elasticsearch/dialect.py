"""How Elasticsearch is asked: a query is the body of a search, and the index beside it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from troubleshoot.backends.stores.elasticsearch import searches
from troubleshoot.backends.stores.elasticsearch.changes import changes
from troubleshoot.backends.stores.elasticsearch.discover import discover
from troubleshoot.backends.stores.elasticsearch.search_body import search_problems
from troubleshoot.model.dialect import LogDialect, Slip, Urls, Variables
from troubleshoot.model.finding import Link
from troubleshoot.model.index_expression import index_problem
from troubleshoot.model.query import Request
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.signal import Names
from troubleshoot.model.vocabulary import Events
from troubleshoot.model.window import Interval, Window


class ElasticsearchDialect:
    language = "json"
    unset: Mapping[str, Any] = {
        "from": "now-1h",
        "to": "now",
        "first_field": lambda names: names[0],
    }

    def slips(self, query: Any) -> Iterator[Slip]:
        body = dict(query)
        if problem := index_problem(body.pop("index", "*")):
            yield Slip(("index",), problem, value=True)
        for keys, problem in search_problems(body):
            yield Slip(keys, problem)

    def reads(
        self, query: QueryFile, variables: Variables, interval: Interval
    ) -> tuple[str, tuple[str, ...]]:
        """Where: the index."""
        return searches.reads(self, query, variables, interval)

    def fields(self, where: str, names: Sequence[str]) -> Request:
        return searches.fields(where, names)

    def lines(
        self, query: QueryFile, variables: Variables, interval: Interval, known: Names
    ) -> Request:
        return searches.lines(self, query, variables, interval, known)

    def all_lines(self, request: Request, window: Window) -> Request:
        return searches.all_lines(request, window)

    def services(self, index: str, names: Sequence[str], known: Names, within: Interval) -> Request:
        return searches.services(index, names, known, within)

    def changes(self, schemas: Sequence[Events], interval: Interval) -> Request:
        return changes(schemas, interval)

    def links(self, asked: Sequence[Request], window: Window, urls: Urls) -> tuple[Link, ...]:
        return discover(asked[0], window, urls["kibana"]) if "kibana" in urls else ()


DIALECT: LogDialect = ElasticsearchDialect()
