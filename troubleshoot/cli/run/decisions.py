"""What was decided before the first request, in lines for a log."""

import platform
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from troubleshoot import __version__
from troubleshoot.cli.run.prepare import Prepared
from troubleshoot.model.bundle import Bundle, RunContext
from troubleshoot.model.options import OPTIONS, RunOptions
from troubleshoot.model.resolved_playbook import Setting


def decisions(prepared: Prepared) -> Iterator[str]:
    """Of a run."""
    yield from _versions()
    yield f"playbook {prepared.loaded.file}"
    yield f"environment {prepared.setup.environment}"
    yield from (f"configuration from {one}" for one in prepared.sources)
    yield from _decided(prepared.setup, prepared.decided, prepared.loaded.settings)


def recorded_decisions(bundle: Bundle, options: RunOptions) -> Iterator[str]:
    """Of a recorded run that is shown once more."""
    yield from _versions()
    yield f"recorded at {bundle.recorded_at:%Y-%m-%dT%H:%M:%SZ} by troubleshoot {bundle.program}"
    yield f"playbook {bundle.playbook}"
    given = (Setting(name, getattr(options, name), "in force") for name in OPTIONS)
    yield from _decided(bundle.setup, given, bundle.settings)


def _decided(
    setup: RunContext, given: Iterable[Setting], parameters: Iterable[Setting]
) -> Iterator[str]:
    yield from (f"{store} at {url}" for store, url in setup.stores)
    window = setup.window
    yield f"window {window.recent.start:%Y-%m-%dT%H:%M:%SZ} to {window.at:%Y-%m-%dT%H:%M:%SZ}"
    yield from (f"option {_said(one)}" for one in given)
    yield from (f"parameter {_said(one)}" for one in parameters)
    yield from (f"warning {one}" for one in setup.notices)


def _said(one: Setting) -> str:
    """Without spaces around the sign: so the redactor knows a secret by its name."""
    value = ",".join(one.value) if isinstance(one.value, tuple) else one.value
    return f"{one.name}={value} ({one.source})"


def _versions() -> Iterator[str]:
    yield f"troubleshoot {__version__}, Python {platform.python_version()}, {sys.platform}"
    try:
        needed = [one for one in requires("troubleshoot") or () if "extra ==" not in one]
        names = [re.split(r"[^\w.-]", one)[0] for one in needed]
        yield ", ".join(f"{name} {version(name)}" for name in names)
    except PackageNotFoundError as error:
        yield f"not installed: {error.name}"
