"""A real HTTP server that answers about a few series as Prometheus, Jaeger and Elasticsearch do.

It knows the questions of `troubleshoot vocabulary suggest`; everything else is empty.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from troubleshoot.model.store import Store

Rows = tuple[tuple[dict[str, str], float], ...]


@dataclass
class MetricServer:
    """``metrics``: name → its series with their values; ``types`` as their exposition has them."""

    metrics: dict[str, Rows]
    types: dict[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    logging: tuple[str, ...] = ()
    url: str = ""
    seen: list[str] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        return {f"TROUBLESHOOT_{store.upper()}_URL": self.url for store in Store}

    def answer(self, target: str) -> Any:
        address = urlsplit(target)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        known = {
            "/api/v1/label/__name__/values": self._names,
            "/api/v1/metadata": self._types,
            "/api/v1/query": self._query,
        }
        if address.path in known:
            return {"status": "success", "data": known[address.path](asked)}
        if address.path == "/api/v1/query_range":
            return {"status": "success", "data": {"resultType": "matrix", "result": []}}
        if address.path.endswith("_field_caps"):
            field_ = {"keyword": {"type": "keyword", "aggregatable": True}}
            return {"indices": ["logs"], "fields": {"service": field_} if self.logging else {}}
        if address.path.endswith("_search"):
            buckets = [{"key": name, "doc_count": 9} for name in self.logging]
            return {"hits": {"hits": []}, "aggregations": {"services": {"buckets": buckets}}}
        return {"data": list(self.services) if address.path == "/api/services" else []}

    def _names(self, asked: dict[str, str]) -> list[str]:
        wanted = asked["match[]"].removeprefix('{__name__=~"').removesuffix('"}')
        return [name for name in self.metrics if re.fullmatch(wanted, name)]

    def _types(self, _: dict[str, str]) -> dict[str, Any]:
        return {name: [{"type": kind}] for name, kind in self.types.items()}

    def _query(self, asked: dict[str, str]) -> dict[str, Any]:
        query = asked["query"]
        name = (re.findall(r"last_over_time\((\w+)\[", query) or [""])[0]
        rows, by = self.metrics.get(name, ()), re.match(r"count by \((\w+)\)", query)
        if by:
            counts = Counter(labels.get(by[1], "") for labels, _ in rows)
            found = [({by[1]: value}, float(count)) for value, count in counts.items()]
        elif rows:
            values = [value for _, value in rows]
            numbers = {"count": float(len(rows)), "low": min(values), "high": max(values)}
            found = [({"__name__": name, **labels}, value) for labels, value in rows]
            found += [({"what": what}, value) for what, value in numbers.items()]
        else:
            found = []
        result = [{"metric": labels, "value": [1, str(value)]} for labels, value in found]
        return {"resultType": "vector", "result": result}


@contextmanager
def serving(server: MetricServer) -> Iterator[MetricServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            server.seen.append(f"{self.command} {self.path}")
            body = json.dumps(server.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Tests print nothing of it."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=running.serve_forever, args=(0.02,))
    thread.start()
    server.url = f"http://127.0.0.1:{running.server_port}"
    try:
        yield server
    finally:
        running.shutdown()
        thread.join()
        running.server_close()
