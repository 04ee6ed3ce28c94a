"""Every way a text can reach a request: what would do more than read is refused by its name."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.backends.server import Server, answer, serve
from tests.cli.conftest import Program
from tests.ran import Ran
from troubleshoot.backends.recording.bundle import read_bundle, write_bundle
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.store import Store

HARMFUL = "shop-logs/_delete_by_query#"
READ = r"POST /[a-z*-]+/_search\?ignore_unavailable=true|GET /[a-z*-]+/_field_caps\?[^#;]*"
PLAYBOOK = """\
format: 2
playbook: mine
title: Mine
symptom: lines
parameters:
  log_index: {default: logs, help: index of the logs}
steps:
  - id: logs
    guide: "1"
    title: Logs
    checks:
      - id: lines
        title: Lines
        query: elasticsearch/mine.json
        judge: {kind: log_patterns, level: [l], message: [m], service: [s], trace: [t]}
"""
QUERY = '{\n  "index": "{{ log_index }}",\n  "size": 1,\n  "query": {"match_all": {}}\n}\n'
VOCABULARY = """\
vocabulary: house
title: House
events:
  index: logs
  kind: [k]
  service: [s]
  means: {deployment: [d]}
"""


class Own:
    """A playbook of one's own with its query, and a server in the place of all three stores."""

    def __init__(self, program: Program, server: Server) -> None:
        self.program, self.server = program, server
        program.environ |= {f"TROUBLESHOOT_{store.upper()}_URL": server.url for store in Store}
        self.playbook, self.query, self.vocabulary = PLAYBOOK, QUERY, VOCABULARY

    def run(self, *words: str) -> Ran:
        file = self.program.write("own/mine.yaml", self.playbook)
        self.program.write("own/queries/elasticsearch/mine.json", self.query)
        self.program.write("own/queries/vocabulary/house.yaml", self.vocabulary)
        return self.program("run", str(file), *words)

    def configured(self, inner: str) -> None:
        """Before anything else, in a file that TROUBLESHOOT_CONFIG names."""
        text = f"environments:\n  prod:\n    {inner}\n"
        named = self.program.write("settings.yaml", text)
        self.program.environ["TROUBLESHOOT_CONFIG"] = str(named)


@pytest.fixture
def own(program: Program) -> Iterator["Own"]:
    with serve(answer(b'{"hits": {"hits": []}}')) as server:
        yield Own(program, server)


def refused(own: Own, ran: Ran, *said: str) -> bool:
    assert (ran.code, ran.out, own.server.seen) == (2, "", [])
    assert "Traceback" not in ran.err
    words = "".join(ran.err.replace("│", " ").split())
    return all("".join(one.split()) in words for one in said)


def test_a_good_playbook_only_reads(own: Own) -> None:
    ran = own.run()
    assert ran.code != 2, ran.err
    assert own.server.seen
    for seen in own.server.seen:
        assert re.fullmatch(READ, f"{seen.method} {seen.target}")


def test_an_index_in_a_query_file_is_refused_at_its_place(own: Own) -> None:
    own.query = QUERY.replace("{{ log_index }}", HARMFUL)
    assert refused(own, own.run(), f"mine.json:2:3: {HARMFUL!r} cannot name an index")


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--explain",)])
def test_an_index_of_the_command_line_is_refused_by_its_parameter(
    own: Own, words: tuple[str, ...]
) -> None:
    ran = own.run("--set", f"log_index={HARMFUL}", *words)
    assert refused(own, ran, f"mine.json:2:3: {HARMFUL!r} cannot name an index", "log_index")


@pytest.mark.parametrize("playbook", ["high-error-rate", "find-culprit"])
def test_the_built_in_playbooks_refuse_it_too(own: Own, playbook: str) -> None:
    ran = own.program(playbook, "--set", f"log_index={HARMFUL}")
    assert refused(own, ran, f"error-logs.json:2:3: {HARMFUL!r} cannot name an index", "log_index")


def test_an_index_of_the_environment_is_refused_by_its_parameter(own: Own) -> None:
    own.configured(f'parameters: {{log_index: "{HARMFUL}"}}')
    assert refused(own, own.run("--env", "prod"), f"{HARMFUL!r} cannot name an index", "log_index")


def test_an_index_that_is_a_default_is_refused_by_its_parameter(own: Own) -> None:
    own.playbook = PLAYBOOK.replace("default: logs", f'default: "{HARMFUL}"')
    assert refused(own, own.run(), f"{HARMFUL!r} cannot name an index", "log_index")


def test_an_index_of_an_alerts_label_is_refused_by_its_parameter(own: Own) -> None:
    own.playbook = PLAYBOOK.replace("help: index", "alert_label: index, help: index")
    labels = {"alertname": "Mine", "index": HARMFUL}
    alerts = [{"labels": labels, "startsAt": "2025-11-07T15:12:00Z"}]
    file = own.program.write("alert.json", json.dumps({"alerts": alerts}))
    said = f"mine.json:2:3: {HARMFUL!r} cannot name an index"
    assert refused(own, own.run("--alert", str(file)), said, "log_index")


