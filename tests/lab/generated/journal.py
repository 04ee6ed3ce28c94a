"""What a service writes down, before it gets the shape of a dialect."""

from dataclasses import dataclass

from tests.lab.generated.pods import Pod


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `error` is the type of the exception it tells of, `detail` what that says."""

    at: float
    level: str
    pod: Pod
    trace_id: str
    message: str
    error: str = ""
    detail: str = ""
    stack: str = ""
