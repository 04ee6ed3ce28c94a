"""Settings from files and ``TROUBLESHOOT_…`` variables; the nearest source wins."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from troubleshoot.load.document import Document, parse_document
from troubleshoot.load.files import read_text
from troubleshoot.load.layers import Layers
from troubleshoot.load.validate import did_you_mean, validate
from troubleshoot.load.variables import from_variables
from troubleshoot.model.errors import InputError, UsageError
from troubleshoot.model.playbook import Value
from troubleshoot.model.query import Store
from troubleshoot.model.settings import Environment, Settings

LOCAL = {
    Store.PROMETHEUS: "http://localhost:9090",
    Store.JAEGER: "http://localhost:16686",
    Store.ELASTICSEARCH: "http://localhost:9200",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The environment of a run; ``sources`` are the files and variables that made it."""

    name: str
    environment: Environment
    sources: tuple[str, ...]

    @property
    def parameters(self) -> Mapping[str, Value]:
        return self.environment.parameters


def config_files(environ: Mapping[str, str], cwd: Path, config_dir: Path) -> tuple[Path, ...]:
    """In rising order of precedence: user, project, TROUBLESHOOT_CONFIG.

    Raises UsageError when the file that TROUBLESHOOT_CONFIG names is not there.
    """
    found = [config_dir / "config.yaml", cwd / "troubleshoot.yaml"]
    files = [file for file in found if os.path.isfile(file)]  # Path.is_file may raise
    if named := environ.get("TROUBLESHOOT_CONFIG"):
        file = Path(named).expanduser()
        if not os.path.exists(file):
            raise UsageError(f"TROUBLESHOOT_CONFIG names {named!r}, which is not there")
        files.append(file)
    return tuple(dict.fromkeys(files))


def choose(files: tuple[Path, ...], environ: Mapping[str, str], wanted: str) -> Chosen:
    """The environment ``wanted``, else TROUBLESHOOT_ENV, the files' default, or the only one.

    ``local`` is always there: the three stores at their usual ports, unless a file says
    otherwise. Raises InputError for mistakes in files and variables, UsageError for an unknown
    environment.
    """
    documents = tuple(parse_document(read_text(file), str(file)) for file in files)
    written = Layers(documents)
    known = _environments(written)
    name = wanted or environ.get("TROUBLESHOOT_ENV", "") or _default(written, known)
    if name not in known:
        hint = did_you_mean(name, sorted(known))
        raise UsageError(f"there is no environment {name!r}.{hint} Known: {', '.join(known)}")
    variables = from_variables(environ, name)
    usual = () if name in written.data.get("environments", {}) else (_local(),)
    layers = Layers((*usual, *documents, variables))
    settings = validate(Settings, layers, layers.data, echo=False)
    used = dict.fromkeys(variables.values.values())
    return Chosen(name, settings.environments[name], (*map(str, files), *used))


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
    stores = {str(store): {"url": url} for store, url in LOCAL.items()}
    return Document("", "", {"environments": {"local": stores}}, {}, {})
