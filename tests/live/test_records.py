"""What was recorded replays to the same report, and holds no secret."""

import zipfile
from pathlib import Path

import pytest

from tests.live.conftest import BY_SCENARIO, Run

pytestmark = pytest.mark.live

AT = BY_SCENARIO["payment-timeouts"].at


def without_timing(text: str) -> str:
    return text.partition('"timing"')[0]


def test_a_replay_is_the_same_report_byte_for_byte(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "incident.zip")
    live = run("high-error-rate", "--record", file, "--output", "json", at=AT)
    again = run("replay", file, "--output", "json")
    assert again.code == live.code == 1
    assert without_timing(again.out) == without_timing(live.out)
    pages = [run("replay", file, "--output", "markdown", "--explain").out for _ in range(2)]
    assert without_timing(pages[0]).splitlines()[:100] == pages[1].splitlines()[:100]


def test_what_is_recorded_has_no_addresses_and_tokens(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "incident.zip"
    run("high-error-rate", "--record", str(file), at=AT)
    with zipfile.ZipFile(file) as archive:
        everything = b"\n".join(archive.read(name) for name in archive.namelist())
    assert b"@" in everything  # @timestamp
    assert b"sk_live_" not in everything
    assert b"@example." not in everything
    assert b"[email:" in everything


def test_the_guides_own_queries_run_and_show_their_slips(run: Run) -> None:
    report = run("high-error-rate", "--explain", "--output", "json", at=AT).document
    answers = {one["check"]: one["answer"] for one in report["as_written"]}
    share = next(one for one in report["findings"] if one["check"] == "order-error-share")
    assert share["items"][0]["value"] > 0.10
    assert answers["order-error-share"] == "nothing"  # both sides match on status="error" only
    assert answers["db-pool-usage"] == "nothing"  # the labels never match
    assert answers["payment-cpu"] != "nothing"  # a counter of seconds is above 0.8 for ever
    assert all("error" not in answer for answer in answers.values())
