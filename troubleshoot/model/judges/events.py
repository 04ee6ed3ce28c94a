"""Changes that were written down."""

from typing import ClassVar, Literal

from troubleshoot.model.finding import Evidence
from troubleshoot.model.judges.base import Judge


class Events(Judge):
    """Deployments, rollbacks, configuration, scaling, restarts, as far as they were written down.

    For the query ``vocabulary/events``. A warning at most, because a change proves nothing by being
    the latest; one restart alone is not even that. A change ``correlates`` by ``version`` where
    that version separates failed requests from good ones; by ``onset`` where errors or added time
    begin in the changed service, and the symptom began as the change came. Only as far as that is a
    change evidence. With ``absent: zero`` a system without an index of events is ok.
    """

    kind: Literal["events"]

    reads: ClassVar[Evidence] = Evidence.LOG
    sentence: ClassVar[str] = "changes that were written down within the lookback"
    words: ClassVar[tuple[str, ...]] = ("service", "change", "version", "correlates")
    convention: ClassVar[str] = "vocabulary/events"
