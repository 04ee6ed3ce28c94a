"""Where reports go: formats to standard output and files, checked before any request is sent."""

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from troubleshoot.cli.encoding import shown
from troubleshoot.cli.world import World
from troubleshoot.model.errors import UsageError
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.units import quantity

DEFAULT = "terminal"
FILE_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Output:
    """``file`` is None for standard output."""

    format: str
    file: Path | None


def parse_outputs(texts: Sequence[str]) -> tuple[Output, ...]:
    """With files only, the terminal report is on standard output too. Raises UsageError."""
    found = [_output(text) for text in texts]
    here = [one for one in found if one.file is None]
    if len(here) > 1:
        raise UsageError(
            "only one format can go to standard output",
            f"send the others to files: --output {here[1].format}=FILE",
        )
    return (*found,) if here else (Output(DEFAULT, None), *found)


def check_writable(file: Path, option: str) -> None:
    """Raises UsageError when ``file`` could not be written."""
    folder = file.parent
    if file.is_dir():
        raise UsageError(f"{option}: {file} is a folder, not a file")
    if not folder.is_dir():
        raise UsageError(
            f"{option}: the folder {folder} does not exist", f"mkdir -p {quote(str(folder))}"
        )
    if not os.access(file if file.exists() else folder, os.W_OK):
        raise UsageError(f"{option}: {file} cannot be written: permission denied")


def new_file(path: str, option: str) -> Path:
    """A file that is not there yet: a record is kept. Raises UsageError."""
    if path == "-":
        raise UsageError(
            f"{option}: this is a zip file, it does not go to standard output",
            f"give a file: {option} incident.zip",
        )
    file = Path(path).expanduser()
    check_writable(file, option)
    if os.path.lexists(file):
        raise UsageError(
            f"{option}: {file} is there already, and nothing is written over it",
            f"give another name, or remove it: rm {shlex.quote(str(file))}",
        )
    return file


def told(file: Path, *facts: str) -> None:
    """Says on standard error what was written: ``r.json: 24 kB``."""
    from troubleshoot.render.sanitize import clean

    size = quantity(float(file.stat().st_size), "bytes")
    sys.stderr.write(f"written: {clean(str(file))}: {', '.join((size, *facts))}\n")


def write(report: Report, outputs: Sequence[Output], world: World, *, explain: bool) -> None:
    for one in outputs:
        render = FORMATS[one.format]
        if one.file is None:
            colour = one.format == DEFAULT and world.colour(sys.stdout)
            text = render(report, Style(width(world), colour, explain))
            say(text)
            continue
        text = render(report, Style(FILE_WIDTH, explain=explain))
        try:
            one.file.write_text(text, encoding="utf-8")
            told(one.file)
        except OSError as error:
            raise UsageError(f"--output: {one.file} cannot be written: {error.strerror}") from None


def say(text: str) -> None:
    """To standard output, whatever its encoding can show."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(shown(text, encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone (`| head`); the exit code still tells the verdict
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UsageError(f"standard output cannot be written: {error.strerror}") from None


def width(world: World) -> int:
    columns = world.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return max(int(columns), 40)
    return max(shutil.get_terminal_size((80, 24)).columns, 40)


def _output(text: str) -> Output:
    name, equals, path = text.partition("=")
    if name not in FORMATS:
        from troubleshoot.model.spelling import did_you_mean

        hint = did_you_mean(name, sorted(FORMATS))
        raise UsageError(f"there is no output format {name!r}.{hint} Known: {', '.join(FORMATS)}")
    if equals and not path:
        raise UsageError(f"--output {text}: the file is missing after =")
    if path == "-":
        raise UsageError(f"--output {text}: - is no file", f"to standard output: --output {name}")
    if not path:
        return Output(name, None)
    file = Path(path).expanduser()
    check_writable(file, "--output")
    return Output(name, file)
