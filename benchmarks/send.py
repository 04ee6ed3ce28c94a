"""Sends requests one after another through the live backends and prints the seconds it took.

Run as ``python -m benchmarks.send FILE``: the requests as JSON. Time counts from the first
request to the last parsed answer; the libraries are loaded before.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from troubleshoot.backends.recorder import Tape

from troubleshoot.backends.live import open_backends
from troubleshoot.backends.redact import Redactor
from troubleshoot.load.config import choose
from troubleshoot.model.query import Ask, Request, Store


def write_requests(file: Path, requests: tuple[Request, ...]) -> None:
    file.write_text(json.dumps([asdict(one) for one in requests]), encoding="utf-8")


def read_requests(file: Path) -> list[Request]:
    return [_request(**one) for one in json.loads(file.read_text(encoding="utf-8"))]


def _request(store: str, ask: str, params: list[list[str]], **rest: str) -> Request:
    pairs = tuple((name, value) for name, value in params)
    return Request(Store(store), Ask(ask), params=pairs, **rest)


def main(file: str) -> None:
    requests = read_requests(Path(file))
    environment = choose((), os.environ, "local").environment
    stores = {one.store for one in requests}
    backends = open_backends(environment, os.environ, Redactor(os.urandom(16)), Tape(), stores)
    started = perf_counter()
    for request in requests:
        backend = backends[request.store]
        backend.parse(request, backend.fetch(request))
    print(perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1])
