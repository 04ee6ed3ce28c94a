"""Where errors end: a sentence for the reader and an exit code, never a traceback."""

import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from troubleshoot import __version__
from troubleshoot.cli.help import write_sections
from troubleshoot.model.errors import BundleError, InputError, TroubleshootError
from troubleshoot.model.exits import Exit


class Boundary(TyperGroup):
    """The command group; guards its commands also where a test runner calls them."""

    _given: Sequence[str] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        self._given = tuple(args)
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [
            (
                getattr(one, "rich_help_panel", None) or "Commands",
                (name, one.get_short_help_str(100)),
            )
            for name, one in found
            if one is not None and not one.hidden
        ]
        write_sections(formatter, rows)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except TyperException as error:
            if not _wants_json(self._given):
                raise  # typer words it, with the usage
            self._end("usage", TroubleshootError(error.format_message()))
        except TroubleshootError as error:
            kinds = ((InputError, "input"), (BundleError, "bundle"))
            found = (name for kind, name in kinds if isinstance(error, kind))
            self._end(next(found, "usage"), error)
        except KeyboardInterrupt:
            self._end("interrupted", TroubleshootError("interrupted"), Exit.INTERRUPTED)
        except Exception as bug:  # noqa: BLE001 - the last resort: a bug must not be a traceback
            self._end("bug", _bug(bug), Exit.BUG)

    def _end(self, kind: str, error: TroubleshootError, code: Exit = Exit.USAGE) -> NoReturn:
        raise typer.Exit(refused(kind, error, self._given, code))


def refused(
    kind: str, error: TroubleshootError, given: Sequence[str], code: Exit = Exit.USAGE
) -> Exit:
    """Says it, as a document too where ``given``, the arguments, want JSON; returns ``code``."""
    lines = [f"error: {error.message}" if code is Exit.USAGE else error.message]
    lines += [f"hint: {error.hint}"] if error.hint else []
    sys.stderr.write("\n".join(lines) + "\n")
    if _wants_json(given):
        from troubleshoot.cli.run.outputs import say
        from troubleshoot.render import document

        mistakes = error.mistakes if isinstance(error, InputError) else ()
        say(document.error(kind, error.message, code, error.hint, mistakes))
    return code


def _wants_json(given: Sequence[str]) -> bool:
    pairs = zip(given, (*given[1:], ""), strict=True)
    return any(
        (name in ("-o", "--output") and value == "json") or name in ("--output=json", "-ojson")
        for name, value in pairs
    )


def _bug(bug: Exception) -> TroubleshootError:
    """What and where, without values: they could hold secrets."""
    frames = reversed(traceback.extract_tb(bug.__traceback__)[-3:])
    where = " < ".join(
        f"{frame.name} ({_short(frame.filename)}:{frame.lineno})" for frame in frames
    )
    return TroubleshootError(
        f"bug: {type(bug).__name__} in {where}\n"
        f"This is a fault in troubleshoot {__version__}, not in what you look at.",
        "please report it to the project's issue tracker, with these lines and the command",
    )


def _short(file: str) -> str:
    _, found, rest = file.rpartition("troubleshoot/")
    return found + rest if found else file.rsplit("/", 1)[-1]
