"""Does everything a playbook names exist: checks, remedies, queries? Is every id there once?"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from troubleshoot.load.playbook import evidence
from troubleshoot.load.playbook.library import Library
from troubleshoot.load.playbook.rendered_queries import query_mistakes
from troubleshoot.load.playbook.vocabularies import meaning_problem
from troubleshoot.load.text.document import Document, Path
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.playbook import Check, Playbook
from troubleshoot.model.resolved_playbook import EVENTS, QueryFile, store_of
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.store import Store


def check(
    document: Document,
    playbook: Playbook,
    library: Library,
    variables: Mapping[str, Any],
    families: Collection[str],
) -> tuple[QueryFile, ...]:
    """The query files the playbook uses. Raises InputError with every mistake at once."""
    mistakes = [
        *_twice(document, playbook),
        *_names(document, playbook),
        *evidence.mistakes(document, playbook, families),
    ]
    queries: dict[str, QueryFile] = {}
    for one, where, name in _queries(playbook):
        if name.startswith("vocabulary/"):
            if problem := meaning_problem(name):
                mistakes.append(document.mistake(where, problem))
        elif name not in queries:
            found = library.find(name)
            if isinstance(found, str):
                mistakes.append(document.mistake(where, found))
                continue
            queries[name] = found
            mistakes += query_mistakes(found, variables, library.dialects.of(found.store))
        mistakes += _fits(document, where, name, one)
    if mistakes:
        raise InputError(tuple(mistakes))
    return tuple(queries.values())


def _checks(playbook: Playbook) -> Iterator[tuple[Path, Check]]:
    for row, step in enumerate(playbook.steps):
        for column, one in enumerate(step.checks):
            yield ("steps", row, "checks", column), one


def _queries(playbook: Playbook) -> Iterator[tuple[Check, Path, str]]:
    """Every query with the check that it belongs to, and the place of its name."""
    by_id = {}
    for path, one in _checks(playbook):
        by_id[one.id] = one
        yield one, (*path, "query"), one.query
        if one.guide_query:
            yield one, (*path, "guide_query"), one.guide_query
        if one.judge.samples:
            yield one, (*path, "judge", "among"), one.judge.samples
    for row, rule in enumerate(playbook.verify):
        if rule.guide_query and rule.check in by_id:
            yield by_id[rule.check], ("verify", row, "guide_query"), rule.guide_query


def _twice(document: Document, playbook: Playbook) -> Iterator[Mistake]:
    ids: list[tuple[str, str, Path]] = [("check", one.id, path) for path, one in _checks(playbook)]
    ids += [("step", step.id, ("steps", row)) for row, step in enumerate(playbook.steps)]
    ids += [
        ("diagnosis", rule.id, ("diagnoses", row)) for row, rule in enumerate(playbook.diagnoses)
    ]
    seen: set[tuple[str, str]] = set()
    for kind, name, path in ids:
        if (kind, name) in seen:
            yield document.mistake((*path, "id"), f"the {kind} id {name!r} is here twice")
        seen.add((kind, name))


def _names(document: Document, playbook: Playbook) -> Iterator[Mistake]:
    checks = sorted(one.id for _, one in _checks(playbook))
    for path, kind, name, known in _mentions(playbook, checks):
        if name not in known:
            hint = did_you_mean(name, known)
            allowed = ", ".join(known) or "none"
            yield document.mistake(path, f"there is no {kind} {name!r}.{hint} Known: {allowed}")


def _mentions(playbook: Playbook, checks: list[str]) -> Iterator[tuple[Path, str, str, list[str]]]:
    remedies, follow_ups = sorted(playbook.remedies), sorted(playbook.follow_ups)
    for name in playbook.symptoms:
        yield ("symptom",), "check", name, checks
    for path, rule in evidence.observations(playbook):
        yield (*path, "check"), "check", rule.check, checks
    for row, diagnosis in enumerate(playbook.diagnoses):
        for column, name in enumerate(diagnosis.remedies):
            yield ("diagnoses", row, "remedies", column), "remedy", name, remedies
        for column, name in enumerate(diagnosis.prevented_by):
            yield ("diagnoses", row, "prevented_by", column), "follow-up", name, follow_ups
    for row, step in enumerate(playbook.verify):
        yield ("verify", row, "check"), "check", step.check, checks
    for name, remedy in playbook.remedies.items():
        yield ("remedies", name, "verify"), "check", remedy.verify, checks


def _fits(document: Document, where: Path, name: str, one: Check) -> Iterator[Mistake]:
    """Every query of a check must be of the store that its judge reads."""
    judge = one.judge
    if one.optional and (name == EVENTS or not name.startswith("vocabulary/")):
        yield document.mistake(where, "only what vocabularies say of metrics may be 'optional'")
    if judge.convention and name != judge.convention:
        message = f"the judge {judge.kind!r} and the query {judge.convention!r} go together"
        yield document.mistake(where, message)
    elif store_of(name).evidence is not judge.reads:
        stores = " or ".join(Store.answering(judge.reads))
        message = f"the judge {judge.kind!r} reads {stores} queries, and this is {store_of(name)}"
        yield document.mistake(where, message)
