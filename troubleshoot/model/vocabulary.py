"""A vocabulary: which metrics of one naming convention mean what. This is what authors write."""

from typing import Literal

from pydantic import Field

from troubleshoot.model.judge import Strict
from troubleshoot.model.playbook import Slug

Meaning = Literal["traffic", "errors", "latency", "saturation", "restarts", "up", "version"]
MEANINGS: tuple[str, ...] = Meaning.__args__  # type: ignore[attr-defined]


class Phrase(Strict):
    """One PromQL query that means something of a service.

    ``errors`` are a share of the traffic, ``latency`` is in seconds, ``saturation`` the part of a
    limit in use, ``restarts`` how many within the lookback, ``up`` how many instances. It applies
    where all metrics in ``needs`` exist. ``labels`` says what the query's labels are in common
    words: ``service`` always, ``instance`` and ``version`` where there are any.
    """

    means: Meaning
    needs: tuple[str, ...] = Field(min_length=1)
    labels: dict[Literal["service", "instance", "version"], str]
    query: str


class Vocabulary(Strict):
    """One file under ``queries/vocabulary/``."""

    vocabulary: Slug
    title: str
    phrases: tuple[Phrase, ...] = Field(min_length=1)
