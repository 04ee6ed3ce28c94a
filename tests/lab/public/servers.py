"""The lab's three servers, filled with public incidents instead of simulated ones."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lab import api
from tests.lab.public.cases import Case
from tests.lab.servers import control, folders, state
from tests.lab.servers.control import SERVERS
from tests.lab.servers.server import client, url

TEMPLATE = {
    "index_patterns": ["logs-2026.*", "events-2026.*"],
    "priority": 500,
    "template": {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0},
        "mappings": {
            "dynamic_templates": [
                {
                    "text": {
                        "match_mapping_type": "string",
                        "mapping": {"type": "keyword", "ignore_above": 8191},
                    }
                }
            ],
            "properties": {
                "@timestamp": {"type": "date"},
                "message": {"type": "text"},
                "diff": {"type": "text", "index": False},
            },
        },
    },
}


@contextmanager
def filled(cases: Iterable[Case]) -> Iterator[dict[str, str]]:
    """The environment that points the program at servers which hold these cases.

    They are servers of their own, beside those of the simulated incidents.
    """
    built, named = folders.built(), os.environ.get("TROUBLESHOOT_LAB")
    os.environ["TROUBLESHOOT_LAB"] = str(folders.cache() / "public")
    try:
        link = folders.cache() / "built"
        if not link.exists():
            link.symlink_to(built)
        api.down()
        yield up(cases)
    finally:
        api.down()
        if named is None:
            del os.environ["TROUBLESHOOT_LAB"]
        else:
            os.environ["TROUBLESHOOT_LAB"] = named


def up(cases: Iterable[Case]) -> dict[str, str]:
    """Bring the servers up with these cases; `api.down` ends them."""
    with state.locked():
        now = state.State()
        paths = [_unpacked(one, folders.incidents()) for one in cases]
        for name in ("jaeger", "elasticsearch"):
            control.start(now, name)
        (folders.run() / "prometheus").mkdir(exist_ok=True)
        for path in paths:
            SERVERS["prometheus"].fill(folders.run() / "prometheus", {}, path)
        control.start(now, "prometheus")
        for name in SERVERS:
            control.wait(now, name)
        with client() as http:
            where = url(now.ports["elasticsearch"])
            http.put(f"{where}/_index_template/incidents", json=TEMPLATE).raise_for_status()
        for path in paths:
            SERVERS["jaeger"].fill(folders.run() / "jaeger", now.ports["jaeger"], path)
            if (path / "logs.ndjson").stat().st_size:
                ports = now.ports["elasticsearch"]
                SERVERS["elasticsearch"].fill(folders.run() / "elasticsearch", ports, path)
        for path in paths:
            shutil.rmtree(path)
        return api.Lab(now).env


def _unpacked(case: Case, folder: Path) -> Path:
    """The case's files under the names that the lab's servers are filled from."""
    path = folder / case.name
    path.mkdir(parents=True, exist_ok=True)
    (path / "metrics.om").write_bytes(b"".join(case.lines("metrics.om.gz")))
    (path / "spans.jsonl").write_bytes(b"".join(case.lines("spans.jsonl.gz")))
    documents = (line for name in ("logs", "events") for line in case.lines(f"{name}.ndjson.gz"))
    (path / "logs.ndjson").write_bytes(b"".join(documents))
    return path
