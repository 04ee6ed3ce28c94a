"""A playbook read from its files, with every parameter decided."""

from dataclasses import dataclass

from troubleshoot.model.finding import Evidence
from troubleshoot.model.messages import Family
from troubleshoot.model.notice import Notice
from troubleshoot.model.playbook import Check, Playbook, Value
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import Vocabulary

EVENTS = "vocabulary/events"  # the one convention that is no metric


def convention(evidence: Evidence) -> Store:
    """The store that is asked in the words of vocabularies: the first of its kind."""
    return Store.answering(evidence)[0]


def store_of(query: str) -> Store:
    """The store that a query is for, by its name."""
    folder = query.partition("/")[0]
    if folder == "vocabulary":
        return convention(Evidence.LOG if query == EVENTS else Evidence.METRIC)
    return next(store for store in Store if store.folder == folder)


@dataclass(frozen=True, slots=True)
class QueryFile:
    """``name`` as playbooks write it (``promql/x.promql``); ``file`` where it was found."""

    name: str
    file: str
    text: str

    @property
    def store(self) -> Store:
        return store_of(self.name)


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter's value and who decided it.

    That is ``default``, ``vocabulary``, ``environment``, ``alert`` or ``--set``.
    """

    name: str
    value: Value
    source: str


@dataclass(frozen=True, slots=True)
class ResolvedPlaybook:
    """``text`` is the playbook as written, so that a bundle can load it again."""

    playbook: Playbook
    file: str
    text: str
    queries: tuple[QueryFile, ...]
    settings: tuple[Setting, ...]
    vocabularies: tuple[Vocabulary, ...] = ()
    families: tuple[Family, ...] = ()
    notices: tuple[Notice, ...] = ()

    def store(self, check: Check) -> Store:
        return store_of(check.query)

    def query(self, name: str) -> QueryFile:
        return next(query for query in self.queries if query.name == name)

    @property
    def variables(self) -> dict[str, Value]:
        return {setting.name: setting.value for setting in self.settings}
