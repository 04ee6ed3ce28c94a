"""What is accepted but should be known: on standard error, in each report, and in its replay."""

from pathlib import Path

import pytest

from tests.cli.conftest import Program, recorded
from troubleshoot.load.assets import built_in

IDLE = """\
remedies:
  pray:
    title: Pray
    risk: low
    rollback: none
    verify: order-error-share
"""


@pytest.fixture
def file(program: Program) -> Path:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text(encoding="utf-8")
    text = shipped.replace("playbook: high-error-rate", "playbook: mine")
    return program.write("mine.yaml", text.replace("remedies:\n", IDLE, 1))


def _line(file: Path) -> str:
    row = file.read_text(encoding="utf-8").split("\n").index("  pray:") + 1
    return f"{file}:{row}:3: no cause names the remedy 'pray'"


@pytest.mark.parametrize(
    "words", [("show",), ("run", "--dry-run"), ("verify",), ("run",)], ids=" ".join
)
def test_each_command_that_loads_a_playbook_says_it_once(
    words: tuple[str, ...], program: Program, file: Path
) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)(words[0], str(file), *words[1:])
    assert ran.err.count("pray") == 1
    assert f"warning: {_line(file)}" in ran.err


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_each_report_holds_it(form: str, program: Program, file: Path) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("run", str(file), "-o", form)
    flat = "".join(ran.out.split()).replace("\\", "")
    assert "Warningsaboutplaybook,queriesandconfiguration" in flat
    assert "nocausenamestheremedy" in flat


def test_a_replay_repeats_what_was_told(program: Program, file: Path) -> None:
    kept = program.folder / "kept.zip"
    with recorded("payment-timeouts") as servers:
        live = program.asks(servers)("run", str(file), "-o", "json", "--record", str(kept))
    (notice,) = live.document["notices"]
    assert notice["file"] == str(file)
    assert notice["message"].startswith("no cause names the remedy 'pray'")
    assert program("replay", str(kept), "-o", "json").document["notices"] == [notice]


MISSPELT = (
    "environments: {local: {parameters: {order_metric: x, replicas: 3}}}\n",
    {"TROUBLESHOOT_PROMETEUS_URL": "http://hunter2.example"},
)
SAID = (
    "TROUBLESHOOT_PROMETEUS_URL: nothing reads this variable. Did you mean "
    "'TROUBLESHOOT_PROMETHEUS_URL'?",
    "order_metric: no playbook has this. Did you mean 'orders_metric'?",
)


@pytest.mark.parametrize(
    "words", [("high-error-rate", "--dry-run"), ("show", "high-error-rate"), ("config", "show")]
)
def test_misspelt_settings_are_told(words: tuple[str, ...], program: Program) -> None:
    text, environ = MISSPELT
    program.write("config/config.yaml", text)
    program.environ |= environ
    ran = program(*words)
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 2
    for said in SAID:
        assert said in ran.err
        assert (f"{said}\n" in ran.out) is (words[0] == "config")
    assert "hunter2" not in ran.err


def test_misspelt_settings_are_in_the_report(program: Program) -> None:
    text, environ = MISSPELT
    program.write("config/config.yaml", text)
    program.environ |= environ
    document = program("find-culprit", "--deadline", "1s", "-o", "json").document
    said = [f"{one['file']}: {one['message']}" for one in document["notices"]]
    assert said[0] == SAID[0]
    assert said[1].endswith(SAID[1])


@pytest.fixture
def filtering(program: Program) -> Path:
    """The share of failed orders by a query that leaves out what is fine."""
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text(encoding="utf-8")
    text = shipped.replace("playbook: high-error-rate", "playbook: mine")
    query = (built_in().queries / "promql/order-error-share.promql").read_text(encoding="utf-8")
    program.write("queries/promql/order-error-share.promql", query + "> 0.1\n")
    return program.write("mine.yaml", text)


@pytest.mark.parametrize("words", [("show",), ("run", "--dry-run"), ("verify",)], ids=" ".join)
def test_a_query_that_slips_is_told_wherever_it_is_loaded(
    words: tuple[str, ...], program: Program, filtering: Path
) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)(words[0], str(filtering), *words[1:])
    place = filtering.parent / "queries/promql/order-error-share.promql"
    assert ran.err.count("`> 0.1` filters") == 1
    assert f"warning: {place}:" in ran.err


def test_a_slip_stands_beside_the_finding_it_is_about(program: Program, filtering: Path) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("run", str(filtering), "-o", "json")
    found = next(one for one in ran.document["findings"] if one["check"] == "order-error-share")
    assert any("`> 0.1` filters" in note for note in found["notes"])
    others = (one for one in ran.document["findings"] if one["check"] != "order-error-share")
    assert not any("filters" in note for one in others for note in one["notes"])


@pytest.mark.parametrize("words", [("show",), ("run", "--dry-run"), ("run",)], ids=" ".join)
def test_a_query_that_is_no_promql_is_refused_before_anything_is_sent(
    words: tuple[str, ...], program: Program, filtering: Path
) -> None:
    file = program.write("queries/promql/order-error-share.promql", "sum(rate(x[5m])\n")
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)(words[0], str(filtering), *words[1:])
        assert servers.seen == []
    assert ran.code == 2
    assert f"error: {file}:1:4: not PromQL once filled in: unclosed left parenthesis" in ran.err
    assert "\n    sum(rate(x[5m])\n       ^\n" in ran.err
