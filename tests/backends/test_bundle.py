import json
import os
import stat
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.backends.requests import ALL, LOGS, RANGE, raw
from troubleshoot.backends.recording import bundle as limits
from troubleshoot.backends.recording.bundle import read_bundle, write_bundle
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.bundle import Bundle, Recorded, RunContext
from troubleshoot.model.errors import BundleError, UsageError
from troubleshoot.model.options import RunOptions
from troubleshoot.model.query import RawResponse
from troubleshoot.model.resolved_playbook import QueryFile, Setting
from troubleshoot.model.window import Baseline, Window

AT = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
SETUP = RunContext(
    environment="prod",
    window=Window(AT, timedelta(minutes=5), timedelta(hours=2), Baseline.YESTERDAY),
    timezone="Europe/Berlin",
    stores=(("prometheus", "http://p:9090"),),
    urls=(("jaeger", "http://j"),),
    options=RunOptions(steps=("service-health",), record="i.zip"),
)
BUNDLE = Bundle(
    program="0.1.0",
    recorded_at=AT + timedelta(seconds=1.5),
    playbook="high-error-rate.yaml",
    text="playbook: high-error-rate\ntitle: é\n",
    queries=(QueryFile("promql/up.promql", "queries/promql/up.promql", "up\n"),),
    settings=(
        Setting("a", "x", "default"),
        Setting("b", 1, "--set"),
        Setting("c", 1.0, "environment"),
        Setting("d", True, "default"),
        Setting("e", ("x", "y"), "default"),
        Setting("f", "1", "default"),
    ),
    setup=SETUP,
    recorded=(
        *(Recorded(request, raw('{"data": "é"}')) for request in ALL),
        Recorded(
            RANGE,
            RawResponse("http://p", 0, b"\xff\0", 0.25, "", "cut\nrun it again", "status 503"),
        ),
    ),
    redactions=(("email", 3),),
)


def written(path: Path, bundle: Bundle = BUNDLE) -> Path:
    write_bundle(path, bundle, Redactor(b"salt"))
    return path


def test_what_is_written_is_read_again_unchanged(tmp_path: Path) -> None:
    again = read_bundle(written(tmp_path / "run.zip"))
    assert again == BUNDLE
    assert [type(one.value) for one in again.settings] == [str, int, float, bool, tuple, str]


def test_a_run_that_was_interrupted_can_be_read(tmp_path: Path) -> None:
    bundle = replace(BUNDLE, complete=False, recorded=())
    assert read_bundle(written(tmp_path / "run.zip", bundle)) == bundle


def test_equal_runs_are_equal_files_with_readable_names(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one.zip"), written(tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()
    names = zipfile.ZipFile(one).namelist()
    assert names[:4] == [
        "manifest.json",
        "playbook.yaml",
        "queries/promql/up.promql",
        "responses/000-prometheus-range.json",
    ]
    assert names[-1] == "responses/009-prometheus-range.txt"


def test_nothing_passes_the_redactor(tmp_path: Path) -> None:
    secret = "bob@shop.example"
    bundle = replace(
        BUNDLE,
        text=f"# ask {secret}\n",
        queries=(QueryFile("promql/up.promql", f"/home/{secret}/up", f"# {secret}\n"),),
        settings=(Setting("owner", secret, "default"),),
        setup=replace(SETUP, stores=(("jaeger", "http://user:hunter2@j"),)),
        recorded=(
            Recorded(
                replace(LOGS, body=json.dumps({"query": secret})),
                RawResponse(f"http://{secret}/x", 200, f'["{secret}"]'.encode(), 0, "", secret),
            ),
        ),
    )
    with zipfile.ZipFile(written(tmp_path / "run.zip", bundle)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert secret.encode() not in everything
    assert b"hunter2" not in everything
    assert everything.count(b"[email:") == 7


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = written(tmp_path / "run.zip")
    before = path.read_bytes()
    huge = Recorded(LOGS, raw(b"x" * (limits.MAX_MEMBER_BYTES + 1)))
    with pytest.raises(BundleError, match="too large"):
        written(path, replace(BUNDLE, recorded=(huge,)))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["run.zip"]


def test_a_path_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"cannot write .*No such file or directory"):
        written(tmp_path / "missing" / "run.zip")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BundleError, match=r"cannot write .*directory"):
        written(tmp_path / "folder")
    assert os.listdir(tmp_path) == ["folder"]


