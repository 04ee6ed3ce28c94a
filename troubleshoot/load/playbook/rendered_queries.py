"""Is a query still a query once its template is filled in? Asked before a run, not during it."""

import json
import re

from troubleshoot.load.text.document import dotted
from troubleshoot.load.text.files import is_text
from troubleshoot.load.text.templates import render
from troubleshoot.model.dialect import Dialect, Keys, Slip, Variables
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.resolved_playbook import QueryFile


def query_mistakes(query: QueryFile, variables: Variables, dialect: Dialect) -> list[Mistake]:
    """Fill the template in with the values at hand and read what comes out."""
    if not query.text.strip():
        return [_at(query, 1, 1, "the file is empty")]
    stand_ins = {**variables, **dialect.unset}
    try:
        text = render(query.text, stand_ins, language=dialect.language, file=query.file)
    except InputError as error:
        return list(error.mistakes)
    if dialect.language == "json":
        return json_mistakes(query, text, dialect)
    if any(line.split("#", 1)[0].strip() for line in text.splitlines()):
        return [_slip(query, one) for one in dialect.slips(text)]
    return [_at(query, 1, 1, "there is no query in this file, only comments")]


def json_mistakes(query: QueryFile, text: str, dialect: Dialect) -> list[Mistake]:
    """What is wrong with ``text``, the query filled in: no JSON, or not what its store is asked."""
    try:
        parsed = json.loads(text)
        if not isinstance(parsed, dict):
            return [_at(query, 1, 1, "expected a JSON object")]
        if not is_text(json.dumps(parsed, ensure_ascii=False)):
            half = re.search(r"\\ud[89a-f]", query.text, re.I)
            row = query.text.count("\n", 0, half.start()) + 1 if half else 1
            return [_at(query, row, 1, "not UTF-8 text: half of a character, written as \\ud…")]
        return [_slip(query, one) for one in dialect.slips(parsed)]
    except json.JSONDecodeError as error:
        return [_not_json(query, text, error)]
    except RecursionError:
        return [_at(query, 1, 1, "nested too deeply")]


def _not_json(query: QueryFile, text: str, error: json.JSONDecodeError) -> Mistake:
    """Loops move lines: where the filled-in line is not that of the file, it is quoted."""
    written, filled = query.text.split("\n"), text.split("\n")
    if len(written) == len(filled):
        same = written[error.lineno - 1] == filled[error.lineno - 1]
        column = error.colno if same else 1
        return _at(query, error.lineno, column, f"not JSON once filled in: {error.msg}")
    line = filled[error.lineno - 1].strip()
    row = next((row for row, one in enumerate(written, 1) if one.strip() == line), 1)
    message = f"not JSON once filled in: {error.msg}, in the line {line[:80]!r}"
    return _at(query, row, 1, message)


def _slip(query: QueryFile, slip: Slip) -> Mistake:
    line, column = _place(query.text, slip.keys)
    if not slip.value:
        where = f"{dotted(slip.keys)}: " if slip.keys else ""
        return _at(query, line, column, where + slip.message)
    written = query.text.split("\n")[line - 1][column - 1 :]
    names = re.findall(r"{{\s*(\w+)", written.partition('",')[0])
    comes = f" (it comes from the parameter {', '.join(names)})" if names else ""
    return _at(query, line, column, slip.message + comes)


def _place(text: str, keys: Keys) -> tuple[int, int]:
    """Where the last of ``keys`` stands: behind the one it is in, if no loop made it."""
    found = 0
    for key in keys:
        match = re.compile(rf"{re.escape(json.dumps(key))}\s*:").search(text, found)
        found = match.start() if match else found
    return text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found)


def _at(query: QueryFile, line: int, column: int, message: str) -> Mistake:
    return Mistake(query.file, line, column, "", message)
