"""Names in evidence that nothing here has: perhaps misspelt, perhaps another system's."""

from collections.abc import Collection, Iterable, Iterator

from troubleshoot.analysis.hosts import host, service_at
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.model.facts import LogFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding
from troubleshoot.model.notice import Notice
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.where import SERVICE_WORDS, Address, TextRule, Where


def heard(findings: Iterable[Finding], answers: Answers) -> frozenset[str]:
    """Every name that any answer of the run has; none where no trace or log could tell."""
    told = [one for one in findings if one.outcome.conclusive]
    if all(one.evidence is Evidence.METRIC for one in told):
        return frozenset()
    items = [item for one in told for item in one.items]
    found = {value for item in items for _, value in item.labels}
    found |= {item.service for item in items}
    for facts in (item.facts for item in items):
        if isinstance(facts, TraceFacts):
            found.add(facts.caller)
        elif isinstance(facts, LogFacts):
            found |= {facts.blames, *facts.through}
    found |= {span.service for one in answers for tree in one.trees for span in tree.spans}
    return frozenset(found | {host(one) for one in found}) - {""}


def unheard(playbook: Playbook, file: str, services: Collection[str]) -> tuple[Notice, ...]:
    """One notice for each service that evidence asks for and that is not among ``services``.

    ``services`` are all that was heard of; without any, nothing can be said.
    """
    asked: dict[str, list[str]] = {}
    for cause in playbook.diagnoses:
        for one in (*cause.for_, *cause.against):
            for name in _names(one.where):
                if name != f"<{cause.each}>":
                    asked.setdefault(name, []).append(cause.id)
    return tuple(
        Notice(file, 0, 0, _sentence(name, tuple(dict.fromkeys(causes)), services))
        for name, causes in asked.items()
        if services and service_at(name, services) not in services
    )


def _sentence(name: str, causes: tuple[str, ...], services: Collection[str]) -> str:
    return (
        f"nothing here tells of a service {name!r}, for which the evidence of"
        f" {', '.join(causes)} asks.{did_you_mean(name, sorted(services))}"
    )


def _names(where: Where) -> Iterator[str]:
    for word, wanted in where.asked:
        if word in SERVICE_WORDS:
            yield from _several(wanted.at if isinstance(wanted, Address) else wanted)
        elif isinstance(wanted, TextRule):
            yield from _several(wanted.names)


def _several(wanted: str | tuple[str, ...]) -> tuple[str, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)
