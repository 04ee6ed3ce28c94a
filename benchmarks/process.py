"""One command as a whole process, from its start to its end."""

import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

PYTHON = sys.executable
TROUBLESHOOT = str(Path(sys.executable).with_name("troubleshoot"))
_LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True)
class Ended:
    """``seconds`` of wall time with the interpreter's start; ``peak`` resident bytes."""

    seconds: float
    peak: int
    output: str


def run(
    command: Sequence[str], variables: Mapping[str, str] = {}, codes: Collection[int] = (0,)
) -> Ended:
    """Raises SystemExit when it ends with another code: then nothing was measured."""
    with TemporaryDirectory() as folder:
        result = Path(folder, "result")
        done = subprocess.run(
            [PYTHON, "-S", "-E", _LAUNCH, result, *command],
            env={**_environ(), **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        code, seconds, peak = result.read_text(encoding="ascii").split()
    if int(code) not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {code}: {done.stderr or done.stdout}")
    return Ended(float(seconds), int(peak), done.stdout)


def _environ() -> dict[str, str]:
    """Without the person's own settings."""
    return {name: value for name, value in os.environ.items() if "TROUBLESHOOT" not in name}
