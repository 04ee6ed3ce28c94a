"""What an unquoted YAML word means: the few types of YAML 1.2, so that ``no`` stays text.

PyYAML follows YAML 1.1, where ``on`` is true, ``010`` is eight, ``1:30`` is ninety and
``2025-11-07`` is a date. Editors follow 1.2, and a person who writes ``no`` means the word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """``noun`` names it in messages; ``form`` says which plain words it is."""

    noun: str
    read: Callable[[str], Any]
    form: str = ""
    first: str = ""  # the characters such a word can begin with; "" also stands for an empty one


_DIGITS = "-+0123456789"

KINDS = {
    "null": Kind("nothing", lambda _: None, r"(?:~|null|Null|NULL|)\Z", "~nN"),
    "bool": Kind(
        "true or false",
        lambda text: {"true": True, "false": False}[text.lower()],
        r"(?:true|True|TRUE|false|False|FALSE)\Z",
        "tTfF",
    ),
    "int": Kind("a number", int, r"[-+]?(?:0|[1-9][0-9]*)\Z", _DIGITS),
    "float": Kind(
        "a number",
        float,
        r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z",
        _DIGITS + ".",
    ),
    "str": Kind("text", str),
}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(_Loader):  # type: ignore[misc]
    """Composes nodes whose tags are among KINDS; never constructs anything."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _name, _kind in KINDS.items():
    if _kind.form:
        _first = [*_kind.first, *([""] if _name == "null" else [])]
        PlainLoader.add_implicit_resolver(
            f"tag:yaml.org,2002:{_name}", re.compile(_kind.form), _first
        )
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"<<\Z"), ["<"])
