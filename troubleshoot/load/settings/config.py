"""Settings from files and ``TROUBLESHOOT_…`` variables; the nearest source wins."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from troubleshoot.load.settings.layers import Layers
from troubleshoot.load.settings.secret_owner import check_bound
from troubleshoot.load.settings.unknown_names import secret_variables, unread_variables
from troubleshoot.load.settings.variables import from_variables
from troubleshoot.load.text.document import Document, parse_document
from troubleshoot.load.text.files import read_text
from troubleshoot.load.text.validate import validate
from troubleshoot.load.trust.project import CONFIG
from troubleshoot.model.errors import InputError, UsageError
from troubleshoot.model.notice import Notice
from troubleshoot.model.playbook import Value
from troubleshoot.model.resolved_playbook import Setting
from troubleshoot.model.settings import Environment, Settings
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.store import Store


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """``of_project``: found in a trusted working directory, not the person's own."""

    file: Path
    of_project: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The environment of a run; ``sources`` are the files and variables that made it.

    ``options`` are those that one of them gives, each with its place. ``absent``: stores that it
    does without on purpose: a file lists its stores, and not these. ``notices``: what is ignored.
    """

    name: str
    environment: Environment
    sources: tuple[str, ...]
    options: tuple[Setting, ...]
    layers: Layers
    absent: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def parameters(self) -> Mapping[str, Value]:
        return self.environment.parameters


def config_files(
    environ: Mapping[str, str], project: Path | None, config_dir: Path, given: str = ""
) -> tuple[ConfigFile, ...]:
    """In rising order of precedence: user, project, and ``given`` or else TROUBLESHOOT_CONFIG.

    ``project`` is the working directory where it is trusted, ``given`` what ``--config`` says.
    Raises UsageError when a file that is named is not there.
    """
    files = {config_dir / "config.yaml": False}
    if project:
        files[project / CONFIG] = True
    files = {file: what for file, what in files.items() if os.path.isfile(file)}
    named = given or environ.get("TROUBLESHOOT_CONFIG", "")
    if named:
        file = Path(named).expanduser()
        if not os.path.exists(file):
            source = "--config" if given else "TROUBLESHOOT_CONFIG"
            raise UsageError(f"{source} names {named!r}, which is not there")
        files = {one: what for one, what in files.items() if not os.path.samefile(one, file)}
        files[file] = False
    return tuple(ConfigFile(file, of_project) for file, of_project in files.items())


def choose(files: tuple[ConfigFile, ...], environ: Mapping[str, str], wanted: str) -> Chosen:
    """The environment ``wanted``, else TROUBLESHOOT_ENV, the files' default, or the only one.

    ``local`` is always there: the stores at their usual ports, unless a file says
    otherwise. Raises InputError for mistakes in files and variables, and for a secret that
    would go to somebody else's address; UsageError for an unknown environment.
    """
    documents = tuple(parse_document(read_text(one.file), str(one.file)) for one in files)
    written = Layers(documents)
    known = _environments(written)
    name = wanted or environ.get("TROUBLESHOOT_ENV", "") or _default(written, known)
    if name not in known:
        hint = did_you_mean(name, sorted(known))
        raise UsageError(f"there is no environment {name!r}.{hint} Known: {', '.join(known)}")
    named = frozenset(secret_variables(written.data))
    variables = from_variables(environ, name, named)
    usual = () if name in written.data.get("environments", {}) else (_local(),)
    layers = Layers((*usual, *documents, variables))
    environment = validate(Settings, layers, layers.data, echo=False).environments[name]
    pairs = zip(files, documents, strict=True)
    check_bound(layers, [document for one, document in pairs if one.of_project], name, environment)
    used = dict.fromkeys(variables.values.values())
    options = tuple(_options(layers, name, environment))
    sources = (*(str(one.file) for one in files), *used)
    unread = unread_variables(environ, named)
    absent = _absent(written, name, environment)
    return Chosen(name, environment, sources, options, layers, absent, unread)


def _options(layers: Layers, name: str, environment: Environment) -> Iterator[Setting]:
    for option, value in environment.options.model_dump(exclude_unset=True).items():
        place = layers.mistake(("environments", name, "options", option), "")
        at = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
        yield Setting(option, value, at)


def _absent(written: Layers, name: str, environment: Environment) -> tuple[str, ...]:
    """A variable that is not set says nothing: it may have been forgotten."""
    listed = written.data.get("environments", {}).get(name, {})
    if not any(listed.get(store.value) for store in Store):
        return ()
    return tuple(store.value for store in Store if getattr(environment, store.value) is None)


def _environments(written: Layers) -> list[str]:
    found = written.data.get("environments", {})
    if not isinstance(found, dict):
        validate(Settings, written, written.data, echo=False)
    return sorted({*found, "local"})


def _default(written: Layers, known: list[str]) -> str:
    """Never a guess: with several environments and no default, a person must choose."""
    default = written.data.get("default")
    if isinstance(default, str) and default:
        if default in known:
            return default
        message = f"there is no environment {default!r}.{did_you_mean(default, known)}"
        raise InputError((written.mistake(("default",), message),))
    configured = list(written.data.get("environments", {}))
    if len(configured) > 1:
        raise UsageError(f"choose an environment with --env: {', '.join(sorted(configured))}")
    return configured[0] if configured else "local"


def _local() -> Document:
    stores = {store.value: {"url": store.local} for store in Store}
    return Document("", "", {"environments": {"local": stores}}, {}, {})
