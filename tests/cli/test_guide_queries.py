"""The guide's queries of section 6 are reached from the command line, as they are written."""

import pytest

from tests.cli.conftest import Program, recorded

LATENCY = "histogram_quantile(0.95, rate(order_processing_seconds_bucket[5m])) < 1"
CPU = 'container_cpu_usage_seconds_total{container="payment-service"}'
FILES = {
    "promql/order-latency-recovered.guide.promql": LATENCY,
    "promql/payment-cpu-total.guide.promql": CPU,
}


@pytest.mark.parametrize("query", FILES.values())
def test_a_dry_run_that_explains_shows_them(query: str, program: Program) -> None:
    sent = f"'query={query}' "
    assert sent in program("high-error-rate", "--dry-run", "--explain").out
    assert sent not in program("high-error-rate", "--dry-run").out


@pytest.mark.parametrize("file", FILES)
def test_show_names_their_files_where_it_says_when_all_is_well_again(
    file: str, program: Program
) -> None:
    recovered = program("show", "high-error-rate").out.partition("Recovered when")[2]
    assert file in recovered


@pytest.mark.parametrize("words", [("verify",), ()], ids=["verify", "run"])
def test_they_are_run_and_their_answer_is_shown(words: tuple[str, ...], program: Program) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)(*words, "high-error-rate", "--explain", "-o", "json")
    asked = {one["query"]["file"]: one["query"]["text"] for one in ran.document["as_written"]}
    assert asked.items() >= FILES.items()


def test_they_are_kept_in_a_record(program: Program) -> None:
    kept = program.folder / "kept.zip"
    with recorded("payment-timeouts") as servers:
        program.asks(servers)("verify", "high-error-rate", "--record", str(kept))
    again = program("replay", str(kept), "-o", "json").document["as_written"]
    assert {one["query"]["file"] for one in again} >= FILES.keys()


def test_a_query_of_the_guide_that_is_missing_is_told_at_its_line(program: Program) -> None:
    file = program.write("mine.yaml", MINE)
    ran = program("show", str(file))
    assert ran.code == 2
    assert f"{file}:15:30: verify[0].guide_query: there is no query" in ran.err


MINE = """\
format: 2
playbook: mine
title: Mine
symptom: up
parameters:
  services: {default: [a], help: jobs}
steps:
  - id: one
    guide: "1"
    title: One
    checks:
      - {id: up, title: Up, query: promql/service-up.promql,
         judge: {kind: threshold, critical: "< 1"}}
verify:
  - {check: up, guide_query: promql/never.guide.promql, recovered: "> 0"}
"""
