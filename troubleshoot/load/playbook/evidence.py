"""Does evidence ask for what its check can tell? A word that nothing answers is a mistake."""

from collections.abc import Collection, Iterator
from typing import Any

from troubleshoot.load.text.document import Document, Path
from troubleshoot.model.errors import Mistake
from troubleshoot.model.judges.presence import Presence
from troubleshoot.model.judges.share import Share
from troubleshoot.model.playbook import Check, DiagnosisRule, EvidenceRule, Observation, Playbook
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.where import TextRule, Where


def evidence(playbook: Playbook) -> Iterator[tuple[Path, DiagnosisRule, EvidenceRule]]:
    """Every piece of evidence with its place and its cause."""
    for row, cause in enumerate(playbook.diagnoses):
        for side, rules in (("for", cause.for_), ("against", cause.against)):
            for column, one in enumerate(rules):
                yield ("diagnoses", row, side, column), cause, one


def observations(playbook: Playbook) -> Iterator[tuple[Path, Observation]]:
    """Every piece of evidence, and what remedies say must have been seen, with its place."""
    for path, _, one in evidence(playbook):
        yield path, one
    for name, remedy in playbook.remedies.items():
        for column, condition in enumerate(remedy.only_if):
            yield ("remedies", name, "only_if", column), condition


def mistakes(
    document: Document, playbook: Playbook, families: Collection[str]
) -> Iterator[Mistake]:
    """What the evidence asks for and nothing can answer.

    Words that the judge of a check does not have, labels its rows never have, unknown families,
    and causes of ``each`` that nothing is looked for.
    """
    checks = {check.id: check for _, check in playbook.checks()}
    for path, one in observations(playbook):
        if check := checks.get(one.check):
            yield from _words(document, (*path, "where"), check, one.where)
            yield from _labels(document, (*path, "where", "labels"), check, one.where)
        yield from _families(document, (*path, "where"), one.where, sorted(families))
    for row, cause in enumerate(playbook.diagnoses):
        mark = f"<{cause.each}>"
        if cause.each and not any(_names(one.where, mark) for one in cause.for_):
            message = f"nothing in 'for' asks for {mark}, so nobody is ever in question"
            yield document.mistake(("diagnoses", row, "each"), message)


def _words(document: Document, path: Path, check: Check, where: Where) -> Iterator[Mistake]:
    for word, _ in where.asked:
        if word not in check.words:
            hint = did_you_mean(word, check.words)
            message = (
                f"{check.id!r} has no word {word!r}.{hint} It has: {', '.join(sorted(check.words))}"
            )
            yield document.mistake((*path, word), message, key=True)


def _labels(document: Document, path: Path, check: Check, where: Where) -> Iterator[Mistake]:
    """Where the judge itself says which labels and values its rows have."""
    judge, asked = check.judge, where.labels or {}
    if isinstance(judge, Share):
        for label in asked:
            if label != judge.by:
                message = f"the rows of {check.id!r} have no label but {judge.by!r}"
                yield document.mistake((*path, label), message, key=True)
    if isinstance(judge, Presence):
        wanted = asked.get(judge.by, ())
        for value in (wanted,) if isinstance(wanted, str) else wanted:
            if isinstance(value, str) and value not in judge.expect:
                hint = did_you_mean(value, judge.expect)
                message = (
                    f"{check.id!r} does not expect {value!r}.{hint} It expects:"
                    f" {', '.join(judge.expect)}{_as_written(document, check)}"
                )
                yield document.mistake((*path, judge.by), message)


def _as_written(document: Document, check: Check) -> str:
    """Which template decides whom a check expects, where it is one: that is what must change."""
    checks = (one for step in document.data["steps"] for one in step["checks"])
    written = next(one["judge"]["expect"] for one in checks if one["id"] == check.id)
    return f" (as {written.strip()} says: change both)" if isinstance(written, str) else ""


def _families(document: Document, path: Path, where: Where, known: list[str]) -> Iterator[Mistake]:
    for place, rule in _texts(where):
        for key, name in rule.families:
            if name not in known:
                row = getattr(rule, key).index(name)
                message = (
                    f"there is no family of messages {name!r}.{did_you_mean(name, known)}"
                    f" Known: {', '.join(known)}"
                )
                yield document.mistake((*path, *place, key, row), message)


def families_used(playbook: Playbook) -> bool:
    """Whether any evidence asks for a family of messages."""
    return any(rule.families for _, one in observations(playbook) for _, rule in _texts(one.where))


def _texts(where: Where) -> Iterator[tuple[Path, TextRule]]:
    for word, wanted in where.asked:
        if isinstance(wanted, TextRule):
            yield (word,), wanted
        if word == "labels":
            for label, one in wanted.items():
                if isinstance(one, TextRule):
                    yield (word, label), one


def _names(where: Where, mark: str) -> bool:
    values: list[Any] = [wanted for word, wanted in where.asked if word != "labels"]
    values += (where.labels or {}).values()
    return any(one == mark or (isinstance(one, tuple) and mark in one) for one in values)
