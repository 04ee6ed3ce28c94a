"""The outcome of one check, with its evidence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from troubleshoot.model.facts import Facts, LogFacts
from troubleshoot.model.signal import Labels


class Outcome(StrEnum):
    """The last four mean "could not tell" and always carry a reason."""

    OK = "ok"
    WARNING = "warning"
    CRITICAL = "critical"
    NO_DATA = "no_data"
    PARTIAL = "partial"
    ERROR = "error"
    SKIPPED = "skipped"

    @property
    def firing(self) -> bool:
        return self in (Outcome.WARNING, Outcome.CRITICAL)

    @property
    def conclusive(self) -> bool:
        """Whether the check could tell at all."""
        return self is Outcome.OK or self.firing


class Evidence(StrEnum):
    """The kinds of signal; two different kinds that agree are worth more than two of one."""

    METRIC = "metric"
    TRACE = "trace"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Episode:
    """Something that was wrong within the lookback and is over.

    ``since`` is its first bad point, None where it was bad all the way from before the lookback;
    ``until`` the first good one after it; ``worst`` the worst value, in the finding's unit.
    """

    since: datetime | None
    until: datetime
    worst: float


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a finding: a series, a label value, an error origin or a log pattern.

    ``labels`` are what a backend sent, ``facts`` what the judge concludes; one never stands for the
    other.
    ``value`` and ``normal`` (the baseline's median) are in the finding's unit. ``since`` is the
    first point outside its normal range; it began not later than that and, where it is known,
    not before ``not_before``. ``past`` is what was wrong within the lookback and is fine now.
    ``spark`` runs over the lookback, None where there was no point.
    ``subject`` says in a few words what it is about, where that needs saying; ``limit`` is the
    limit that decided, or the nearest that was not reached. ``recent`` is the lowest and the
    highest value within the window. ``note`` is untrusted text from a backend (a sample line, an
    error message), ``examples`` are trace ids. ``changed`` rows tell what was done to the system,
    not how it fared: their ``since`` is when, and no onset of a trouble.
    """

    labels: Labels
    outcome: Outcome
    value: float | None = None
    normal: float | None = None
    since: datetime | None = None
    spark: tuple[float | None, ...] = ()
    recent: tuple[float, float] | None = None
    subject: str = ""
    limit: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()
    not_before: datetime | None = None
    past: Episode | None = None
    changed: bool = False
    facts: Facts | None = None

    @property
    def service(self) -> str:
        """The service that it is about, as far as this program knows one; or ''."""
        return self.facts.service if self.facts else ""

    @property
    def message(self) -> str:
        """The text that came with it: of an error, or of a log line after its exception."""
        exception = self.facts.exception if isinstance(self.facts, LogFacts) else ""
        return f"{exception}: {self.note}" if exception else self.note

    def label(self, name: str) -> str:
        return next((value for key, value in self.labels if key == name), "")


@dataclass(frozen=True, slots=True)
class Link:
    """A page a person can open at exactly the run's window."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Query:
    """The resolved query behind a finding: where its template is, what was sent."""

    store: str
    file: str
    text: str
    curl: str


@dataclass(frozen=True, slots=True)
class Finding:
    """``items`` worst first. ``rule`` is the condition in words; ``reason`` says why not told."""

    check: str
    title: str
    step: str
    step_title: str
    guide: str
    outcome: Outcome
    evidence: Evidence
    unit: str = ""
    rule: str = ""
    summary: str = ""
    reason: str = ""
    hint: str = ""
    items: tuple[Item, ...] = ()
    queries: tuple[Query, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def worst(self) -> Item | None:
        return self.items[0] if self.items else None
