"""The PromQL of a loaded playbook, filled in: refused where it is none; pitfalls are noticed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.promql.variant import HINT, PROMQL, variant
from troubleshoot.load.text.document import dotted, parse_document
from troubleshoot.load.text.template_origin import origin
from troubleshoot.load.text.templates import render
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.notice import Notice
from troubleshoot.model.resolved_playbook import QueryFile, ResolvedPlaybook


def checked(loaded: ResolvedPlaybook, variables: Mapping[str, Any]) -> ResolvedPlaybook:
    """``loaded`` with its pitfalls among the notices. Raises InputError with all that is no PromQL.

    The guide's own queries may hold some: what they are judged with stands beside them.
    Vocabularies that ship take no parameters; a test reads them instead.
    """
    mistakes: list[Mistake] = []
    notices: list[Notice] = []
    for query in loaded.queries:
        if query.name.startswith("vocabulary/"):
            mistakes += _vocabulary_mistakes(query, variables) if not _ships(query) else ()
        elif query.name.endswith(".promql"):
            try:
                notices += _notices(query, loaded, variables)
            except InputError as error:
                mistakes += error.mistakes
    if mistakes:
        raise InputError(tuple(mistakes), HINT)
    return replace(loaded, notices=(*loaded.notices, *notices))


def _ships(query: QueryFile) -> bool:
    return Path(query.file).is_relative_to(built_in().queries)


def _notices(
    query: QueryFile, loaded: ResolvedPlaybook, variables: Mapping[str, Any]
) -> Iterator[Notice]:
    """For each check that judges by the query. Raises InputError."""
    from troubleshoot.load.playbook.promql.pitfalls import pitfalls
    from troubleshoot.load.playbook.promql.syntax import NotPromQLError, read

    spoken = variant(query.text)
    if spoken.problem:
        raise _error(query, query.text, query.text, spoken.offset, spoken.problem)
    if spoken.name != PROMQL:
        return
    filled = render(query.text, variables, language="promql", file=query.file)
    try:
        root = read(filled)
    except NotPromQLError as error:
        message = f"not PromQL once filled in: {error.message}"
        raise _error(query, query.text, filled, error.offset, message) from None
    for _, check in loaded.playbook.checks():
        if check.query == query.name:
            zero, labels_only = check.absent == "zero", check.judge.kind == "changes"
            for one in pitfalls(root, zero=zero, labels_only=labels_only):
                place = origin(query.text, filled, one.offset)
                yield Notice(query.file, *place, one.message, check.id)


def _error(query: QueryFile, text: str, filled: str, offset: int, message: str) -> InputError:
    place = origin(text, filled, offset)
    return InputError((Mistake(query.file, *place, "", message, excerpt(filled, offset)),))


def excerpt(filled: str, offset: int) -> str:
    """The line of ``filled`` around ``offset``, and a caret below it."""
    start = filled.rfind("\n", 0, offset) + 1
    line, column = filled[start:].split("\n", 1)[0], offset - start
    first = max(column - 40, 0)
    return f"    {line[first : first + 80]}\n    {' ' * (column - first)}^"


def _vocabulary_mistakes(file: QueryFile, variables: Mapping[str, Any]) -> Iterator[Mistake]:
    from troubleshoot.load.playbook.promql.syntax import NotPromQLError, read

    document = parse_document(file.text, file.file)
    for row, phrase in enumerate(document.data.get("phrases", ())):
        path, text = ("phrases", row, "query"), phrase["query"]
        spoken = variant(text)
        if spoken.problem:
            yield document.mistake(path, spoken.problem)
        if spoken.name != PROMQL:
            continue
        try:
            filled = render(text, variables, language="promql", file=file.file)
            read(filled)
        except InputError as error:
            for one in error.mistakes:
                line, column = document.inside(path, text, one.line, one.column)
                yield replace(one, line=line, column=column, path=dotted(path))
        except NotPromQLError as error:
            line, column = document.inside(path, text, *origin(text, filled, error.offset))
            message = f"not PromQL: {error.message}"
            shown = excerpt(filled, error.offset)
            yield Mistake(file.file, line, column, dotted(path), message, shown)
