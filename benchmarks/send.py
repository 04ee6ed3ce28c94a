"""Sends requests one after another through the live backends and prints the seconds it took.

Run as ``python -m benchmarks.send FILE``: the requests as JSON. Time counts from the first
request to the last parsed answer; the libraries are loaded before.
"""

import os
import sys
from pathlib import Path
from time import perf_counter

from pydantic import TypeAdapter

from troubleshoot.backends.live import open_backends
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.load.settings.config import choose
from troubleshoot.model.query import Request

REQUESTS = TypeAdapter(tuple[Request, ...])


def main(file: Path) -> None:
    requests = REQUESTS.validate_json(file.read_bytes())
    environment = choose((), os.environ, "local").environment
    stores = {one.store for one in requests}
    backends = open_backends(environment, os.environ, Redactor(os.urandom(16)), stores)
    started = perf_counter()
    for request in requests:
        backend = backends[request.store]
        backend.parse(request, backend.fetch(request))
    print(perf_counter() - started)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
