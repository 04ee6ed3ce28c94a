"""Settings from ``TROUBLESHOOT_<STORE>_<SETTING>`` and ``TROUBLESHOOT_<OPTION>``.

A secret stays in its variable.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from troubleshoot.load.settings.layers import VariableLayer
from troubleshoot.load.text.document import Path
from troubleshoot.model.errors import UsageError
from troubleshoot.model.options import OPTIONS
from troubleshoot.model.settings import PAGE_KEYS
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.store import Store

PREFIX = "TROUBLESHOOT_"
_BACKEND = (
    "url",
    "public_url",
    "tenant",
    "tenant_header",
    "ca_file",
    "client_cert",
    "client_key",
    "verify_tls",
    "connect_timeout",
    "read_timeout",
    "max_bytes",
    "concurrency",
)


def _names() -> Iterator[tuple[str, Path]]:
    for store in Store:
        prefix = f"{PREFIX}{store.upper()}_"
        for key in _BACKEND:
            yield prefix + key.upper(), (str(store), key)
        yield f"{prefix}TOKEN", (str(store), "bearer", "env")
        yield f"{prefix}USERNAME", (str(store), "basic", "username")
        yield f"{prefix}PASSWORD", (str(store), "basic", "password", "env")
    for option, one in OPTIONS.items():
        if one.of_environment:
            yield f"{PREFIX}{option.upper()}", ("options", option)
    for keys in PAGE_KEYS:
        yield f"{PREFIX}{'_'.join(keys).upper()}", keys


PATHS: dict[str, Path] = dict(_names())
_PREFIXES = tuple(
    {"_".join(name.split("_")[:2]) + "_" for name, path in PATHS.items() if path[0] != "options"}
)


def from_variables(
    environ: Mapping[str, str], name: str, named: Collection[str] = ()
) -> VariableLayer:
    """What the variables say about the environment ``name``; an empty one says nothing.

    Raises UsageError for a variable that looks like a setting and is neither one nor ``named``.
    """
    for variable in environ:
        if variable.startswith(_PREFIXES) and variable not in PATHS and variable not in named:
            hint = did_you_mean(variable, sorted(PATHS))
            raise UsageError(f"the environment variable {variable} is no setting.{hint}")
    data: dict[str, Any] = {}
    values: dict[Path, str] = {}
    for variable, inner in PATHS.items():
        if not environ.get(variable):
            continue
        path = ("environments", name, *inner)
        secret = inner[-1] == "env"
        _put(data, path, variable if secret else environ[variable])
        for length in range(len(path), 2, -1):
            values[path[:length]] = variable
    return VariableLayer(data, values)


def _put(data: dict[str, Any], path: Path, value: str) -> None:
    for part in path[:-1]:
        data = data.setdefault(str(part), {})
    data[str(path[-1])] = value
