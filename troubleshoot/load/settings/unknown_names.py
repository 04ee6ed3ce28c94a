"""Settings that nothing reads: a misspelt name looks the same."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from troubleshoot.load.settings.layers import Layers
from troubleshoot.load.settings.variables import PATHS, PREFIX
from troubleshoot.load.text.document import parse_document
from troubleshoot.load.text.files import read_text
from troubleshoot.model.errors import InputError
from troubleshoot.model.notice import Notice
from troubleshoot.model.spelling import did_you_mean

_OTHERS = tuple(f"{PREFIX}{name}" for name in ("CONFIG", "ENV", "PLAYBOOKS"))


def unread_variables(environ: Mapping[str, str], named: Collection[str]) -> tuple[Notice, ...]:
    """``named``: variables that the configuration takes a secret from. A value is never told."""
    known = [name.removeprefix(PREFIX) for name in (*PATHS, *_OTHERS)]
    return tuple(
        Notice(name, 0, 0, f"nothing reads this variable.{_meant(name, known)}")
        for name in sorted(environ)
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known and name not in named
    )


def _meant(name: str, known: list[str]) -> str:
    """Compared without what they all begin with."""
    return did_you_mean(name.removeprefix(PREFIX), known).replace("'", f"'{PREFIX}", 1)


def unread_parameters(
    layers: Layers, environment: str, own: Collection[str], playbooks: Iterable[Path]
) -> tuple[Notice, ...]:
    """Parameters of an environment that neither a playbook with ``own`` nor another one has."""
    at = ("environments", environment, "parameters")
    given = layers.data.get(at[0], {}).get(environment, {}).get("parameters", {})
    unknown = [name for name in given if name not in own]
    others = {name for file in playbooks for name in _parameters(file)} if unknown else set()
    return tuple(
        Notice(place.file, place.line, place.column, f"{place.path}: {place.message}")
        for name in unknown
        if name not in others
        for hint in (did_you_mean(name, sorted(own)) or did_you_mean(name, sorted(others)),)
        for place in (layers.mistake((*at, name), f"no playbook has this.{hint}", key=True),)
    )


def _parameters(file: Path) -> Collection[str]:
    try:
        found = parse_document(read_text(file), str(file)).data.get("parameters")
    except InputError:
        return ()  # it is refused when it is run
    return found if isinstance(found, dict) else ()


def secret_variables(data: Any) -> Iterator[str]:
    """Names of the variables that a configuration takes a secret from, of whichever environment."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "env" and isinstance(value, str):
                yield value
            else:
                yield from secret_variables(value)
