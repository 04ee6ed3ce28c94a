"""From which finding or cause on a run fails: the levels of ``--fail-on``."""

from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.finding import Outcome

_SERIOUS = (Verdict.CONFIRMED, Verdict.LIKELY)
_REACH: dict[str, tuple[Verdict | Outcome, ...]] = {
    "confirmed": (Verdict.CONFIRMED,),
    "likely": _SERIOUS,
    "possible": (*_SERIOUS, Verdict.POSSIBLE),
    "critical": (*_SERIOUS, Outcome.CRITICAL),
    "warning": (*_SERIOUS, Outcome.CRITICAL, Outcome.WARNING),
    "never": (),
}
FAIL_ON = tuple(_REACH)


def reaches(level: str, what: Verdict | Outcome) -> bool:
    """A level of findings includes the causes that are at least likely."""
    return what in _REACH[level]