def test_an_index_of_a_vocabulary_is_refused_at_its_place(own: Own) -> None:
    own.vocabulary = VOCABULARY.replace("index: logs", f'index: "logs,{HARMFUL}"')
    assert refused(own, own.run(), "house.yaml:4:10: events.index:", "cannot name an index")


def test_code_in_a_query_file_is_refused_at_its_place(own: Own) -> None:
    code = '{"bool": {\n    "must": [{"script": {"script": "true"}}]}}'
    own.query = QUERY.replace('{"match_all": {}}', code)
    said = "mine.json:5:15: query.bool.must[0].script: 'script' runs code on the server"
    assert refused(own, own.run(), said)


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--explain",)])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ log_index }}", f"{{{{ 'logs' if to == 'now' else '{HARMFUL}' }}}}", "an index"),
        ('"size"', '"{{ "size" if to == "now" else "script_fields" }}"', "runs code"),
        ("1,", '1{{ "" if to == "now" else ":" }},', "not JSON once filled in"),
    ],
)
def test_what_a_template_hides_until_it_is_asked_is_refused_then(
    own: Own, old: str, new: str, said: str, words: tuple[str, ...]
) -> None:
    own.query = QUERY.replace(old, new)
    assert refused(own, own.run(*words), "mine.json:", said)


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("headers: {X-HTTP-Method-Override: DELETE}", "headers.X-HTTP-Method-Override"),
        ("secret_headers: {x_method_override: {env: HOME}}", "secret_headers.x_method_override"),
        ("tenant_header: X-Original-URL", "tenant_header"),
        ("headers: {Transfer-Encoding: chunked}", "headers.Transfer-Encoding"),
    ],
)
def test_a_header_that_rewrites_requests_is_refused_at_its_place(
    own: Own, inner: str, said: str
) -> None:
    own.configured(f"elasticsearch: {{url: {own.server.url}, {inner}}}")
    words = "with this header a server could see another request than the one sent"
    ran = own.run("--env", "prod")
    assert refused(own, ran, f"environments.prod.elasticsearch.{said}: {words}")


@pytest.mark.parametrize("path", ["/a/../_doc", "/a/./b", "/a//b", "/a%2fb", "/a;b", "/é", "/.."])
def test_an_address_whose_path_could_be_read_as_another_is_refused(own: Own, path: str) -> None:
    own.program.environ["TROUBLESHOOT_ELASTICSEARCH_URL"] = own.server.url + path
    said = "TROUBLESHOOT_ELASTICSEARCH_URL", "the path of an address is plain"
    assert refused(own, own.run(), *said)


@pytest.mark.parametrize("path", ["", "/", "/es", "/es/", "/api/v1/services/http:es:9200/proxy"])
def test_a_plain_base_path_stands_before_every_request(own: Own, path: str) -> None:
    own.program.environ["TROUBLESHOOT_ELASTICSEARCH_URL"] = own.server.url + path
    own.run()
    assert own.server.seen
    for seen in own.server.seen:
        assert seen.target.startswith(f"{path.rstrip('/')}/logs/_")


def test_a_service_of_any_name_stays_inside_its_parameter(own: Own) -> None:
    service = "x&limit=0#/../archive?y;z"
    own.playbook = (
        PLAYBOOK.replace("elasticsearch/mine.json", "jaeger/any-traces.json")
        .replace("log_index: {default: logs,", f"service: {{default: '{service}',")
        .replace("steps:", "  trace_limit: {default: 3, help: x}\nsteps:")
    )
    judge = "{kind: trace_errors, among: jaeger/any-traces.json, failed: '> 1%'}"
    own.playbook = re.sub(r"\{kind: .*\}", judge, own.playbook)
    ran = own.run()
    assert ran.code != 2, ran.err
    targets = {seen.target.partition("?")[0] for seen in own.server.seen}
    assert targets == {"/api/traces"}
    assert all("#" not in seen.target and ";" not in seen.target for seen in own.server.seen)


def test_whatever_the_labels_of_an_alert_say_only_reads_arrive(own: Own) -> None:
    labels = {"alertname": "Mine", "log_index": HARMFUL, "namespace": HARMFUL, "service": HARMFUL}
    alerts = [{"labels": labels, "startsAt": "2025-11-07T15:12:00Z"}]
    file = own.program.write("alert.json", json.dumps({"alerts": alerts}))
    ran = own.run("--alert", str(file))
    assert "Traceback" not in ran.err
    assert all(re.fullmatch(READ, f"{seen.method} {seen.target}") for seen in own.server.seen)


def test_a_bundle_whose_query_was_changed_is_refused(own: Own) -> None:
    file = own.program.folder / "i.zip"
    own.run("--record", str(file))
    own.server.seen.clear()
    bundle = read_bundle(file)
    changed = (
        replace(one, text=one.text.replace("{{ log_index }}", HARMFUL)) for one in bundle.queries
    )
    write_bundle(file, replace(bundle, queries=tuple(changed)), Redactor(b"salt"))
    ran = own.program("replay", str(file), "--explain")  # which prints a command to paste
    assert refused(own, ran, f"mine.json:2:3: {HARMFUL!r} cannot name an index")
