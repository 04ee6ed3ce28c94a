"""What can go wrong before a run starts, for the person who reads it at night.

    TroubleshootError
     +-- UsageError       bad arguments or settings, exit 2
     |    +-- InputError  a file that people write is wrong: file:line:column, exit 2
     +-- BundleError      a recorded run cannot be read, exit 2

A backend that fails during a run is no exception: it is a Problem inside a Signal.
"""

from dataclasses import dataclass


class TroubleshootError(Exception):
    """Base of the errors this program raises on purpose. ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TroubleshootError):
    """Arguments or settings that cannot be used."""


class BundleError(TroubleshootError):
    """A recorded run that is damaged, too large or not one of ours."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file: where it stands (1-based) and what is wrong.

    ``line`` is 0 for what has no lines: an environment variable, a file that cannot be read.
    ``excerpt`` are lines to show below it.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        said = f"{self.path}: {self.message}" if self.path else self.message
        return f"{where}: {said}\n{self.excerpt}" if self.excerpt else f"{where}: {said}"


class InputError(UsageError):
    """A playbook, query or configuration file with mistakes in it."""

    def __init__(self, mistakes: tuple[Mistake, ...], hint: str = "") -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes), hint)
        self.mistakes = mistakes
