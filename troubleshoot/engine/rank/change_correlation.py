"""Which changes separate good from bad: a change is evidence only as far as it does that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from troubleshoot.model.facts import (
    ChangeFacts,
    Correlation,
    Dimension,
    Observed,
    Party,
    TagFacts,
    TraceFacts,
)
from troubleshoot.model.finding import Finding, Item
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.window import Window


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What a change may be tied to.

    ``versions`` are (service, version) that failed requests have and good ones do not; ``origins``
    the services in which errors or added time begin, ``onsets`` the dated symptoms.
    """

    versions: frozenset[tuple[str, str]]
    origins: frozenset[str]
    onsets: tuple[Item, ...]
    window: Window

    def correlation(self, change: Item, facts: ChangeFacts) -> Correlation | None:
        if (facts.service, facts.version) in self.versions:
            return Correlation.VERSION
        near = any(self._near(change, one) for one in self.onsets)
        return Correlation.ONSET if near and facts.service in self.origins else None

    def _near(self, change: Item, onset: Item) -> bool:
        """What breaks things does so as it arrives: while the trouble may have begun.

        An earlier change may still be at fault, but nothing tells it from innocent ones then.
        """
        if change.since is None or onset.since is None:
            return False
        earliest = onset.not_before or onset.since - self.window.rate
        return earliest <= change.since <= onset.since


def separating(
    playbook: Playbook, findings: Mapping[str, Finding], window: Window
) -> dict[str, Finding]:
    """The changes among the findings, each with how it correlates with the trouble."""
    trouble = _trouble(playbook, findings, window)

    def told(item: Item) -> Item:
        if not isinstance(item.facts, ChangeFacts):
            return item
        how = trouble.correlation(item, item.facts)
        return replace(item, facts=replace(item.facts, correlates=how))

    return {name: replace(one, items=tuple(map(told, one.items))) for name, one in findings.items()}


def _trouble(playbook: Playbook, findings: Mapping[str, Finding], window: Window) -> _Trouble:
    wrong = [
        (name, item)
        for name, finding in findings.items()
        for item in finding.items
        if item.outcome.firing
    ]
    return _Trouble(
        frozenset(
            (item.facts.service, item.facts.value)
            for _, item in wrong
            if isinstance(item.facts, TagFacts) and item.facts.dimension is Dimension.VERSION
        ),
        frozenset(
            item.facts.service
            for name, item in wrong
            if name in playbook.dating and isinstance(item.facts, TraceFacts)
            and item.facts.party is Party.SERVICE and item.facts.observed is Observed.INSIDE
        ),
        tuple(item for name, item in wrong if name in playbook.symptoms and item.since),
        window,
    )  # fmt: skip
