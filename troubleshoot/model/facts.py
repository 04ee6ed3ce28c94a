"""What a judge concludes about a row: typed values, apart from the labels that a backend sent."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

ChangeKind = Literal["deployment", "rollback", "config", "scaling", "flag", "restart"]


class Party(StrEnum):
    """What was called: a service that sends spans, a database, or anybody else's address."""

    DATABASE = "database"
    REMOTE = "remote"
    SERVICE = "service"


class Observed(StrEnum):
    """Who saw it: the party itself, inside; or only its caller."""

    INSIDE = "inside"
    BY_CALLER = "by_caller"


class Answering(StrEnum):
    """Whether the callers got their answers: in time, later than they waited, or never."""

    IN_TIME = "in_time"
    LATE = "late"
    NEVER = "never"


class Dimension(StrEnum):
    """What a tag tells of a request: which version or instance served it, where, for whom."""

    VERSION = "version"
    INSTANCE = "instance"
    ZONE = "zone"
    PEER = "peer"
    REQUEST = "request"
    OTHER = "other"


class Correlation(StrEnum):
    """How a change is tied to the trouble.

    Failed requests share its version; or the trouble began as it came, in what was changed.
    """

    VERSION = "version"
    ONSET = "onset"


class Explains(StrEnum):
    """How much of the symptom a service adds itself: at least half, at least a tenth, or less."""

    MOST = "most"
    SOME = "some"
    LITTLE = "little"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """Of a metric read by convention: what it means, and whom it is about.

    ``host`` is the address where only the callers know the service; ``statistic`` which one a
    latency is (``mean``, ``p95``). ``explained_by`` are the services it depends on whose trouble
    explains its own, or of traffic its callers that are asked more too. ``share`` is the part of
    the symptom that the service adds itself, None where nobody knows, ``explains`` the same in a
    word; ``estimate`` puts services in order of what they may add where it is not known.
    ``beyond``: whether the value is beyond chance.
    """

    service: str = ""
    host: str = ""
    instance: str = ""
    version: str = ""
    statistic: str = ""
    explained_by: tuple[str, ...] = ()
    means: str = ""
    share: float | None = None
    explains: Explains = Explains.UNKNOWN
    beyond: bool | None = None
    estimate: float = 0.0

    @property
    def downstream_failing(self) -> bool:
        return bool(self.explained_by) and self.means != "traffic"

    @property
    def demanded(self) -> bool:
        return bool(self.explained_by) and self.means == "traffic"


@dataclass(frozen=True, slots=True)
class TraceFacts:
    """Of spans: whom they charge, and who saw it; ``share`` is the part of the symptom that is."""

    observed: Observed = Observed.INSIDE
    answers: Answering = Answering.IN_TIME
    party: Party = Party.SERVICE
    operation: str = ""
    caller: str = ""
    service: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class TagFacts:
    """Of a tag value that separates failed requests from good ones."""

    dimension: Dimension = Dimension.OTHER
    service: str = ""
    tag: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class LogFacts:
    """Of a message pattern. ``failed_traces`` is ``12 of 13`` lines in failed traces, or ''.

    ``blames`` is whom its messages name as the reason, ``through`` those in between. It is
    ``unmonitored`` where nothing else here tells of it: then its callers' word is all there is.
    ``new``: the baseline has none of these lines. They are the ``sole`` word on the errors of
    ``service`` where they are new, no metric or span tells of its errors, and nobody that it
    depends on has any.
    """

    exception: str = ""
    failed_traces: str = ""
    frame: str = ""
    level: str = ""
    pattern: str = ""
    service: str = ""
    blames: str = ""
    through: tuple[str, ...] = ()
    unmonitored: bool = False
    new: bool = False
    sole: bool = False

    @property
    def blames_another(self) -> bool:
        return bool(self.blames)

    @property
    def blames_unmonitored(self) -> str:
        return self.blames if self.unmonitored else ""


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """Of something that was done to the system."""

    change: ChangeKind = "deployment"
    service: str = ""
    version: str = ""
    correlates: Correlation | None = None


Facts = MetricFacts | TraceFacts | TagFacts | LogFacts | ChangeFacts
