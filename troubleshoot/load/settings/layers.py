"""Settings laid over one another, each value still knowing the source it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from troubleshoot.load.text.document import Path, dotted
from troubleshoot.model.errors import Mistake

_SECRET = {"env", "file", "command"}
_AUTHENTICATION = {"bearer": "basic", "basic": "bearer"}


class Layer(Protocol):
    """A file or the variables; ``values`` has a key for every path that stands there."""

    @property
    def data(self) -> dict[str, Any]: ...

    @property
    def values(self) -> Mapping[Path, Any]: ...

    def mistake(self, path: Path, message: str, *, key: bool = False) -> Mistake: ...


@dataclass(frozen=True, slots=True)
class VariableLayer:
    """Settings from environment variables; ``values`` says which variable set a path."""

    data: dict[str, Any]
    values: Mapping[Path, str]

    def mistake(self, path: Path, message: str, *, key: bool = False) -> Mistake:  # noqa: ARG002
        parts = (path[:length] for length in range(len(path), 0, -1))
        names = (self.values[part] for part in parts if part in self.values)
        return Mistake(next(names, "environment variables"), 0, 0, dotted(path), message)


@dataclass(frozen=True, slots=True)
class Layers:
    """In rising order of precedence."""

    layers: tuple[Layer, ...]

    @property
    def data(self) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for layer in self.layers:
            merged = _over(merged, layer.data)
        return merged

    def giver(self, path: Path) -> Layer | None:
        """The last layer that says something at ``path`` itself."""
        return next((one for one in reversed(self.layers) if path in one.values), None)

    def mistake(self, path: Path, message: str, *, key: bool = False) -> Mistake:
        """In the last layer that says something there, else about the nearest place above."""

        def known(layer: Layer) -> int:
            lengths = range(len(path), 0, -1)
            return next((length for length in lengths if path[:length] in layer.values), 0)

        nearest = max(reversed(self.layers), key=known)
        return nearest.mistake(path, message, key=key)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """A secret, and the kind of authentication, is replaced as a whole."""
    dropped = {_AUTHENTICATION[key] for key in above if key in _AUTHENTICATION}
    merged = {key: value for key, value in below.items() if key not in dropped}
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, dict) and isinstance(value, dict) and not _SECRET & value.keys()
        merged[key] = _over(under, value) if both and under else value
    return merged
