"""A secret goes only where its owner sends it: the person, or a project for itself.

The person's own are the variables, the configuration folder and every file that was named; what
is built in belongs to them as well. A project, though trusted, neither receives the person's
secrets at an address of its own, nor says how safely such an address is reached.
"""

from collections.abc import Collection

from troubleshoot.load.settings.layers import Layer, Layers
from troubleshoot.load.text.document import Path
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.settings import BackendSettings, Environment

_TLS = ("ca_file", "verify_tls")


def check_bound(
    layers: Layers, projects: Collection[Layer], name: str, environment: Environment
) -> None:
    """``projects`` are those of the layers that are not the person's. Raises InputError."""
    found = [
        mistake
        for store, settings in environment.backends.items()
        for mistake in _mistakes(layers, projects, ("environments", name, store.value), settings)
    ]
    if found:
        mistakes, hints = zip(*found, strict=True)
        raise InputError(mistakes, hints[0])


def _mistakes(
    layers: Layers, projects: Collection[Layer], at: Path, settings: BackendSettings
) -> list[tuple[Mistake, str]]:
    found = []
    for inner in _secrets(settings):
        giver = layers.giver((*at, *inner))
        for key in ("url", *_TLS):
            other = layers.giver((*at, key))
            foreign = other in projects
            if giver and foreign is not (giver in projects) and (key == "url" or foreign):
                found.append(_refused(giver, other, (*at, *inner), (*at, key)))
    return found


def _secrets(settings: BackendSettings) -> list[Path]:
    found: list[Path] = [("bearer",)] if settings.bearer else []
    found += [("basic", "password")] if settings.basic else []
    return [*found, *(("secret_headers", header) for header in settings.secret_headers)]


def _refused(giver: Layer, other: Layer | None, secret: Path, key: Path) -> tuple[Mistake, str]:
    place = other.mistake(key, "") if other else None
    where = f"{place.file}:{place.line}:{place.column}" if place and place.line else ""
    source = where or (place.file if place else "this program")
    what = "the address" if key[-1] == "url" else f"{key[-1]!r}"
    message = (
        f"this secret is not sent: {what} of {key[-2]} comes from {source}, which has another owner"
    )
    hint = (
        "write both into one file: beside the address, for example bearer: {env: VARIABLE}, and "
        f"trust the folder again; or set TROUBLESHOOT_{str(key[-2]).upper()}_URL yourself"
    )
    return giver.mistake(secret, message), hint
