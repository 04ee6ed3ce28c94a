"""Plain data to a pydantic value; what pydantic says becomes file:line:column and a suggestion."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from troubleshoot.load.text.allowed_keys import allowed_keys
from troubleshoot.load.text.document import Path
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.spelling import did_you_mean

Model = TypeVar("Model", bound=BaseModel)

_NOUNS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


class Source(Protocol):
    """What knows where a path stands: a document, or several laid over one another."""

    def mistake(self, path: Path, message: str, *, key: bool = False) -> Mistake: ...


def validate(model: type[Model], source: Source, data: object, *, echo: bool = True) -> Model:
    """``data`` to a value of ``model``. Raises InputError with every mistake at its place.

    ``echo=False`` keeps values out of the messages: one of them may be a secret.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found: dict[Path, list[ErrorDetails]] = {}
    for details in errors:
        found.setdefault(_path_in(data, details), []).append(details)
    mistakes = [
        _mistake(source, data, path, group, model, echo=echo)
        for path, group in found.items()
        if not _explained_deeper(path, group, found)
    ]
    raise InputError(tuple(mistakes))


def _explained_deeper(path: Path, group: list[ErrorDetails], found: Iterable[Path]) -> bool:
    """Whether mistakes further inside already say what is wrong here.

    Of "text or a list of texts", the list was meant when the mistake is inside a list; and a list
    is only too short after its bad items are left out.
    """
    deeper = any(len(other) > len(path) and other[: len(path)] == path for other in found)
    return deeper and all(one["type"] in _NOUNS or one["type"] == "too_short" for one in group)


def _mistake(  # noqa: PLR0913
    source: Source,
    data: Any,
    path: Path,
    group: list[ErrorDetails],
    model: type[BaseModel],
    *,
    echo: bool,
) -> Mistake:
    details = group[0]
    kind = details["type"]
    if kind == "extra_forbidden":
        key = str(path[-1])
        allowed = allowed_keys(model, path[:-1], data)
        message = f"unknown key {key!r}.{did_you_mean(key, allowed)} Allowed: {', '.join(allowed)}"
        return source.mistake(path, message, key=True)
    if kind == "missing":
        return source.mistake(path[:-1], f"the key {str(path[-1])!r} is missing", key=True)
    return source.mistake(path, _sentence(group, echo=echo), key="[key]" in details["loc"])


def _sentence(group: list[ErrorDetails], *, echo: bool) -> str:
    details = group[0]
    if nouns := dict.fromkeys(_NOUNS[one["type"]] for one in group if one["type"] in _NOUNS):
        return _expected(list(nouns), details["input"], echo=echo)
    context = details.get("ctx", {})
    if expected := context.get("expected") or context.get("expected_tags"):
        return _not_among(re.findall(r"'([^']*)'", str(expected)), details)
    match details["type"]:
        case "union_tag_not_found":
            sentence = f"the key {str(context.get('discriminator')).strip(chr(39))!r} is missing"
        case "value_error":
            sentence = str(context["error"])
        case "string_pattern_mismatch":
            sentence = f"{_shown(details['input'])} does not have the form {context['pattern']}"
        case "too_short":
            sentence = f"at least {context['min_length']} must be here"
        case _:
            sentence = details["msg"][0].lower() + details["msg"][1:]
    return sentence


def _not_among(allowed: list[str], details: ErrorDetails) -> str:
    given = details.get("ctx", {}).get("tag", details["input"])
    hint = did_you_mean(str(given), allowed)
    words = ", ".join(word or "''" for word in allowed)
    return f"{_shown(given)} is not allowed.{hint} Allowed: {words}"


def _expected(nouns: list[str], given: object, *, echo: bool) -> str:
    wanted = " or ".join(nouns)
    if given is None:
        return f"expected {wanted}, but nothing is here"
    shown = f", not {_shown(given)}" if echo else ""
    quotes = "; write it in quotes" if "text" in nouns and isinstance(given, int | float) else ""
    return f"expected {wanted}{shown}{quotes}"


def _shown(given: object) -> str:
    if isinstance(given, dict | list | tuple):
        return "a mapping" if isinstance(given, dict) else "a list"
    plain = {None: "nothing", True: "true", False: "false"}
    text = plain[given] if given is None or isinstance(given, bool) else repr(given)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _path_in(data: Any, details: ErrorDetails) -> Path:
    """Pydantic's location without the parts that name types instead of keys."""
    return tuple(_keys(data, details["loc"], ends_in_key=details["type"] == "missing"))


def _keys(data: Any, loc: Path, *, ends_in_key: bool) -> Iterator[str | int]:
    for position, part in enumerate(loc):
        if _within(data, part):
            yield part
            data = data[part]
        elif ends_in_key and position == len(loc) - 1:
            yield part


def _within(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)
