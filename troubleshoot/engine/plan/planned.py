"""A check with the requests it takes, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Request
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import Problem
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import Events


@dataclass(frozen=True, slots=True)
class Source:
    """``normal`` is the baseline where one request cannot give both; ``among`` all sampled traces.

    ``labels``: our name of a label → its name in the answer; empty leaves labels as they are.
    ``said``: what a vocabulary says of all its series, by our names: whom they are about where no
    label tells, which statistic they are.
    """

    main: Request
    normal: Request | None = None
    among: Request | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def requests(self) -> tuple[Request, ...]:
        found = (self.main, self.normal, self.among)
        return tuple(one for one in found if one is not None)

    @property
    def by_words(self) -> bool:
        """Whether a vocabulary says what its series are about."""
        return bool(self.labels or self.said)


@dataclass(frozen=True, slots=True)
class Written:
    """A query of the guide as it is written there; ``file`` holds it."""

    file: str
    request: Request


@dataclass(frozen=True, slots=True)
class Planned:
    """``text`` is the resolved query, ``metrics`` the names it reads, ``events`` how to read them.

    Most checks have one source; none, where ``problem`` says why it cannot be asked at all.
    ``lacks``: of an optional check the meaning that no metric here is known to have.
    """

    step: Step
    check: Check
    store: Store
    file: str
    text: str
    sources: tuple[Source, ...]
    as_written: tuple[Written, ...] = ()
    metrics: tuple[str, ...] = ()
    problem: Problem | None = None
    events: tuple[Events, ...] = ()
    lacks: str = ""

    @property
    def by_name(self) -> bool:
        """Whether the author wrote the query, and not a vocabulary."""
        return not self.check.query.startswith("vocabulary/")

    @property
    def main(self) -> Request:
        return self.sources[0].main

    @property
    def normal(self) -> Request | None:
        return self.sources[0].normal

    def requests(self) -> tuple[Request, ...]:
        found = tuple(request for source in self.sources for request in source.requests())
        return (*found, *(written.request for written in self.as_written))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a playbook a run makes: all steps, or some; the guide's own queries too?"""

    checks: tuple[tuple[Step, Check], ...]
    as_written: bool = False

    def stores(self, loaded: ResolvedPlaybook) -> tuple[Store, ...]:
        used = {loaded.store(check) for _, check in self.checks}
        return tuple(store for store in Store if store in used)
