"""What every judge declares of itself, so that nothing elsewhere asks which one it is."""

from typing import ClassVar

from troubleshoot.model.finding import Evidence
from troubleshoot.model.strict import Strict

METRIC_WORDS = ("service", "instance", "version", "downstream_failing", "demanded", "explains")


class Judge(Strict):
    """How a check turns a signal into an outcome.

    ``reads`` is the kind of signal that it judges. ``sentence`` says in words what it measures:
    ``{name}`` stands for the field of that name, ``{name:unit}`` for its quantity; ``measures`` is
    the unit of its limits, '' for that of the check. ``words`` are those of a ``where`` that its
    rows answer. ``compares``: it needs the traces of the baseline too. ``dates_origins``: its rows
    tell in which service trouble begins. ``convention``: the one query that it is for, of those
    that vocabularies answer.
    """

    kind: str
    reads: ClassVar[Evidence] = Evidence.METRIC
    sentence: ClassVar[str] = ""
    measures: ClassVar[str] = ""
    words: ClassVar[tuple[str, ...]] = METRIC_WORDS
    compares: ClassVar[bool] = False
    dates_origins: ClassVar[bool] = False
    convention: ClassVar[str] = ""

    @property
    def samples(self) -> str:
        """The query for all sampled traces that it compares with, or ''."""
        return ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of log lines that it reads: which of them exist is asked first."""
        return ()
