"""Each judge, and each piece of evidence, in words, as ``troubleshoot show`` prints them."""

import re
from enum import StrEnum
from typing import Any

from troubleshoot.model.comparison import Comparison
from troubleshoot.model.judges.base import Judge
from troubleshoot.model.limits import Limits
from troubleshoot.model.where import Address, TextRule, Where
from troubleshoot.render.units import duration, number, quantity

_FIELD = re.compile(r"{(\w+)(?P<typed>:(\w*))?}")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")


def judge_words(judge: Judge, unit: str) -> str:
    """One line: what is measured, and where it becomes a warning or critical."""
    limits = _limits(judge, judge.measures or unit) if isinstance(judge, Limits) else ""
    return ": ".join(part for part in (_sentence(judge, unit), limits) if part)


def _sentence(judge: Judge, unit: str) -> str:
    """Its sentence with the values of its fields; a part in brackets only where it has them."""

    def optional(part: re.Match[str]) -> str:
        return part[1] if all(getattr(judge, one[1]) for one in _FIELD.finditer(part[1])) else ""

    def value(field: re.Match[str]) -> str:
        found = getattr(judge, field[1])
        if not field["typed"]:
            return ", ".join(found) if isinstance(found, tuple) else str(found)
        return _valued(found, field[3] or unit)

    return _FIELD.sub(value, _OPTIONAL.sub(optional, judge.sentence))


def _valued(value: Any, unit: str) -> str:
    if isinstance(value, Comparison):
        return compared(value, unit)
    if unit == "any":
        return picked(value)
    return duration(value) if unit == "duration" else quantity(value, unit)


def _limits(judge: Limits, unit: str) -> str:
    both = (("warning", judge.warning), ("critical", judge.critical))
    return ", ".join(f"{word} {compared(each, unit)}" for word, each in both if each)


def compared(comparison: Comparison, unit: str) -> str:
    """``> 10 %``, ``<= 320 ms``, ``> 3×``."""
    if unit == "times":
        return f"{comparison.sign} {number(comparison.limit)}×"
    return f"{comparison.sign} {quantity(comparison.limit, unit)}"


def picked(values: Any) -> str:
    """Label values to pick: one, several, or a regular expression."""
    if isinstance(values, tuple):
        return " or ".join(values)
    text = str(values)
    return f"matching {text[1:]}" if text.startswith("~") else text


def where_words(where: Where) -> str:
    """``service payment-service, party remote, message says timeout``."""
    parts = []
    for word, wanted in where.asked:
        if word == "labels":
            parts += [f"{label} {_wanted(one)}" for label, one in wanted.items()]
        else:
            parts.append(f"{word.replace('_', ' ')} {_wanted(wanted)}")
    return ", ".join(parts)


def values(word: str) -> str:
    """What a word of ``where`` may be, as its schema says: a closed set, or the kind of value."""
    schema = Where.model_json_schema()
    allowed, definitions = schema["properties"][word]["anyOf"], schema["$defs"]
    found: list[str] = []
    for one in allowed:
        known = definitions[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one
        found += [f"`{value}`" for value in known.get("enum", ())]
        found += ["`true`"] if known.get("const") is True else []
        kinds = {"TextRule": "a text rule", "Address": "`at:` an address"}
        found += [kinds[known["title"]]] if known.get("title") in kinds else []
        found += ["text"] if known.get("type") == "string" and "enum" not in known else []
        found += ["`true`, `false`"] if known == {"type": "boolean"} else []
        found += ["labels and values"] if "additionalProperties" in known and not found else []
    listed = any(one.get("type") == "array" for one in allowed)
    return ", ".join(found) + (", or a list" if listed else "")


def _wanted(wanted: Any) -> str:
    if isinstance(wanted, TextRule):
        return _text_rule(wanted)
    if isinstance(wanted, Address):
        return f"at {picked(wanted.at)}"
    if isinstance(wanted, bool):
        return "yes" if wanted else "no"
    several = wanted if isinstance(wanted, tuple) else (wanted,)
    return picked(tuple(one.value if isinstance(one, StrEnum) else one for one in several))


def _text_rule(rule: TextRule) -> str:
    parts = (
        (rule.any, "says {}", " or "),
        (rule.all, "says {}", " and "),
        (rule.none, "does not say {}", " or "),
    )
    found = [words.format(between.join(names)) for names, words, between in parts if names]
    found += [f"names {picked(rule.names)}"] if rule.names else []
    found += [f"matches {rule.matches}"] if rule.matches else []
    return " and ".join(found)
