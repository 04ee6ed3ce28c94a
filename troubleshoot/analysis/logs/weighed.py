"""Log lines that count, each with how many lines of the store it stands for."""

from dataclasses import dataclass

from troubleshoot.analysis.logs.counts import Count, unseen
from troubleshoot.analysis.logs.lines import Fields, ParsedLine, read
from troubleshoot.model.signal import Logs

Weighed = tuple[ParsedLine, float]


@dataclass(frozen=True, slots=True)
class WeighedLines:
    """Without a word on what lines stand for, they are a ``page`` that stands for the total.

    ``page`` is then how many lines each stands for.
    """

    lines: tuple[Weighed, ...]
    page: float

    @classmethod
    def of(cls, logs: Logs, fields: Fields) -> "WeighedLines":
        page = max(logs.total / len(logs.lines), 1.0) if logs.lines else 1.0
        entries = (read(line, fields) for line in logs.lines)
        return cls(tuple((one, one.stands_for or page) for one in entries if one), page)

    def unseen(self, service: str) -> Count:
        """Of what was in no line of a service, each of which stands for so many at most."""
        known = [weight for entry, weight in self.lines if entry.service == service]
        sampled = any(entry.stands_for for entry, _ in self.lines)
        return unseen(max(known, default=1.0 if sampled else self.page))
