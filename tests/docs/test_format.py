"""`docs/playbook-format.md` and the schemas: made from the models that validate."""

import json
import os
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from troubleshoot.load.playbook.vocabularies import read_vocabulary
from troubleshoot.load.schema import config_schema, playbook_schema
from troubleshoot.model import messages, playbook, settings, vocabulary, where
from troubleshoot.model.judges.table import KINDS
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.render.judges import values

DOCS = Path(__file__).resolve().parents[2] / "docs"
MADE_BY = "<!-- made by `make docs`; tests/docs checks it -->"

PLAYBOOK: tuple[type[BaseModel], ...] = (
    playbook.Playbook, playbook.Alert, playbook.Parameter, playbook.Step, playbook.Check,
    *KINDS.values(),
    playbook.DiagnosisRule, playbook.EvidenceRule,
)  # fmt: skip
REST: tuple[type[BaseModel], ...] = (
    playbook.Remedy,
    playbook.VerifyRule,
    playbook.FollowUpRule,
)
MESSAGES: tuple[type[BaseModel], ...] = (
    messages.Messages,
    messages.MessageFamily,
    messages.MessagePattern,
)
VOCABULARY: tuple[type[BaseModel], ...] = (
    vocabulary.Vocabulary, vocabulary.MetricMapping, vocabulary.Logs, vocabulary.Events,
)  # fmt: skip
HOUSE = """### An example to copy

`troubleshoot vocabulary suggest` looks at the metrics that are there and writes such a file to
review, each phrase with its reason. This one is written by hand.

As `queries/vocabulary/house.yaml` in your configuration folder, or in a folder that you trust
(`troubleshoot trust .`), it teaches every playbook the fields of your logs, the index your
deployment tool writes to, and a gauge of your own:

```yaml
vocabulary: house
title: Our own names
logs:
  level: [sev]
  service: [svc]
  message: [txt]
  trace: [trace]
  errors: [E, F]
events:
  index: ops-journal-*
  time: [at]
  kind: [what]
  service: [svc]
  version: [build]
  message: [why]
  means:
    deployment: [SHIP]
    rollback: [UNSHIP]
    config: [SETTING]
    scaling: [RESIZE]
    flag: [SWITCH]
    restart: [BOUNCE]
phrases:
  - means: errors
    needs: [house_failed_part]
    labels: {service: svc}
    query: max by (svc) (house_failed_part)
```
"""
CONFIG: tuple[type[BaseModel], ...] = (
    settings.Settings, settings.Environment, settings.BackendSettings, settings.Secret,
    settings.Basic, settings.Grafana, settings.Options,
)  # fmt: skip
SAID = {"judge": "one of the judges below", "default": "text, a number, true, false or a list"}
NAMES: dict[type[BaseModel], str] = {
    where.TextRule: "Text rule",
    vocabulary.MetricMapping: "Phrase",
    playbook.DiagnosisRule: "Diagnosis",
    playbook.EvidenceRule: "Evidence",
}


def check_page(name: str, text: str) -> None:
    file = DOCS / name
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, "run `make docs` and look at the difference"


@pytest.mark.parametrize(
    ("name", "schema"),
    [("playbook.schema.json", playbook_schema), ("config.schema.json", config_schema)],
)
def test_the_schemas_for_editors_are_up_to_date(name: str, schema: Any) -> None:
    check_page(name, json.dumps(schema(), indent=1) + "\n")


