"""A small playbook with its queries in a real folder, and how to break and load it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.window import Window

WINDOW = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC))

PLAYBOOK = """\
format: 2
playbook: small
title: A small playbook
symptom: share
parameters:
  metric: {default: orders_total, help: counter of orders}
  limit: {default: 0.1, unit: ratio, help: share of failed orders}
  services: {default: [order-service, payment-service], help: jobs}
  strict: {default: false, help: whether to be strict}
  traces: {default: 20, help: traces to read}
steps:
  - id: health
    guide: "2, step 1"
    title: Health
    checks:
      - id: share
        title: Failed orders
        query: promql/share.promql
        unit: ratio
        judge: {kind: threshold, warning: "> 0.02", critical: "> {{ limit }}"}
      - id: by-type
        title: Failures by type
        query: promql/share.promql
        judge: {kind: share, by: type, critical: "> 50%"}
      - id: origins
        title: Where errors begin
        query: jaeger/failed.json
        judge: {kind: trace_errors, among: jaeger/failed.json, failed: "> 1%"}
diagnoses:
  - id: provider
    title: The provider is slow
    component: payment-service
    for:
      - {check: by-type, where: {labels: {type: timeout}}, strength: strong}
    remedies: [scale]
    prevented_by: [alert-rule]
remedies:
  scale:
    title: Scale out
    risk: low
    commands: ["kubectl scale deployment/{{ metric }}"]
    rollback: scale back
    verify: share
verify:
  - {check: share, recovered: "< 0.01"}
follow_ups:
  alert-rule: {title: Alert earlier, kind: alert}
"""
QUERIES = {
    "promql/share.promql": (
        'sum(rate({{ metric }}{job=~"{{ services | alternatives }}"}[{{ window }}]))\n'
    ),
    "jaeger/failed.json": '{"service": "order-service", "limit": {{ traces }}}\n',
    "elasticsearch/logs.json": '{"query": {"range": {"@timestamp": {"gte": "{{ from }}"}}}}\n',
}


@dataclass(frozen=True, slots=True)
class Kitchen:
    """A folder with the playbook and its queries."""

    root: Path

    def query(self, name: str, text: str | bytes) -> Path:
        file = self.root / "queries" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def load(
        self,
        text: str | bytes = PLAYBOOK,
        given: Given | None = None,
        *,
        name: str = "small.yaml",
    ) -> ResolvedPlaybook:
        file = self.root / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_playbook(file, (self.root / "queries",), WINDOW, given or Given(), dialects())

    def broken(self, *changes: tuple[str, str]) -> Mapping[str, Mistake]:
        """Load with texts replaced; the mistakes by "line:column", for one file at a time."""
        text = PLAYBOOK
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} must be there once"
            text = text.replace(old, new)
        return self.mistakes(text)

    def mistakes(self, text: str | bytes) -> Mapping[str, Mistake]:
        with pytest.raises(InputError) as caught:
            self.load(text)
        return {f"{one.line}:{one.column}": one for one in caught.value.mistakes}


def kitchen(root: Path) -> Kitchen:
    made = Kitchen(root)
    for name, text in QUERIES.items():
        made.query(name, text)
    return made


def place(wanted: str, text: str = PLAYBOOK) -> str:
    """ "line:column" of the only place of ``wanted`` in ``text``."""
    assert text.count(wanted) == 1, f"{wanted!r} must be there once"
    before = text[: text.index(wanted)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
