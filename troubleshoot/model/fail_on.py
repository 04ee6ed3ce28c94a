"""From which finding or cause on a run fails: the levels of ``--fail-on``."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshoot.model.diagnosis import Verdict
    from troubleshoot.model.finding import Outcome

# by value: `--help` needs these words, and nothing of what a finding is
_REACH: dict[str, tuple[str, ...]] = {
    "confirmed": ("confirmed",),
    "likely": ("confirmed", "likely"),
    "possible": ("confirmed", "likely", "possible"),
    "critical": ("confirmed", "likely", "critical"),
    "warning": ("confirmed", "likely", "critical", "warning"),
    "never": (),
}
FAIL_ON = tuple(_REACH)


def reaches(level: str, what: "Verdict | Outcome") -> bool:
    """A level of findings includes the causes that are at least likely."""
    return what in _REACH[level]
