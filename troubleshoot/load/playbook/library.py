"""Where queries are had, and how their stores are asked."""

from collections.abc import Callable
from dataclasses import dataclass

from troubleshoot.model.dialect import Dialects
from troubleshoot.model.resolved_playbook import QueryFile

Find = Callable[[str], QueryFile | str]  # by name; or the sentence that says why there is none


@dataclass(frozen=True, slots=True)
class Library:
    """Queries by name; all vocabularies and families of messages there are."""

    find: Find
    dialects: Dialects
    vocabularies: Callable[[], tuple[QueryFile, ...]] = tuple
    messages: Callable[[], tuple[QueryFile, ...]] = tuple
