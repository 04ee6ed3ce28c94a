"""What the lab remembers between two commands, and the ports it gives out."""

import socket
from pathlib import Path

import orjson
import pytest

from tests.lab.incident import Incident
from tests.lab.servers import state
from tests.lab.servers.process import Running
from tests.lab.servers.server import free_ports
from tests.lab.servers.state import State


@pytest.fixture(autouse=True)
def lab_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TROUBLESHOOT_LAB", str(tmp_path))
    return tmp_path


def test_a_lab_that_never_ran_remembers_nothing() -> None:
    assert state.load() == State()


def test_what_was_saved_is_loaded() -> None:
    saved = State(
        sources="abc",
        ports={"jaeger": {"http": 19100}},
        running={"jaeger": Running(pid=12, started=345)},
        incidents=[Incident("db-slow", 3)],
    )
    saved.save()
    assert state.load() == saved


def test_a_scenario_that_is_no_more_does_not_keep_the_state_from_loading(lab_folder: Path) -> None:
    State(incidents=[Incident("db-slow", 3)], sources="abc").save()
    file = lab_folder / "run" / "state.json"
    told = orjson.loads(file.read_bytes())
    told["incidents"].append({"scenario": "given-up", "seed": 1})
    file.write_bytes(orjson.dumps(told))
    assert state.load().incidents == [Incident("db-slow", 3)]


def test_ports_are_given_out_once_and_only_when_nobody_listens() -> None:
    first = free_ports(("http", "admin"), taken=())
    assert len(set(first.values())) == 2
    second = free_ports(("http",), taken=first.values())
    assert second["http"] not in first.values()
    with socket.create_server(("127.0.0.1", second["http"])):
        assert free_ports(("http",), first.values())["http"] != second["http"]
