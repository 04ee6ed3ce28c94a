"""Since when there is trouble, where it is younger than the window."""

from collections.abc import Iterable

from troubleshoot.model.finding import Finding, Item
from troubleshoot.model.window import Window


def young_onset(symptoms: Iterable[Finding], window: Window, service: str) -> float | None:
    """Unix seconds up to which all was well; None where it began earlier, or nobody can date it.

    By what metrics tell of the ``service`` with the symptom or, where nobody named one or it says
    nothing, by the middle of all: single ones may be off.
    """
    rows = [
        item for one in symptoms for item in one.items if item.outcome.firing and item.not_before
    ]
    own = [item for item in rows if item.service == service]
    times = sorted(map(_began, own or rows))
    began = times[len(times) // 2] if times else 0.0
    return began if began > window.recent.start.timestamp() else None


def _began(item: Item) -> float:
    return item.not_before.timestamp() if item.not_before else 0.0
