"""Which keys a model allows at a path, read from the schema that pydantic generates."""

from functools import cache
from typing import Any

from pydantic import BaseModel

from troubleshoot.load.text.document import Path


def allowed_keys(model: type[BaseModel], path: Path, data: Any) -> list[str]:
    """The keys that may stand at ``path``; ``data`` decides between the branches of a union."""
    root = _schema(model)
    here: dict[str, Any] = root
    for part in path:
        here = _resolve(root, here, data)
        data = data[part]
        here = here.get("items", {}) if isinstance(part, int) else _property(here, part)
    return sorted(_resolve(root, here, data).get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _property(schema: dict[str, Any], key: str) -> dict[str, Any]:
    patterned = next(iter(schema.get("patternProperties", {}).values()), None)
    other = patterned or schema.get("additionalProperties") or {}
    found: dict[str, Any] = schema.get("properties", {}).get(key, other)
    return found


def _resolve(root: dict[str, Any], schema: dict[str, Any], value: Any) -> dict[str, Any]:
    """Follow ``$ref``, and choose the branch of a union that fits ``value``."""
    while True:
        if "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        elif "discriminator" in schema and isinstance(value, dict):
            discriminator = schema["discriminator"]
            schema = {"$ref": discriminator["mapping"][value[discriminator["propertyName"]]]}
        elif "anyOf" in schema:
            schema = _branch(root, schema["anyOf"], value)
        else:
            return schema


def _branch(root: dict[str, Any], branches: list[dict[str, Any]], value: Any) -> dict[str, Any]:
    """That of a mapping for a mapping; otherwise the first that is more than null."""
    found = [one for one in branches if one.get("type") != "null"]
    mappings = [one for one in found if _resolve(root, one, value).get("type") == "object"]
    if isinstance(value, dict) and mappings:
        return mappings[0]
    return found[0] if found else {}