def test_the_page_on_the_format_is_up_to_date() -> None:
    intro = (
        f"{MADE_BY}\n# What may stand in a playbook, a vocabulary and the configuration\n\n"
        "Editors complete and check it with [playbook.schema.json](playbook.schema.json) and\n"
        "[config.schema.json](config.schema.json). Any text may hold `{{ parameter }}`.\n"
        "Queries know `{{ window }}`, `{{ lookback }}`, `{{ step }}` and `{{ at }}` as well: the\n"
        "range of rates, the time of charts, the distance of their points, and the end in Unix\n"
        "seconds. Where there may be thousands of series, let Prometheus (2.33 or later) choose:\n"
        "a query that ends in `and topk(20, …)`, pinned with `@ {{ at }}`, is answered for the 20\n"
        "highest at the end, and the finding says of how many. A query of Elasticsearch is the\n"
        "body of a search, with the key `index` beside it; which names and which words are\n"
        "available there, and why not others, says [SECURITY.md](../SECURITY.md).\n\n"
        "PromQL is read when a playbook is loaded: what is none is refused at file, line and\n"
        "column. What servers such as VictoriaMetrics understand beyond it is left unread where\n"
        "the query says `# dialect: metricsql` (or `other`) in a comment. Three pitfalls are\n"
        "warned of, with what to write instead: a comparison used as a filter (`… > 60`: healthy\n"
        "looks like no data), a ratio whose sides can only match themselves, a counter without a\n"
        "rate. A `guide_query` may have them: it is not judged.\n"
    )
    parts = [_section(model) for model in PLAYBOOK]
    parts += [_where(), _section(where.TextRule), _section(where.Address)]
    parts += [_section(model) for model in REST]
    parts += ["## Families of messages\n", *(_section(model) for model in MESSAGES)]
    parts += ["## Vocabularies\n", *(_section(model) for model in VOCABULARY), HOUSE]
    parts += ["## Configuration\n", *(_section(model) for model in CONFIG)]
    check_page("playbook-format.md", "\n".join([intro, *parts]))


def test_the_vocabulary_to_copy_can_be_read() -> None:
    text = HOUSE.split("```yaml\n")[1].split("```", maxsplit=1)[0]
    found = read_vocabulary(QueryFile("vocabulary/house.yaml", "house.yaml", text))
    assert found.logs
    assert found.events
    assert found.phrases


def test_every_judge_is_documented() -> None:
    page = (DOCS / "playbook-format.md").read_text(encoding="utf-8")
    assert all(f"`kind: {kind}`" in page for kind in KINDS)


def _where() -> str:
    """The words of evidence, made from what validates them."""
    text = re.sub(r"\n\s+", "\n", (where.Where.__doc__ or "").strip()).replace("``", "`")
    rows = [
        "| word | what | values | for example | of the judges |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, field in where.Where.model_fields.items():
        example = json.dumps(field.examples[0] if field.examples else None).replace('"', "")
        having = [kind for kind, one in KINDS.items() if name in one.words]
        judges = (
            ", ".join(f"`{one}`" for one in having) or "those of a query of one's own in PromQL"
        )
        rows.append(f"| `{name}` | {field.description} | {values(name)} | `{example}` | {judges} |")
    note = "The words of a metric's row are there where a vocabulary says whom it is about.\n"
    return f"### Where\n\n{text}\n\n{note}\n" + "\n".join(rows) + "\n"


def _section(model: type[BaseModel]) -> str:
    kinds = {one: kind for kind, one in KINDS.items()}
    title = f"`kind: {kinds[model]}`" if model in kinds else NAMES.get(model, _words(model))
    text = re.sub(r"\n\s+", "\n", (model.__doc__ or "").strip()).replace("``", "`")
    rows = ["| key | what | default |", "| --- | --- | --- |"]
    for name, field in model.model_fields.items():
        if name != "kind" or model not in kinds:
            default = "required" if field.is_required() else f"`{json.dumps(_plain(field))}`"
            what = SAID.get(name) or field.description or _type(field.annotation)
            rows.append(f"| `{field.alias or name}` | {what} | {default} |")
    return f"### {title}\n\n{text}\n\n" + "\n".join(rows) + "\n"


def _words(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("Rule").removesuffix("Settings") or model.__name__


def _plain(field: Any) -> Any:
    default = field.get_default(call_default_factory=True)
    if isinstance(default, BaseModel):
        return default.model_dump(exclude_defaults=True)
    return list(default) if isinstance(default, tuple) else default


def _type(annotation: Any) -> str:
    """In the words of YAML, not of Python."""
    text = repr(annotation)
    if "Literal" in text and (choices := _choices(annotation)):
        return " or ".join(f"`{one}`" for one in choices)
    for part, word in (
        ("Comparison", "a comparison, such as `> 10%`"), ("Compare", "a comparison"),
        ("dict", "keys and values"), ("tuple", "a list"), ("Judge", "a judge, see below"),
        ("Secret", "where a secret is had"), ("bool", "true or false"), ("float", "a number"),
        ("int", "a number"),
    ):  # fmt: skip
        if part in text:
            return word
    return "keys and values" if "troubleshoot.model" in text else "text"


def _choices(annotation: Any) -> tuple[str, ...]:
    found = get_args(annotation)
    return (
        tuple(f"{one}" or "''" for one in found) if all(isinstance(x, str) for x in found) else ()
    )
