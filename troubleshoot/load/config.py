"""Settings from files and ``TROUBLESHOOT_…`` variables; the nearest source wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from troubleshoot.load.document import Document, parse_document
from troubleshoot.load.playbooks import read_text
from troubleshoot.load.validate import did_you_mean, validate
from troubleshoot.model.errors import UsageError
from troubleshoot.model.playbook import Value
from troubleshoot.model.query import Store
from troubleshoot.model.settings import Environment, Settings

LOCAL = {
    Store.PROMETHEUS: "http://localhost:9090",
    Store.JAEGER: "http://localhost:16686",
    Store.ELASTICSEARCH: "http://localhost:9200",
}
_PLAIN = ("url", "public_url", "tenant", "tenant_header", "ca_file", "client_cert", "client_key")
_NUMBERS = ("connect_timeout", "read_timeout", "max_bytes", "concurrency")


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
    """In rising order of precedence: user, project, TROUBLESHOOT_CONFIG (must exist)."""
    found = [config_dir / "config.yaml", cwd / "troubleshoot.yaml"]
    files = [file for file in found if file.is_file()]
    if named := environ.get("TROUBLESHOOT_CONFIG"):
        files.append(Path(named).expanduser())
    return tuple(files)


def choose(files: tuple[Path, ...], environ: Mapping[str, str], wanted: str) -> Chosen:
    """The environment ``wanted`` (else TROUBLESHOOT_ENV, the default, the only one, or local).

    Raises InputError for a file with mistakes, UsageError for an unknown environment.
    """
    default, merged = "", dict[str, dict[str, Any]]()
    for file in files:
        document = parse_document(read_text(file), str(file))
        default = validate(Settings, document, document.data).default or default
        for name, data in document.data.get("environments", {}).items():
            merged[name] = _deep(merged.get(name, {}), data)
    name = wanted or environ.get("TROUBLESHOOT_ENV", "") or default
    name = name or (next(iter(merged)) if len(merged) == 1 else "local")
    if name not in merged and not (name == "local" and not wanted):
        hint = did_you_mean(name, sorted(merged))
        known = ", ".join(sorted(merged)) or "none (no configuration file found)"
        raise UsageError(f"there is no environment {name!r}.{hint} Known: {known}")
    data = merged.get(name) or {store: {"url": url} for store, url in LOCAL.items()}
    data, variables = _from_variables(data, environ)
    document = Document("environment variables", data, {}, {})
    environment = validate(Environment, document, data)
    return Chosen(name, environment, (*map(str, files), *variables))


def _deep(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _deep(below, value) if both and below is not None else value
    return merged


def _from_variables(
    data: dict[str, Any], environ: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """``TROUBLESHOOT_<STORE>_<SETTING>``; tokens and passwords stay in their variable."""
    used: list[str] = []
    merged = dict(data)
    for store in Store:
        prefix = f"TROUBLESHOOT_{store.upper()}_"
        changes: dict[str, Any] = {}
        for key in (*_PLAIN, *_NUMBERS, "verify_tls", "token", "username", "password"):
            variable = prefix + key.upper()
            if variable in environ:
                used.append(variable)
                changes |= _change(key, variable, environ[variable])
        if "basic" in changes and "username" not in changes["basic"]:
            raise UsageError(f"{prefix}PASSWORD needs {prefix}USERNAME beside it")
        if changes:
            merged[store] = _deep(merged.get(store) or {}, changes)
            if {"bearer", "basic"} & changes.keys():
                merged[store] = _one_authentication(merged[store], changes)
    for variable, key in (("TROUBLESHOOT_KIBANA_URL", "kibana_url"),):
        if variable in environ:
            used.append(variable)
            merged[key] = environ[variable]
    return merged, tuple(used)


def _change(key: str, variable: str, value: str) -> dict[str, Any]:
    if key == "token":
        return {"bearer": {"env": variable}}
    if key == "username":
        password = variable.removesuffix("USERNAME") + "PASSWORD"
        return {"basic": {"username": value, "password": {"env": password}}}
    if key == "password":
        return {}
    if key == "verify_tls":
        return {key: value.lower() not in ("0", "false", "no")}
    return {key: value}


def _one_authentication(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A variable that gives one kind of authentication replaces the other kind of the file."""
    unwanted = "basic" if "bearer" in changes else "bearer"
    return {key: value for key, value in data.items() if key != unwanted or key in changes}
