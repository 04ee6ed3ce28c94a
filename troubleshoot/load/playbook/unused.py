"""What a playbook defines and nothing uses: a misspelt name looks the same."""

from collections.abc import Iterable, Iterator
from typing import Any

from troubleshoot.load.text.document import Document, Path
from troubleshoot.load.text.templates import unread, variables_in
from troubleshoot.model.notice import Notice
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.resolved_playbook import QueryFile


def unused(
    document: Document, playbook: Playbook, queries: Iterable[QueryFile]
) -> tuple[Notice, ...]:
    """Remedies, follow-ups and parameters of the playbook, and what its queries set."""
    queries = tuple(queries)
    return (
        *_parameters(document, playbook, queries),
        *_remedies(document, playbook),
        *_follow_ups(document, playbook),
        *(notice for query in queries for notice in _set(query)),
    )


def _parameters(
    document: Document, playbook: Playbook, queries: tuple[QueryFile, ...]
) -> Iterator[Notice]:
    written = {key: value for key, value in document.data.items() if key != "parameters"}
    texts = (*_texts(written), *(query.text for query in queries))
    used = frozenset().union(*map(variables_in, texts))
    for name in playbook.parameters:
        if name in used:
            continue
        message = f"the parameter {name!r} is used neither here nor in a query: remove it, or "
        yield _at(
            document, ("parameters", name), f"{message}write {{{{ {name} }}}} where it counts"
        )


def _texts(data: Any) -> Iterator[str]:
    """Every text in it, keys as well."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _remedies(document: Document, playbook: Playbook) -> Iterator[Notice]:
    used = {name for cause in playbook.diagnoses for name in cause.remedies}
    for name in playbook.remedies:
        if name not in used:
            message = f"no cause names the remedy {name!r}: it is never shown; add it to the "
            yield _at(document, ("remedies", name), f"{message}'remedies' of a cause, or remove it")


def _follow_ups(document: Document, playbook: Playbook) -> Iterator[Notice]:
    used = {name for cause in playbook.diagnoses for name in cause.prevented_by}
    for name in playbook.follow_ups:
        if name not in used:
            message = f"no cause names the follow-up {name!r}: it is never shown; add it to the "
            yield _at(document, ("follow_ups", name), f"{message}'prevented_by' of a cause")


def _set(query: QueryFile) -> Iterator[Notice]:
    for line, column, name in unread(query.text):
        message = f"{name!r} is set here and never used: remove it, or write {{{{ {name} }}}}"
        yield Notice(query.file, line, column, message)


def _at(document: Document, path: Path, message: str) -> Notice:
    return Notice(document.file, *document.place(path, key=True), message)
