"""The schemas that editors complete and check with."""

from typing import Any

import jsonschema
import pytest

from tests.load.small import PLAYBOOK
from troubleshoot.load.assets import built_in
from troubleshoot.load.schema import Schema, config_schema, playbook_schema
from troubleshoot.load.text.document import parse_document

CONFIG = """\
default: prod
environments:
  prod:
    prometheus:
      url: https://prom.example.org
      bearer: {env: TOKEN}
      headers: {X-Team: orders}
      secret_headers: {X-Api-Key: {command: [pass, show, key]}}
    jaeger: {url: http://jaeger:16686, basic: {username: u, password: {file: p}}}
    grafana: {public_url: https://g.example.org, datasource: prom}
    parameters: {services: [a, b], limit: 0.1, strict: true}
"""


def complaints(schema: Schema, text: str) -> list[str]:
    found = jsonschema.Draft202012Validator(schema).iter_errors(parse_document(text, "f").data)
    return [error.json_path for error in found]


@pytest.mark.parametrize("schema", [playbook_schema(), config_schema()])
def test_a_schema_is_valid_and_says_what_it_is(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] in ("urn:troubleshoot:playbook", "urn:troubleshoot:config")
    assert "troubleshoot" in schema["title"]


def test_every_shipped_playbook_obeys_the_schema() -> None:
    files = sorted(built_in().playbooks.glob("*.yaml"))
    assert files
    schema = playbook_schema()
    found = {file.name: complaints(schema, file.read_text(encoding="utf-8")) for file in files}
    assert found == {file.name: [] for file in files}


def test_good_documents_obey_their_schema() -> None:
    assert complaints(playbook_schema(), PLAYBOOK) == []
    assert complaints(config_schema(), CONFIG) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('critical: "> 50%"', 'critical: "{{ limit }}"'),
        ('critical: "> 50%"', 'critical: "> {{ limit }}"'),
        ("kind: share, by", 'kind: share, at_least: "{{ limit }}", by'),
        ("kind: share, by", 'kind: share, of: "{{ services }}", by'),
        ("{type: timeout}", '{type: "{{ services }}"}'),
        ("remedies: [scale]", 'remedies: "{{ services }}"'),
        ("risk: low", 'risk: "{{ metric }}"'),
        ("title: Scale out", 'title: "{{ metric }} out"'),
        ("symptom: share", "symptom: share\nalert: {name: X, for: 5m}"),
        ("kind: share, by", "kind: share, of: ['a', 'b'], by"),
    ],
)
def test_a_template_may_stand_wherever_the_loader_fills_one_in(old: str, new: str) -> None:
    assert PLAYBOOK.count(old) == 1
    assert complaints(playbook_schema(), PLAYBOOK.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A small", "tilte: A small"),
        ("unit: ratio\n        judge", "unitt: ratio\n        judge"),
        ("risk: low", "risk: none"),
        ("risk: low", "risks: low"),
        ('critical: "> 50%"', 'critical: "50%"'),
        ('critical: "> 50%"', "critical: 0.5"),
        ("kind: share, by", "kind: shared, by"),
        ("kind: share, by", "kind: share, to: x, by"),
        ("kind: share, by", 'kind: share, at_least: "five", by'),
        ("symptom: share", "symptom: share\nalert: {name: X, for_: 5m}"),
        ("id: provider", "id: Provider"),
        ("  scale:\n", "  Scale It:\n"),
        ("  limit: {", "  Limit: {"),
        ("default: 20, help", "default: {a: 1}, help"),
        ("title: Health", "title: 5"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    assert PLAYBOOK.count(old) == 1
    assert complaints(playbook_schema(), PLAYBOOK.replace(old, new)) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("default: prod", "defaults: prod"),
        ("bearer: {env: TOKEN}", "bearer: TOKEN"),
        ("https://prom.example.org", "https://u:p@prom.example.org"),
        ("datasource: prom", "source: prom"),
        ("limit: 0.1", "Limit: 0.1"),
        ("headers: {X-Team: orders}", "headers: [X-Team]"),
    ],
)
def test_the_configuration_schema_refuses_unknown_keys_and_literal_secrets(
    old: str, new: str
) -> None:
    assert CONFIG.count(old) == 1
    assert complaints(config_schema(), CONFIG.replace(old, new)) != []
