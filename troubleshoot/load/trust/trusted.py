"""Which directories the person has trusted, as direnv does: each by its content."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from troubleshoot.load.assets import built_in, user_place
from troubleshoot.load.trust.project import Fingerprint
from troubleshoot.model.errors import UsageError

Trusted = Mapping[str, Fingerprint]  # by the directory's real path


def trust_file(config_dir: Path) -> Path:
    return config_dir / "trusted.json"


def own_folders(config_dir: Path) -> tuple[Path, ...]:
    """Those of the person and of the program: they need no trust wherever they lie."""
    own = (built_in(), user_place(config_dir))
    return tuple(folder for place in own for folder in (place.playbooks, place.queries))


def read_trusted(config_dir: Path) -> Trusted:
    """Raises UsageError when the file is not as `write_trusted` leaves it."""
    file = trust_file(config_dir)
    try:
        data = json.loads(file.read_bytes())
        return {folder: _fingerprint(one) for folder, one in data.items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UsageError(
            f"{file} is not as this program wrote it", "delete it, and trust your folders again"
        ) from None


def _fingerprint(data: Any) -> Fingerprint:
    return Fingerprint(str(data["sha256"]), tuple(data["programs"]), tuple(data["secrets"]))


def write_trusted(config_dir: Path, trusted: Trusted) -> None:
    """Readable by the person alone, and never half written. Raises UsageError."""
    file = trust_file(config_dir)
    data = {
        folder: {"sha256": one.sha256, "programs": one.programs, "secrets": one.secrets}
        for folder, one in sorted(trusted.items())
    }
    try:
        config_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=config_dir, delete=False) as stream:  # mode 0600
            json.dump(data, stream, indent=1)
        try:
            os.replace(stream.name, file)
        except OSError:
            with suppress(OSError):
                os.unlink(stream.name)
            raise
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
