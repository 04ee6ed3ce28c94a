"""``vocabulary suggest``: a look at servers, a file to review, the report that asks for it."""

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Program
from tests.metric_server import MetricServer, serving
from troubleshoot.load.playbook.promql.syntax import read
from troubleshoot.load.playbook.vocabularies import read_vocabulary
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.vocabulary import Vocabulary

OURS = {
    "shop_latency_ms": (({"team": "cart"}, 40.0), ({"team": "bill"}, 60.0)),
    "shop_orders_total": (
        ({"team": "cart", "outcome": "ok"}, 90.0),
        ({"team": "cart", "outcome": "failed"}, 10.0),
    ),
    "shop_temperature": (({"team": "cart"}, 40.0),),
    "http_requests_total": (({"job": "cart"}, 40.0),),
    "go_goroutines": (({"job": "cart"}, 40.0),),
}


@pytest.fixture
def shop() -> Iterator[MetricServer]:
    server = MetricServer(dict(OURS), {"shop_latency_ms": "gauge"}, ("cart",), ("bill",))
    with serving(server) as running:
        yield running


def suggested(text: str) -> Vocabulary:
    return read_vocabulary(QueryFile("vocabulary/suggested.yaml", "suggested.yaml", text))


def test_what_is_there_becomes_a_vocabulary_to_review(program: Program, shop: MetricServer) -> None:
    program.environ |= shop.environ
    ran = program("vocabulary", "suggest")
    assert (ran.code, ran.err) == (0, "")
    found = {one.means: one for one in suggested(ran.out).phrases}
    assert found.keys() == {"traffic", "errors", "latency"}
    assert found["latency"].query == "avg by (team) (shop_latency_ms) / 1000\n"
    assert 'outcome=~"failed"' in found["errors"].query
    assert {tuple(one.labels.items()) for one in found.values()} == {(("service", "team"),)}
    words = " ".join(ran.out.replace("#", " ").split())
    assert "service by 'team' (2 of 2 values are services in traces or logs)" in words
    assert '# e.g. shop_latency_ms{team="bill"}' in ran.out
    assert "known already, by other vocabularies: http_requests_total" in ran.out
    left = ran.out.partition("# Left unassigned\n")[2]
    assert "shop_temperature" in left
    assert "go_goroutines" in left


def test_it_only_looks_and_asks_nothing_twice(program: Program, shop: MetricServer) -> None:
    program.environ |= shop.environ
    program("vocabulary", "suggest")
    paths = [line.partition("?")[0] for line in shop.seen]
    assert {*paths} == {
        "GET /api/v1/label/__name__/values",
        "GET /api/v1/metadata",
        "GET /api/v1/query",
        "GET /api/services",
        "GET /*/_field_caps",
        "POST /*/_search",
    }
    assert len(shop.seen) == len({*shop.seen})
    assert not any("http_requests_total" in line for line in shop.seen if "/query" in line)


def test_a_file_that_is_there_is_not_written_over(program: Program, shop: MetricServer) -> None:
    program.environ |= shop.environ
    file = program.folder / "own.yaml"
    ran = program("vocabulary", "suggest", "--output", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert "written:" in ran.err
    text = file.read_text(encoding="utf-8")
    assert suggested(text).phrases
    again = program("vocabulary", "suggest", "--output", str(file))
    assert again.code == 2
    assert "is there already, and nothing is written over it" in again.err
    assert file.read_text(encoding="utf-8") == text


def test_what_it_writes_teaches_the_next_run(program: Program, shop: MetricServer) -> None:
    program.environ |= shop.environ
    file = program.folder / "config" / "queries" / "vocabulary" / "suggested.yaml"
    file.parent.mkdir(parents=True)
    del shop.metrics["http_requests_total"]
    before = program("find-culprit")
    assert before.out.rstrip().endswith("troubleshoot vocabulary suggest --at 2025-11-07T15:30:00Z")
    program("vocabulary", "suggest", "-o", str(file))
    shop.seen.clear()
    after = program("find-culprit")
    assert "vocabulary suggest --at" not in after.out
    assert any("shop_latency_ms" in line for line in shop.seen if "query_range" in line)


def test_markdown_and_json_say_it_too(program: Program, shop: MetricServer) -> None:
    program.environ |= shop.environ
    del shop.metrics["http_requests_total"]
    command = "troubleshoot vocabulary suggest --at 2025-11-07T15:30:00Z"
    assert program("find-culprit", "-o", "json").document["teach"] == command
    assert command in program("find-culprit", "-o", "markdown").out.splitlines()[-2:]


def test_a_server_that_is_down_is_said_and_nothing_is_suggested(program: Program) -> None:
    program.environ["TROUBLESHOOT_PROMETHEUS_URL"] = "http://127.0.0.1:9"
    ran = program("vocabulary", "suggest")
    assert (ran.code, ran.out) == (3, "")
    assert "127.0.0.1:9" in ran.err


HOSTILE = {
    "x_errors_total\n  - means: up": (({"svc": "cart"}, 1.0),),
    "x_latency_ms": (({"svc": "a\nvocabulary: evil", "yes": "\x1b[31m"}, 1.0),),
    "x_requests_total": (
        ({"on": "cart", "status": '5"} or up{x="'}, 1.0),
        ({"on": "bill", "status": "{{ window }}"}, 1.0),
    ),
    "y_requests": (({"svc.name": "cart", "app": "{{ 1 }}"}, 1.0),),
}


def test_whatever_servers_say_it_stays_a_vocabulary(program: Program) -> None:
    server = MetricServer(dict(HOSTILE), services=("cart", "bill", "a: b # c"))
    with serving(server) as running:
        program.environ |= running.environ
        ran = program("vocabulary", "suggest")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    found = suggested(ran.out)
    assert found.vocabulary == "suggested"
    assert [one.labels for one in found.phrases if one.means == "traffic"]
    for one in found.phrases:
        read(one.query.replace("{{ window }}", "5m"))
        assert "up{" not in one.query
