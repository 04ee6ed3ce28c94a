"""Everything a renderer ever sees of a run."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.exits import Exit
from troubleshoot.model.finding import Finding, Outcome, Query
from troubleshoot.model.notice import Notice
from troubleshoot.model.window import Window

if TYPE_CHECKING:  # pydantic, for which a list of formats must not wait
    from troubleshoot.model.playbook import Remedy

SCHEMA_VERSION = 1


class Conclusion(StrEnum):
    """The run as a whole."""

    DIAGNOSED = "diagnosed"
    CLEAR = "clear"
    INCONCLUSIVE = "inconclusive"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Gap:
    """A check that could not tell. ``could_change``: ids of the diagnoses it might overturn."""

    check: str
    title: str
    outcome: Outcome
    reason: str
    hint: str
    could_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotMade:
    """Checks that need a ``store`` which the environment does without: no gaps, counted apart.

    Where there are ``meanings``, the store is there, but no metric in it is known to mean these;
    the playbook says that a system may be without. ``could_change``: ids of the diagnoses they
    might overturn.
    """

    store: str
    checks: tuple[str, ...]
    could_change: tuple[str, ...]
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A remedy that fits, as data; shown, never run. ``helps``: ids of the diagnoses it serves.

    ``remedy`` is the playbook's, filled in for whom it is about; its precondition says as well what
    could not be looked at.
    """

    id: str
    remedy: "Remedy"
    helps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What would have prevented it, or should be written down afterwards."""

    id: str
    title: str
    guide: str
    kind: str
    snippet: str
    prevents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AsWritten:
    """The guide's own query of a check that judges with a corrected one, and what it answered."""

    check: str
    query: Query
    answer: str


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """How one backend did: ``url`` as configured, without credentials; ``received`` in bytes."""

    store: str
    url: str
    requests: int
    failed: int
    received: int
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class Verification:
    """One query that tells whether the fix worked; ``recovered`` is None for "cannot tell"."""

    finding: Finding
    rule: str
    recovered: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, per request in the order of the plan, and the wall time of the run."""

    total: float
    requests: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One run.

    ``timezone`` is an IANA name or UTC offset for the local times of the header; ``parameters``
    are (name, value as text, where from); ``redactions`` (rule, count). ``teach`` is the command
    that would teach the program this system's metrics, where none tells of requests.
    """

    version: str
    playbook: str
    title: str
    summary: str
    environment: str
    window: Window
    timezone: str
    parameters: tuple[tuple[str, str, str], ...]
    conclusion: Conclusion
    complete: bool
    headline: str
    fail_on: str
    exit_code: Exit
    symptom: Finding | None
    findings: tuple[Finding, ...]
    diagnoses: tuple[Diagnosis, ...]
    gaps: tuple[Gap, ...]
    actions: tuple[Action, ...]
    follow_ups: tuple[FollowUp, ...]
    verifications: tuple[Verification, ...]
    stores: tuple[StoreStatus, ...]
    as_written: tuple[AsWritten, ...]  # only where it was asked for
    redactions: tuple[tuple[str, int], ...]
    timing: Timing
    notices: tuple[Notice, ...] = ()
    not_made: tuple[NotMade, ...] = ()
    teach: str = ""
    schema_version: int = SCHEMA_VERSION
