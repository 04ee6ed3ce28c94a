"""Plain data to a pydantic value; what pydantic says becomes file:line:column and a suggestion."""

import re
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from troubleshoot.load.document import Document, Path
from troubleshoot.model.errors import InputError, Mistake

Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], document: Document, data: object) -> Model:
    """``data`` is ``document.data``, perhaps with templates resolved. Raises InputError."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        mistakes = [_mistake(document, details, model) for details in error.errors()]
        raise InputError(tuple(dict.fromkeys(mistakes))) from None


def did_you_mean(word: str, allowed: list[str] | tuple[str, ...]) -> str:
    """`` Did you mean 'title'?`` or nothing."""
    close = get_close_matches(word, allowed, n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""


def _mistake(document: Document, details: ErrorDetails, model: type[BaseModel]) -> Mistake:
    path = _path_in(document.data, details["loc"])
    kind = details["type"]
    if kind == "extra_forbidden":
        key = str(path[-1])
        allowed = _allowed(model, path[:-1], document.data)
        message = f"unknown key {key!r}.{did_you_mean(key, allowed)} Allowed: {', '.join(allowed)}"
        return document.mistake(path, message, key=True)
    if kind == "missing":
        return document.mistake(path[:-1], f"the key {str(path[-1])!r} is missing")
    return document.mistake(path, _sentence(details))


def _sentence(details: ErrorDetails) -> str:
    given, context = details["input"], details.get("ctx", {})
    expected = context.get("expected") or context.get("expected_tags")
    if details["type"] == "union_tag_not_found":
        return f"the key {str(context.get('discriminator')).strip(chr(39))!r} is missing"
    if expected:
        allowed = re.findall(r"'([^']*)'", str(expected))
        given = context.get("tag", given)
        hint = did_you_mean(str(given), allowed)
        return f"{given!r} is not allowed.{hint} Allowed: {', '.join(allowed)}"
    if details["type"] == "value_error":
        return str(context["error"])
    if details["type"] == "string_pattern_mismatch":
        return f"{given!r} does not have the form {context['pattern']}"
    shown = f", not {given!r}" if isinstance(given, str | int | float | bool) else ""
    return details["msg"][0].lower() + details["msg"][1:] + shown


def _path_in(data: Any, loc: Path) -> Path:
    """Pydantic's location without the parts that name types instead of keys."""
    path: list[str | int] = []
    here = data
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if _within(here, part):
            path.append(part)
            here = here[part]
        elif last and isinstance(here, dict) and isinstance(part, str):
            path.append(part)  # the key that is missing
    return tuple(path)


def _within(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)


def _allowed(model: type[BaseModel], path: Path, data: Any) -> list[str]:
    """The keys that may stand at ``path``, read from the generated schema."""
    schema = model.model_json_schema(by_alias=True)
    here: dict[str, Any] = schema
    value = data
    for part in path:
        here = _resolve(schema, here, value)
        value = value[part]
        here = here.get("items", {}) if isinstance(part, int) else _property(here, part)
    return sorted(_resolve(schema, here, value).get("properties", {}))


def _property(schema: dict[str, Any], key: str) -> dict[str, Any]:
    patterned = next(iter(schema.get("patternProperties", {}).values()), None)
    other = schema.get("additionalProperties") or patterned or {}
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
            schema = next((b for b in schema["anyOf"] if b.get("type") != "null"), {})
        else:
            return schema
