"""One check as an author needs it: ``troubleshoot show PLAYBOOK CHECK``."""

import json
from collections.abc import Iterator

from rich.console import RenderableType

from troubleshoot.model.playbook import Check, EvidenceRule, Step
from troubleshoot.model.resolved_playbook import EVENTS, ResolvedPlaybook
from troubleshoot.model.where import Where
from troubleshoot.render.judges import judge_words, values, where_words
from troubleshoot.render.sanitize import neutral
from troubleshoot.render.terminal.blocks import (
    Blocks,
    copied,
    heading,
    indented,
    kept,
    labelled,
    printed,
    row,
)
from troubleshoot.render.terminal.breaks import text

_LABELS = 9


def show_check(loaded: ResolvedPlaybook, check: str, width: int, *, color: bool) -> str:
    """``check`` is the id of one that the playbook has."""
    loaded = neutral(loaded)
    found = next(pair for pair in loaded.playbook.checks() if pair[1].id == check)
    return printed(_check(loaded, *found), width, color=color)


def _check(loaded: ResolvedPlaybook, step: Step, check: Check) -> Blocks:
    yield text((check.title, "bold"), (f" · {check.id}", "dim"))
    yield from labelled([("step", f"{step.title} ({step.id}), guide {step.guide}")], _LABELS)
    words = [("judge", judge_words(check.judge, check.unit)), ("kind", check.judge.kind)]
    yield from labelled([*words, ("unit", check.unit), ("note", check.note)], _LABELS)
    for label, query in (("query", check.query), ("guide's", check.guide_query)):
        yield from _query(loaded, label, query) if query else ()
    yield heading("Words of a where about it")
    for word in check.words:
        yield from _word(word)
    used = list(_used(loaded, check.id))
    if used:
        yield heading("Causes that ask for it")
    yield from used


def _query(loaded: ResolvedPlaybook, label: str, name: str) -> Blocks:
    """Its text as it is written; of one that vocabularies answer, what each of them asks."""
    files = [one for one in loaded.queries if one.name == name]
    yield from kept(label, files[0].file if files else f"{name} (by convention)", _LABELS)
    for file in files:
        yield from copied("", file.text)
    for one in loaded.vocabularies if not files else ():
        if name == EVENTS and one.events:
            yield from kept(one.vocabulary, f"index {one.events.index}", _LABELS)
        for phrase in one.phrases:
            if f"vocabulary/{phrase.means}" == name:
                needs = ", ".join(
                    each if isinstance(each, str) else " or ".join(each) for each in phrase.needs
                )
                yield indented(text((f"{one.vocabulary}, where {needs} exists", "dim")), 2)
                yield from copied("", phrase.query)


def _word(word: str) -> Blocks:
    field = Where.model_fields[word]
    yield text((word, "bold"), f"  {field.description}")
    example = json.dumps({word: (field.examples or [None])[0]}).replace('"', "")
    pairs = [("values", values(word).replace("`", ""))]
    for block in (*labelled(pairs, 7), *kept("example", f"where: {example}", 7)):
        yield indented(block, 2)


def _used(loaded: ResolvedPlaybook, check: str) -> Iterator[RenderableType]:
    for cause in loaded.playbook.diagnoses:
        for word, rules in (("for", cause.for_), ("against", cause.against)):
            for rule in rules:
                if rule.check == check:
                    yield row((word, "dim"), text(cause.id, _asks(rule)), 7)


def _asks(rule: EvidenceRule) -> str:
    where = where_words(rule.where)
    return f": {rule.strength}, {rule.when}" + (f", where {where}" if where else "")
