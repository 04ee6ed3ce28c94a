"""Elasticsearch through elasticsearch-py, over the guarded path."""

import json
from threading import local
from typing import Any

from elastic_transport import ApiResponseMeta, BaseNode, HttpHeaders, NodeConfig
from elastic_transport._node import NodeApiResponse  # what a node returns; not exported
from elasticsearch import Elasticsearch

from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.http.endpoint import Endpoint
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.backends.stores.elasticsearch.search_body import search_problems
from troubleshoot.model.index_expression import index_problem
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.signal import Signal

_NODE = NodeConfig("http", "guarded-path", 80)  # the real address is the guarded path's
# a proxy may take this header away; without it the client refuses the server
_PRODUCT = HttpHeaders({"x-elastic-product": "Elasticsearch", "content-type": "application/json"})
_GOOD = ApiResponseMeta(200, "1.1", _PRODUCT, 0.0, _NODE)


def _search_problem(text: str) -> str:
    try:
        body = json.loads(text, object_pairs_hook=_once)
        return next((f"its body: {said}" for _, said in search_problems(body)), "")
    except (ValueError, RecursionError) as error:
        return f"its body is no JSON of ours: {error}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice would be read differently here and there."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


_INDEX = {"{index}": index_problem}
_UNAVAILABLE = "ignore_unavailable"
ENDPOINTS = (
    Endpoint("GET", "/{index}/_field_caps", ("fields", _UNAVAILABLE), _INDEX),
    Endpoint("POST", "/{index}/_search", (_UNAVAILABLE,), _INDEX, _search_problem),
)


class Client:
    """The client writes the requests. Their answers are kept as they came, to be parsed once."""

    def __init__(self, guarded: HttpClient) -> None:
        self._guarded = guarded
        self._seen = local()
        self._client = Elasticsearch(
            [_NODE],
            node_class=_node_class(guarded, self._seen),
            max_retries=0,
            meta_header=False,
        )

    def fetch(self, request: Request) -> RawResponse:
        headers = {"accept": "application/json"}
        if request.body:
            headers["content-type"] = "application/json"
        self._client.perform_request(
            request.method,
            request.path,
            params=dict(request.params),
            headers=headers,
            body=request.body or None,
        )
        answer: RawResponse = self._seen.answer
        return answer

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return parse(request, raw)

    def close(self) -> None:
        self._client.close()
        self._guarded.close()


def _node_class(guarded: HttpClient, seen: local) -> type[BaseNode]:
    class GuardedNode(BaseNode):
        """Keeps the answer; the client gets an empty one, which it cannot trip over."""

        def perform_request(
            self,
            method: str,
            target: str,
            body: bytes | None = None,
            headers: HttpHeaders | None = None,
            request_timeout: object = None,  # noqa: ARG002  # ours is in the guarded path
        ) -> NodeApiResponse:
            url = f"{guarded.base}{target}"
            seen.answer = guarded.send(method, url, body or b"", dict(headers or {}))
            return NodeApiResponse(_GOOD, b"{}")

    return GuardedNode
