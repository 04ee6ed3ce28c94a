"""Which changes separate good from bad: a change is evidence only as far as it does that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from troubleshoot.model.finding import Finding, Item
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.window import Window

ORIGINS = ("trace_errors", "trace_latency", "trace_shift")  # judges that say where trouble begins


@dataclass(frozen=True, slots=True)
class _Trouble:
    """``versions`` are (service, version) that failed requests have and good ones do not;

    ``origins`` the services in which errors or added time begin, ``onsets`` the dated symptoms.
    """

    versions: frozenset[tuple[str, str]]
    origins: frozenset[str]
    onsets: tuple[Item, ...]
    window: Window

    def separated_by(self, change: Item) -> str:
        service = change.label("service")
        if (service, change.label("version")) in self.versions:
            return "version"
        near = any(self._near(change, one) for one in self.onsets)
        return "origin" if near and service in self.origins else ""

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
    """The changes among the findings get the label ``separates``, where they do."""
    kinds = {check.id: check.judge.kind for _, check in playbook.checks()}
    trouble = _trouble(playbook, kinds, findings, window)

    def told(item: Item) -> Item:
        how = trouble.separated_by(item)
        return replace(item, labels=(*item.labels, ("separates", how))) if how else item

    return {
        name: replace(one, items=tuple(map(told, one.items))) if kinds[name] == "events" else one
        for name, one in findings.items()
    }


def _trouble(
    playbook: Playbook, kinds: Mapping[str, str], findings: Mapping[str, Finding], window: Window
) -> _Trouble:
    wrong = [
        (name, item)
        for name, finding in findings.items()
        for item in finding.items
        if item.outcome.firing
    ]
    return _Trouble(
        frozenset(
            (item.label("service"), item.label("value"))
            for name, item in wrong
            if kinds[name] == "trace_tags" and item.label("kind") == "version"
        ),
        frozenset(
            item.label("service")
            for name, item in wrong
            if kinds[name] in ORIGINS and item.label("kind") == "service"
            and item.label("beyond") == "no"
        ),
        tuple(item for name, item in wrong if name in playbook.symptoms and item.since),
        window,
    )  # fmt: skip
