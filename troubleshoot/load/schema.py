"""JSON Schemas for editors, generated from what the loader validates with."""

from typing import Any

from pydantic import BaseModel

from troubleshoot.model.playbook import Playbook
from troubleshoot.model.settings import Settings

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEMPLATE: Schema = {"type": "string", "pattern": r"\{\{|\{%", "description": "a template"}


def playbook_schema() -> Schema:
    """For ``playbooks/*.yaml``: a value may also be a template, filled in before validation."""
    schema = _schema(Playbook, "playbook", "A troubleshoot playbook")
    definitions = {name: _templated(one) for name, one in schema["$defs"].items()}
    return _templated(schema) | {"$defs": definitions}


def config_schema() -> Schema:
    """For ``troubleshoot.yaml`` and ``config.yaml``."""
    return _schema(Settings, "config", "troubleshoot: environments and how they are reached")


def _schema(model: type[BaseModel], name: str, title: str) -> Schema:
    head = {"$schema": _DIALECT, "$id": f"urn:troubleshoot:{name}", "title": title}
    generated = model.model_json_schema(by_alias=True)
    return head | {key: _closed(value) for key, value in generated.items() if key != "title"}


def _closed(schema: Any) -> Any:
    """Keys that match no pattern are mistakes; pydantic refuses them but does not say so."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "patternProperties" in schema else closed


def _templated(schema: Schema) -> Schema:
    """Allow a template wherever the schema asks for more than any text."""
    done = dict(schema)
    for key in ("properties", "patternProperties"):
        if key in schema:
            done[key] = {name: _or_template(value) for name, value in schema[key].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            done[key] = _or_template(schema[key])
    return done


def _or_template(schema: Schema) -> Schema:
    inner = _templated(schema)
    if "$ref" in inner or "const" in inner or "oneOf" in inner or inner.get("type") == "object":
        return inner
    if inner.get("type") == "string" and not {"pattern", "enum"} & inner.keys():
        return inner
    kept = {key: inner.pop(key) for key in ("title", "description", "default") if key in inner}
    return kept | {"anyOf": [*inner.get("anyOf", [inner]), _TEMPLATE]}
