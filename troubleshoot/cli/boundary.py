"""Where errors end: a sentence for the reader and an exit code, never a traceback."""

import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from troubleshoot import __version__
from troubleshoot.model.errors import TroubleshootError
from troubleshoot.model.report import Exit

ISSUES = "https://github.com/troubleshoot-cli/troubleshoot/issues"


class Boundary(TyperGroup):
    """The command group; also guards commands that tests call through a runner."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except TroubleshootError as error:
            refuse(error, ctx.args)
        except KeyboardInterrupt:
            sys.stderr.write("interrupted\n")
            raise typer.Exit(Exit.INTERRUPTED) from None
        except BrokenPipeError:
            # the reader has gone (`| head`): nothing to say, and nobody to say it to
            sys.stdout = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115
            raise typer.Exit(Exit.CLEAR) from None
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
            OSError,
        ) as bug:
            report_bug(bug)


def refuse(error: TroubleshootError, arguments: Sequence[str]) -> NoReturn:
    sys.stderr.write(f"error: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"hint: {error.hint}\n")
    raise typer.Exit(Exit.USAGE)


def report_bug(bug: Exception) -> NoReturn:
    """Says what and where, without values: they could hold secrets."""
    frames = traceback.extract_tb(bug.__traceback__)[-3:]
    where = " < ".join(
        f"{frame.name} ({_short(frame.filename)}:{frame.lineno})" for frame in reversed(frames)
    )
    sys.stderr.write(
        f"bug: {type(bug).__name__} in {where}\n"
        f"This is a fault in troubleshoot {__version__}, not in what you look at.\n"
        f"Please report it with the line above and the command you ran: {ISSUES}\n"
    )
    raise typer.Exit(Exit.BUG)


def _short(file: str) -> str:
    _, found, rest = file.rpartition("troubleshoot/")
    return found + rest if found else file.rsplit("/", 1)[-1]
