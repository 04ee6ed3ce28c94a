"""Elasticsearch: a single node without security, run by a user that is not root."""

import os
import pwd
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import ClassVar

from tests.lab.errors import LabError
from tests.lab.generated import documents
from tests.lab.second import ecs
from tests.lab.servers import install
from tests.lab.servers.server import Ports, Program, client, url
from tests.lab.telemetry.bulk import TEMPLATE

TEMPLATES = {"shop-logs": TEMPLATE, **ecs.TEMPLATES, **documents.TEMPLATES}
LINES_A_REQUEST = 10_000
SETTINGS = """\
discovery.type: single-node
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: false
xpack.security.autoconfiguration.enabled: false
"""


class Elasticsearch:
    """The log store."""

    name: ClassVar[str] = "elasticsearch"
    port_names: ClassVar[tuple[str, ...]] = ("http", "transport")
    ready_path: ClassVar[str] = "/_cluster/health?wait_for_status=yellow&timeout=1s"
    fills_stopped: ClassVar[bool] = False
    forgets: ClassVar[bool] = False

    def program(self, folder: Path, ports: Ports) -> Program:
        """The configuration is a copy: the server wants to write there."""
        home = install.elasticsearch()
        config = folder / "config"
        shutil.copytree(home / "config", config, dirs_exist_ok=True)
        (config / "elasticsearch.yml").write_text(SETTINGS.format(folder=folder, **ports))
        env = os.environ | {
            "ES_JAVA_HOME": str(install.java_home()),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
            "ES_PATH_CONF": str(config),
        }
        server = ("env", "--chdir", str(folder), str(home / "bin" / "elasticsearch"))
        if os.geteuid() != 0:
            return Program(server, env)
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        ids = f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"
        return Program(("setpriv", *ids, "--clear-groups", *server), env)

    def fill(self, folder: Path, ports: Ports, incident: Path) -> None:  # noqa: ARG002
        """Bulk-index log lines and events and make them searchable."""
        with client() as http, (incident / "logs.ndjson").open("rb") as documents:
            for name, template in TEMPLATES.items():
                http.put(f"{url(ports)}/_index_template/{name}", json=template).raise_for_status()
            headers = {"Content-Type": "application/x-ndjson"}
            for body in _bodies(documents):
                answer = http.post(f"{url(ports)}/_bulk", content=body, headers=headers)
                if answer.status_code != 200 or answer.json()["errors"]:
                    raise LabError(f"Elasticsearch did not take the documents: {answer.text[:300]}")
            http.post(f"{url(ports)}/_refresh").raise_for_status()


def _bodies(documents: Iterator[bytes]) -> Iterator[bytes]:
    """An even number of lines each: an action and its document stay together."""
    while body := b"".join(islice(documents, LINES_A_REQUEST)):
        yield body
