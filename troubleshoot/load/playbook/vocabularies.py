"""Vocabulary files: found in the query folders, and read into values."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from troubleshoot.load.assets import built_in
from troubleshoot.load.text.document import parse_document
from troubleshoot.load.text.files import read_text
from troubleshoot.load.text.validate import validate
from troubleshoot.model.errors import InputError
from troubleshoot.model.resolved_playbook import EVENTS, QueryFile, Setting
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.vocabulary import MEANINGS, MetricMapping, Vocabulary

FOLDER = "vocabulary"
# parameters of a playbook that vocabularies fill in, and which key of theirs does
LOGS = {
    "log_level_fields": "level",
    "log_service_fields": "service",
    "log_message_fields": "message",
    "log_trace_fields": "trace",
    "log_error_levels": "errors",
}


def find_vocabularies(folders: Sequence[Path]) -> tuple[QueryFile, ...]:
    """One's own before the built-in ones; an own one hides the built-in one of the same file name.

    Raises InputError.
    """
    found: dict[str, QueryFile] = {}
    for folder in sorted(folders, key=lambda one: one == built_in().queries):
        for file in sorted((folder / FOLDER).glob("*.yaml")):
            name = f"{FOLDER}/{file.name}"
            if name not in found and os.path.isfile(file):
                found[name] = QueryFile(name, str(file), read_text(file))
    return tuple(found.values())


def read_vocabulary(file: QueryFile) -> Vocabulary:
    """Raises InputError with the place of each mistake."""
    document = parse_document(file.text, file.file)
    found = validate(Vocabulary, document, document.data)
    mistakes = [
        document.mistake(("phrases", row, key), mistake)
        for row, phrase in enumerate(found.phrases)
        for key, mistake in _phrase_mistakes(phrase)
    ]
    mistakes += [
        document.mistake(("aliases", name), mistake)
        for name, mistake in _alias_mistakes(found.aliases)
    ]
    if mistakes:
        raise InputError(tuple(mistakes))
    return found


def _phrase_mistakes(phrase: MetricMapping) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it)."""
    whom = [*(phrase.labels.keys() & {"service", "host"}), *(["about"] if phrase.about else [])]
    if len(whom) != 1:
        yield "labels", "exactly one of the keys 'service' and 'host' is needed, or 'about'"
    elif ("source" in phrase.labels) is not (phrase.means == "calls"):
        yield (
            "labels",
            "the key 'source' says who calls: it belongs to 'calls', and to nothing else",
        )
    elif phrase.means == "calls" and phrase.about:
        yield "about", "for 'calls' a label says whom: 'service' or 'host'"
    if phrase.statistic and phrase.means != "latency":
        yield "statistic", "the key 'statistic' belongs to 'latency', and to nothing else"


def _alias_mistakes(aliases: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name, others in aliases.items():
        for other in others:
            if other in aliases:
                yield name, f"{other!r} cannot be both a name to say and an alias of {name!r}"
            elif other in seen:
                yield name, f"{other!r} is an alias of {seen[other]!r} already"
            seen.setdefault(other, name)


def filled(settings: Iterable[Setting], vocabularies: Sequence[Vocabulary]) -> tuple[Setting, ...]:
    """Parameters on the fields of logs that nobody has decided: what the vocabularies say."""
    return tuple(
        replace(one, value=said, source=FOLDER)
        if one.value == () and (said := _said(one.name, vocabularies))
        else one
        for one in settings
    )


def _said(parameter: str, vocabularies: Sequence[Vocabulary]) -> tuple[str, ...]:
    lists = (getattr(one.logs, LOGS.get(parameter, ""), ()) for one in vocabularies)
    return tuple(dict.fromkeys(word for words in lists for word in words))


def meaning_problem(name: str) -> str:
    """Why ``vocabulary/NAME`` is no query, or nothing."""
    meaning = name.partition("/")[2]
    known = (*MEANINGS, EVENTS.partition("/")[2])
    if meaning in known:
        return ""
    allowed = ", ".join(known)
    return f"there is no meaning {meaning!r}.{did_you_mean(meaning, known)} Known: {allowed}"