def members(tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(written(tmp_path / "good.zip")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, *contents: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents:
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BundleError) as caught:
        read_bundle(path)
    assert str(path) in caught.value.message
    assert caught.value.hint
    return caught.value.message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "there is no file" in refusal(tmp_path / "none.zip")


@pytest.mark.parametrize("content", [b"", b"hello", b"\x1f\x8b\x08\0\0\0"])
def test_a_file_that_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.zip"
    path.write_bytes(content)
    assert "is not a zip file" in refusal(path)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_damaged(tmp_path: Path, kept: float) -> None:
    path = written(tmp_path / "run.zip")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert "is damaged" in refusal(path)


def test_a_flipped_bit_in_a_body_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members(tmp_path).items():
            archive.writestr(name, content)
    content = path.read_bytes()
    path.write_bytes(content.replace("é".encode(), "è".encode(), 1))
    assert "is damaged: Bad CRC-32" in refusal(path)


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "..\\x", "\\x", "C:/x"])
def test_a_member_that_points_out_of_the_file_is_refused(tmp_path: Path, name: str) -> None:
    good = members(tmp_path)
    path = packed(tmp_path / "run.zip", *good.items(), (name, b""))
    assert "points out of it" in refusal(path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("responses/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = packed(tmp_path / "run.zip", *members(tmp_path).items(), (link, b"/etc/passwd"))
    assert "is a link" in refusal(path)


def test_a_member_that_stands_twice_is_refused(tmp_path: Path) -> None:
    good = members(tmp_path)
    with pytest.warns(UserWarning, match="Duplicate"):
        path = packed(tmp_path / "run.zip", *good.items(), ("playbook.yaml", b"other"))
    assert "holds 'playbook.yaml' twice" in refusal(path)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    many = ((f"responses/{n}", b"") for n in range(limits.MAX_MEMBERS + 1))
    assert "more than 2,000" in refusal(packed(tmp_path / "run.zip", *many))


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path: Path) -> None:
    bomb = b"\0" * (limits.MAX_MEMBER_BYTES + 1)
    path = packed(tmp_path / "run.zip", ("responses/bomb", bomb))
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more than" in refusal(path)


def test_a_bomb_in_many_members_is_refused(tmp_path: Path) -> None:
    part = b"\0" * (limits.MAX_MEMBER_BYTES - 1)
    path = packed(tmp_path / "run.zip", *((f"responses/{n}", part) for n in range(5)))
    assert "unpacks to more than" in refusal(path)


def test_a_bomb_whose_header_lies_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "run.zip", ("manifest.json", b"\0" * 1_000_000))
    content = path.read_bytes()
    size = (1_000_000).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (100).to_bytes(4, "little")))
    assert "is damaged" in refusal(path)


def test_a_zip_without_a_manifest_is_no_recorded_run(tmp_path: Path) -> None:
    path = packed(tmp_path / "run.zip", ("readme.txt", b"hello"))
    assert "it has no manifest.json" in refusal(path)


@pytest.mark.parametrize("name", ["playbook.yaml", "responses/000-prometheus-range.json"])
def test_a_member_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    good = members(tmp_path)
    del good[name]
    assert f"'{name}' is missing in it" in refusal(packed(tmp_path / "run.zip", *good.items()))


def test_a_playbook_that_is_no_text_is_damaged(tmp_path: Path) -> None:
    good = members(tmp_path) | {"playbook.yaml": b"\xff"}
    assert "is not text" in refusal(packed(tmp_path / "run.zip", *good.items()))


def changed(tmp_path: Path, **change: Any) -> Path:
    good = members(tmp_path)
    manifest = json.loads(good["manifest.json"]) | change
    good["manifest.json"] = json.dumps(manifest).encode()
    return packed(tmp_path / "run.zip", *good.items())


def test_a_newer_format_is_told(tmp_path: Path) -> None:
    message = refusal(changed(tmp_path, version=3))
    assert "has format 3, this program reads format 2" in message


def test_an_older_format_is_refused_with_what_reads_it(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as caught:
        read_bundle(changed(tmp_path, version=1))
    assert "has format 1, this program reads format 2" in caught.value.message
    assert "the version that recorded it" in caught.value.hint


def test_options_that_no_run_could_have_are_refused(tmp_path: Path) -> None:
    good = json.loads(members(tmp_path)["manifest.json"])["setup"]
    options = good["options"] | {"fail_on": "sometimes"}
    file = changed(tmp_path, setup=good | {"options": options})
    with pytest.raises(UsageError, match="--fail-on: 'sometimes' is not known"):
        read_bundle(file)


def test_it_has_the_options_of_the_run_and_nothing_of_where_its_files_lay() -> None:
    options = RunOptions(
        window="7m", steps=("a",), fail_on="never", record="/home/me/i.zip", config="/etc/c",
        assign=("a=b",), output=("json=/home/me/r.json",), alert="/home/me/a.json", explain=True,
    )  # fmt: skip
    wanted = RunOptions(window="7m", steps=("a",), fail_on="never", record="i.zip")
    assert options.kept == wanted
    assert wanted.as_written


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"version": "1"}, "version"),
        ({"recorded_at": "yesterday"}, "recorded_at"),
        ({"complete": "yes"}, "complete"),
        ({"responses": [{}]}, "responses.0"),
        ({"responses": None}, "responses"),
        ({"setup": {"environment": 5}}, "setup"),
        ({"settings": [{"name": "a", "value": {}, "source": "x"}]}, "settings.0.value"),
        ({"queries": "x"}, "queries"),
    ],
)
def test_wrong_types_in_the_manifest_are_placed(
    tmp_path: Path, change: dict[str, Any], where: str
) -> None:
    assert f"is damaged: manifest.json: {where}" in refusal(changed(tmp_path, **change))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null"])
def test_a_manifest_that_is_none_is_damaged(tmp_path: Path, content: bytes) -> None:
    good = members(tmp_path) | {"manifest.json": content}
    assert "is damaged" in refusal(packed(tmp_path / "run.zip", *good.items()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_gives_anything_but_a_clear_refusal(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(written(tmp_path / "good.zip").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "run.zip"
    path.write_bytes(content)
    with suppress(BundleError):
        assert isinstance(read_bundle(path), Bundle)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    buffer = BytesIO(written(tmp_path / "good.zip").read_bytes())
    content = bytearray(buffer.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.index(signature)
        content[start + offset] |= 1
    path = tmp_path / "run.zip"
    path.write_bytes(content)
    assert "is damaged" in refusal(path)
