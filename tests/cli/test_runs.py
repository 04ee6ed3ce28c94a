"""A whole run, from the command line through real HTTP to the report."""

import json
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import Program, recorded, without
from tests.recorded import SHOP, RecordedServers
from troubleshoot.model.store import Store

INCIDENTS = {
    "payment-timeouts": "payment-provider-timeout",
    "db-pool-exhaustion": "db-pool-exhausted",
    "payment-instances-down": "instance-down",
}


@pytest.mark.parametrize("incident", INCIDENTS)
def test_the_cause_of_an_incident_is_ranked_first(incident: str, program: Program) -> None:
    with recorded(incident) as servers:
        ran = program.asks(servers)("high-error-rate", "--output", "json")
        assert servers.unknown == []
    report = ran.document
    assert (ran.code, report["conclusion"]) == (1, "diagnosed")
    assert report["diagnoses"][0]["id"] == INCIDENTS[incident]
    assert report["diagnoses"][0]["verdict"] == "confirmed"
    assert ran.err == ""


RECORDED = {
    "payment-timeouts": [
        "enable-circuit-breaker", "retry-with-backoff", "ask-provider", "use-second-provider",
    ],
    "db-pool-exhaustion": ["find-connection-holders", "enlarge-pool"],
    "payment-instances-down": ["look-at-instances", "restart-payments"],
    "healthy": [],
}  # fmt: skip


@pytest.mark.parametrize("incident", RECORDED)
def test_a_recorded_incident_gets_the_remedies_of_its_cause(
    incident: str, program: Program
) -> None:
    with recorded(incident) as servers:
        ran = program.asks(servers)("high-error-rate", "-o", "json")
    demo = program("demo", incident, "-o", "json")
    for report in (ran.document, demo.document):
        assert [one["id"] for one in report["actions"]] == RECORDED[incident]


def test_a_healthy_shop_is_clear(program: Program) -> None:
    with recorded("healthy") as servers:
        ran = program.asks(servers)("high-error-rate")
    assert ran.code == 0
    assert "CLEAR" in ran.out


def test_a_live_run_and_the_replay_of_its_record_are_the_same(program: Program) -> None:
    file = program.folder / "i.zip"
    words = ("--output", "json", "--explain")
    with recorded("payment-timeouts") as servers:
        live = program.asks(servers)("high-error-rate", *words, "--record", str(file))
    again = program("replay", str(file), *words)
    assert again.code == live.code == 1
    assert without(again.document, "timing") == without(live.document, "timing")
    assert again.out.partition('"timing"')[0] == live.out.partition('"timing"')[0]


@pytest.mark.parametrize("store", SHOP)
def test_without_one_store_a_healthy_shop_is_not_called_clear(
    store: Store, program: Program
) -> None:
    with recorded("healthy", without=[store]) as servers:
        ran = program.asks(servers)("high-error-rate", "--output", "json")
    report = ran.document
    assert ran.code == 3
    assert report["conclusion"] in ("inconclusive", "failed")
    assert report["gaps"]


def test_with_nothing_listening_it_says_so_within_seconds(program: Program) -> None:
    began = time.monotonic()
    with recorded("healthy", without=SHOP) as servers:
        ran = program.asks(servers)("high-error-rate")
        urls = list(servers.urls.values())
    assert time.monotonic() - began < 5
    assert ran.code == 3
    flat = "".join(ran.out.split())
    for store, url in zip(SHOP, urls, strict=True):
        assert url in flat
        assert f"TROUBLESHOOT_{store.upper()}_URL" in flat


def test_an_environment_without_a_store_skips_its_checks_and_says_what_to_set(
    program: Program,
) -> None:
    with recorded("payment-timeouts") as servers:
        url = servers.urls[Store.PROMETHEUS]
        program.write(
            "config/config.yaml", f"environments: {{p: {{prometheus: {{url: '{url}'}}}}}}\n"
        )
        ran = program("high-error-rate", "--output", "json")
    findings = {one["check"]: one for one in ran.document["findings"]}
    assert findings["failed-traces"]["outcome"] == "skipped"
    assert "TROUBLESHOOT_JAEGER_URL" in findings["failed-traces"]["hint"]


def only(program: Program, servers: RecordedServers, *stores: Store) -> Program:
    """An environment that lists ``stores`` and no other."""
    listed = ", ".join(f"{store}: {{url: '{servers.urls[store]}'}}" for store in stores)
    program.write("config/config.yaml", f"environments: {{shop: {{{listed}}}}}\n")
    return program


