"""``--verbose`` and ``--log-file``: what was asked, when, how long, how much; never a secret."""

import json
import os
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backends.server import answer, serve
from tests.cli.conftest import Program, recorded, without

RUN = "high-error-rate"
STDERR = re.compile(
    r"15:30:0\d\.\d{3}Z (prometheus|jaeger|elasticsearch) 200 in \S+ \S+, \S+ [KM]?i?B "
    r"(GET|POST) http://127\.0\.0\.1:\d+/\S+.*"
)
SECRETS = {
    "bearer": "s3cret-bearer-of-prometheus",
    "basic": "s3cret-password-of-jaeger",
    "header": "s3cret-header-of-elasticsearch",
    "userinfo": "s3cret-in-a-redirect",
    "set": "s3cret-given-with-set",
}


def test_each_request_is_a_line_on_standard_error(program: Program) -> None:
    with recorded("healthy") as servers:
        ran = program.asks(servers)(RUN, "-v", "-o", "json")
        asked = len(servers.seen)
    lines = ran.err.splitlines()
    assert [line for line in lines if not STDERR.fullmatch(line)] == []
    assert len(lines) == asked
    assert any("query=sum by (status) (rate(orders_total[5m]))" in line for line in lines)
    assert ran.document["conclusion"] == "clear"


@pytest.mark.parametrize("words", [("demo", "healthy"), ("verify", RUN), (RUN,)])
def test_every_command_that_runs_a_playbook_can_tell(
    words: tuple[str, ...], program: Program
) -> None:
    file = program.folder / "run.log"
    with recorded("healthy") as servers:
        ran = program.asks(servers)(*words, "-v", "--log-file", str(file))
    assert ran.code == 0
    assert ran.err.count("Z prometheus ") == file.read_text().count("Z prometheus after ") > 0


def test_the_report_is_the_same_with_a_log_as_without(program: Program) -> None:
    words = (RUN, "-o", "json", "--set", "error_status=api_key=abcdef0123456789")
    with recorded("healthy") as servers:
        plain = program.asks(servers)(*words)
        told = program(*words, "-v", "--log-file", str(program.folder / "l"))
    assert "[secret:" in told.err  # that counts nowhere
    assert told.document["conclusion"]
    assert without(told.document, "timing") == without(plain.document, "timing")


def test_the_log_has_what_was_decided_and_from_where(program: Program) -> None:
    file = program.folder / "run.log"
    program.write("config/config.yaml", "environments: {local: {options: {deadline: 9s}}}\n")
    program.environ["TROUBLESHOOT_FAIL_ON"] = "never"
    with recorded("healthy") as servers:
        words = ("--log-file", str(file), "--window", "5m", "--set", "replicas=7")
        program.asks(servers)(RUN, *words)
    lines = [line.partition(" ")[2] for line in file.read_text().splitlines()[1:]]
    assert lines[0].startswith("troubleshoot ")
    assert "Python 3." in lines[0]
    assert "httpx " in lines[1]
    config = program.folder / "config/config.yaml"
    assert {
        f"configuration from {config}",
        "environment local",
        "option window=5m (command line)",
        "option lookback=1h (default)",
        f"option deadline=9s ({config}:1:44)",
        "option fail_on=never (TROUBLESHOOT_FAIL_ON)",
        "parameter replicas=7 (--set)",
        "window 2025-11-07T15:25:00Z to 2025-11-07T15:30:00Z",
    } <= set(lines)


def test_what_was_sent_twice_is_told_with_the_reason(program: Program) -> None:
    file = program.folder / "run.log"
    with serve(answer(status=503), answer(b'{"status": "success", "data": []}')) as server:
        program.environ["TROUBLESHOOT_PROMETHEUS_URL"] = server.url
        program(RUN, "--log-file", str(file), "--deadline", "3s")
    assert file.read_text().count("sent twice: status 503") == 1


def test_no_secret_is_told(program: Program) -> None:
    where = f"http://someone:{SECRETS['userinfo']}@127.0.0.1:1/login"
    file = program.folder / "run.log"
    with serve(answer(status=302, location=where)) as server:
        url = server.url
        config = {
            "prometheus": {"url": url, "bearer": {"env": "BEARER"}},
            "jaeger": {"url": url, "basic": {"username": "me", "password": {"env": "BASIC"}}},
            "elasticsearch": {"url": url, "secret_headers": {"X-Key": {"env": "HEADER"}}},
        }
        program.write("config/config.yaml", json.dumps({"environments": {"local": config}}))
        program.environ |= {name.upper(): value for name, value in SECRETS.items()}
        asked = f"{SECRETS['bearer']}|{SECRETS['basic']}|token={SECRETS['set']}"
        words = ("-v", "--log-file", str(file), "--set", f"error_status={asked}")
        ran = program(RUN, *words, "--record", str(program.folder / "i.zip"))
        sent = " ".join(str(one.headers) for one in server.seen)
    basic = b64encode(f"me:{SECRETS['basic']}".encode()).decode()
    assert all(one in sent for one in (SECRETS["bearer"], SECRETS["header"], basic))
    told = ran.err + file.read_text()
    assert told.count("redirect") > 1
    assert "[secret:" in told
    assert [one for one in (*SECRETS.values(), basic) if one in told] == []


def test_an_address_with_a_password_is_refused_without_repeating_it(program: Program) -> None:
    program.environ["TROUBLESHOOT_PROMETHEUS_URL"] = f"http://me:{SECRETS['userinfo']}@h"
    file = program.folder / "run.log"
    ran = program(RUN, "-v", "--log-file", str(file))
    assert ran.code == 2
    assert SECRETS["userinfo"] not in ran.err + (file.read_text() if file.exists() else "")


def test_a_value_cannot_forge_a_line(program: Program) -> None:
    file = program.folder / "run.log"
    evil = "error_status=a\n2025-11-07T15:30:00.000Z forged\x1b[2K"
    ran = program(RUN, "-v", "--log-file", str(file), "--set", evil, "--deadline", "1s")
    told = ran.err + file.read_text()
    assert "forged" in told
    assert [line for line in told.splitlines() if re.match(r"\S+ forged", line)] == []
    assert "\x1b" not in told


def test_a_log_is_the_owners_alone_and_is_added_to(program: Program) -> None:
    file = program.folder / "run.log"
    words = ("demo", "healthy", "--log-file", str(file))
    program(*words)
    first = file.read_text()
    file.chmod(0o644)
    program(*words)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().startswith(first)
    assert file.read_text().count("# log of troubleshoot") == 1
    assert len(file.read_text()) > 1.9 * len(first)


def other_file(folder: Path) -> Path:
    (folder / "notes").write_text("mine\n")
    return folder / "notes"


def link(folder: Path) -> Path:
    (folder / "link").symlink_to(other_file(folder))
    return folder / "link"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize(
    "made", [other_file, link, pipe, lambda folder: folder, lambda folder: folder / "no" / "l"]
)
def test_nothing_else_is_written_to(made: Callable[[Path], Path], program: Program) -> None:
    file = made(program.folder)
    with recorded("healthy") as servers:
        ran = program.asks(servers)(RUN, "--log-file", str(file))
        assert servers.seen == []
    assert ran.code == 2
    assert "--log-file: " in ran.err
    notes = program.folder / "notes"
    assert not notes.exists() or notes.read_text() == "mine\n"
