"""What is accepted but should be known: a misspelt setting, a query that cannot mean its words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence and where it belongs (1-based); told on standard error and in the report.

    ``line`` is 0 for what has no lines, such as an environment variable, whose name is then
    ``file``. ``check`` is the id of the check that it is about, or empty.
    """

    file: str
    line: int
    column: int
    message: str
    check: str = ""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"