def test_a_healthy_shop_with_metrics_only_is_clear_and_says_what_it_has_not(
    program: Program,
) -> None:
    with recorded("healthy") as servers:
        ran = only(program, servers, Store.PROMETHEUS)("high-error-rate")
        report = program("high-error-rate", "-o", "json").document
    assert ran.code == 0
    for store in ("Jaeger", "Elasticsearch"):
        assert ran.out.count(f"no {store} in environment shop: ") == 1
    assert "Could not check" not in ran.out
    assert (report["conclusion"], report["complete"], report["gaps"]) == ("clear", True, [])
    apart = {one["store"]: len(one["checks"]) for one in report["not_made"]}
    assert report["checks"] == {
        "told": 24 - sum(apart.values()),
        "total": 24 - sum(apart.values()),
        "not_made": sum(apart.values()),
    }
    assert {*apart} == {"jaeger", "elasticsearch"}
    assert "no Jaeger, no Elasticsearch here" in report["headline"]


def test_a_replay_counts_them_apart_as_well(program: Program) -> None:
    file = program.folder / "i.zip"
    with recorded("healthy") as servers:
        only(program, servers, Store.PROMETHEUS)("high-error-rate", "--record", str(file))
    report = program("replay", str(file), "-o", "json").document
    assert (report["exit_code"], len(report["not_made"])) == (0, 2)


def test_a_store_that_only_no_variable_names_is_not_done_without_on_purpose(
    program: Program,
) -> None:
    program.write("config/config.yaml", "environments: {shop: {}}\n")
    with recorded("healthy") as servers:
        program.environ["TROUBLESHOOT_PROMETHEUS_URL"] = servers.urls[Store.PROMETHEUS]
        ran = program("high-error-rate", "-o", "json")
    assert (ran.code, ran.document["not_made"]) == (4, [])
    assert ran.document["gaps"]


def test_an_incident_is_not_clear_where_the_store_that_shows_its_cause_is_not_there(
    program: Program,
) -> None:
    with recorded("payment-timeouts") as servers:
        ran = only(program, servers, Store.PROMETHEUS)("high-error-rate", "-o", "json")
    assert ran.code != 0
    assert ran.document["conclusion"] in ("diagnosed", "inconclusive")


def test_at_the_deadline_the_report_is_printed_with_what_is_there(program: Program) -> None:
    with recorded("payment-timeouts", delay=30) as servers:
        began = time.monotonic()
        ran = program.asks(servers)("high-error-rate", "--deadline", "500ms", "--output", "json")
        took = time.monotonic() - began
    assert took < 5
    assert ran.code == 3
    assert all("deadline of 0.5 s" in gap["reason"] for gap in ran.document["gaps"])


def test_one_step_looks_at_that_step_and_the_symptom(program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("high-error-rate", "--step", "database", "--output", "json")
    told = [one["check"] for one in ran.document["findings"] if one["outcome"] != "skipped"]
    assert told[0] == "order-error-share"
    assert set(told[1:]) == {"db-connection-failures", "db-query-latency", "db-pool-usage"}


def test_several_formats_come_from_one_run(program: Program) -> None:
    names = {"json": "r.json", "html": "r.html", "markdown": "r.md", "junit": "r.xml"}
    words = [
        word for kind, name in names.items() for word in ("-o", f"{kind}={program.folder / name}")
    ]
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("high-error-rate", *words)
        asked = len(servers.seen)
    assert asked <= 25
    assert "DIAGNOSED" in ran.out  # the terminal report is on the screen all the same
    report = json.loads((program.folder / "r.json").read_text())
    assert report["exit_code"] == 1
    assert ET.parse(program.folder / "r.xml").getroot().tag == "testsuites"  # noqa: S314
    assert "<script" not in (program.folder / "r.html").read_text()


def test_nothing_but_the_document_is_on_standard_output(program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("high-error-rate", "-o", "json")
    assert ran.out.startswith("{")
    assert ran.out.endswith("}\n")
    assert ran.err == ""


def test_explain_shows_queries_curls_sums_and_the_guides_own_queries(program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("high-error-rate", "--explain", "-o", "markdown")
    assert "curl -sS -G" in ran.out
    assert "0.5^(" in ran.out
    assert "order\\_error\\_share" in ran.out or "order-error-share" in ran.out
    assert "sum by (status) (rate(orders\\_total\\[5m\\]))" in ran.out or "orders_total" in ran.out


def test_a_parameter_reaches_the_queries(program: Program) -> None:
    with recorded("healthy") as servers:
        program.asks(servers)("high-error-rate", "--set", "orders_metric=bookings_total")
        assert any("bookings_total" in line for line in servers.unknown)


def test_fail_on_decides_what_exits_with_1(program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("high-error-rate", "--fail-on", "never", "-o", "json")
    assert (ran.code, ran.document["conclusion"]) == (0, "diagnosed")


@pytest.mark.parametrize("store", SHOP)
def test_a_likely_cause_that_a_missing_store_could_confirm_is_not_exit_code_0(
    store: Store, program: Program
) -> None:
    with recorded("payment-timeouts", without=[store]) as servers:
        ran = program.asks(servers)("high-error-rate", "--fail-on", "confirmed", "-o", "json")
    report = ran.document
    assert report["conclusion"] == "diagnosed"
    if report["diagnoses"][0]["verdict"] == "confirmed":
        assert ran.code == 1
    else:
        assert ran.code == 3
        assert report["exit_meaning"] == (
            "a check that could not tell might reach --fail-on confirmed"
        )


@pytest.mark.parametrize(("incident", "code"), [("healthy", 0), ("payment-timeouts", 1)])
def test_verify_tells_recovered_from_not(incident: str, code: int, program: Program) -> None:
    with recorded(incident) as servers:
        ran = program.asks(servers)("verify", "high-error-rate", "-o", "json")
        # which of its metrics exist is all that the recorded run asked in other words
        assert all("/label/__name__/values" in line for line in servers.unknown)
    assert ran.code == code
    checks = [one["finding"]["check"] for one in ran.document["verifications"]]
    assert checks == ["order-error-share", "order-latency-p95", "payment-memory", "payment-cpu"]


def test_verify_cannot_tell_without_prometheus(program: Program) -> None:
    with recorded("healthy", without=[Store.PROMETHEUS]) as servers:
        assert program.asks(servers)("verify", "high-error-rate").code == 4


def test_a_dry_run_shows_each_request_and_sends_none(program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("high-error-rate", "--dry-run")
        assert servers.seen == []
        assert servers.unknown == []
    assert ran.code == 0
    assert ran.out.count("curl -sS") == 25
    assert servers.urls[Store.JAEGER] in ran.out


def test_a_file_is_run_like_a_playbook_that_ships(program: Program) -> None:
    from troubleshoot.load.assets import built_in

    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    mine = program.write("mine/high-error-rate.yaml", shipped)
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("run", str(mine), "-o", "json")
    assert ran.document["diagnoses"][0]["id"] == "payment-provider-timeout"


def alert(status: str, started: str, ended: str = "0001-01-01T00:00:00Z") -> str:
    labels = {"alertname": "HighErrorRate", "severity": "critical"}
    one = {"status": status, "labels": labels, "startsAt": started, "endsAt": ended}
    return json.dumps({"version": "4", "status": status, "alerts": [one]})


def test_an_alert_chooses_playbook_and_window(program: Program) -> None:
    file = program.write("alert.json", alert("firing", "2025-11-07T15:12:00Z"))
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("run", "--alert", str(file), "-o", "json")
    assert ran.document["playbook"] == "high-error-rate"
    assert ran.document["window"]["at"] == "2025-11-07T15:30:00Z"


def test_an_alert_from_standard_input_widens_the_lookback_to_before_its_start(
    program: Program,
) -> None:
    text = alert("resolved", "2025-11-07T12:00:00Z", "2025-11-07T14:00:00Z")
    with recorded("payment-timeouts", without=SHOP) as servers:
        ran = program.asks(servers)("high-error-rate", "--alert", "-", "-o", "json", input=text)
    window = ran.document["window"]
    assert (window["at"], window["lookback"]) == ("2025-11-07T14:00:00Z", 2 * 3600 + 15 * 60)


def test_reports_have_no_escape_sequences_where_nobody_looks(program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        assert "\x1b" not in program.asks(servers)("high-error-rate").out


def test_a_record_is_readable_by_its_owner_only(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "i.zip"
    with recorded("healthy") as servers:
        program.asks(servers)("high-error-rate", "--record", str(file))
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_written_is_told_beside_the_document(program: Program, tmp_path: Path) -> None:
    kept, page = tmp_path / "i.zip", tmp_path / "r.html"
    words = ("-o", "json", "-o", f"html={page}", "--record", str(kept))
    with recorded("healthy") as servers:
        ran = program.asks(servers)("high-error-rate", *words)
    with ZipFile(kept) as archive:
        count = sum(name.startswith("responses/") for name in archive.namelist())
        assert count == len(servers.seen) + len(servers.unknown)  # two queries of the guide are new
    told = ran.err.splitlines()
    assert [line.rsplit(":", 1)[0] for line in told] == [f"written: {kept}", f"written: {page}"]
    assert told[0].endswith(f"KiB, {count} answers")
    assert told[1].endswith("KiB")
    assert ran.document["exit_code"] == 0
    again = program("replay", str(kept), "-o", f"json={page}")
    assert again.err.startswith(f"written: {page}: ")
