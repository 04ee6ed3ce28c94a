"""Query templates: Jinja2 in its sandbox, without anything that could run for long."""

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.runtime import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from troubleshoot.load.text import escape
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.spelling import did_you_mean

Variables = Mapping[str, Any]

FILTERS = (
    "first",
    "join",
    "last",
    "length",
    "lower",
    "replace",
    "round",
    "tojson",
    "upper",
)
# what a parameter cannot be called: words of Jinja2, and variables that are always there
WORDS = ("false", "loop", "none", "not", "self", "true")
RESERVED = frozenset({*WORDS, "at", "first_field", "from", "lookback", "step", "to", "window"})
_UNAVAILABLE: dict[type[nodes.Node], str] = {
    nodes.AssignBlock: "endset",
    nodes.Block: "block",
    nodes.CallBlock: "call",
    nodes.Extends: "extends",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
    nodes.Import: "import",
    nodes.Include: "include",
    nodes.Macro: "macro",
    nodes.ScopedEvalContextModifier: "autoescape",
}


class _Direct(str):
    """The value of a variable as it was given, as opposed to what a template made of it."""

    __slots__ = ()


class _Sandbox(ImmutableSandboxedEnvironment):
    # 'a' * 10**9 and '%1000000000d' % 1 would eat the machine; queries have no need of either
    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        raise SecurityError(f"the operator {operator} is not available in templates")


def _finalize(value: Any) -> Any:
    if isinstance(value, Markup | Undefined):  # Markup is what `tojson` returns
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, str):
        return escape.mark(value, direct=isinstance(value, _Direct))
    if isinstance(value, list | tuple):
        raise ValueError("a list needs '| alternatives' or '| tojson' behind its name")  # noqa: TRY004
    raise ValueError(f"{value!r} is not text or a number")


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    whole = float(value).is_integer() and abs(value) < 1e15
    return repr(int(value)) if whole else repr(value)


def _environment() -> _Sandbox:
    environment = _Sandbox(
        undefined=StrictUndefined,
        finalize=_finalize,
        optimized=False,  # it would fold constants into the tree that is kept
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters["alternatives"] = _alternatives
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False}
    return environment


def _alternatives(values: Any) -> str:
    """A list as an RE2 alternation of literal texts: ``order-service|payment-service``."""
    special = set("\\.+*?()|[]{}^$")
    texts = [values] if isinstance(values, str) else values
    return "|".join(
        "".join("\\" + char if char in special else char for char in str(text)) for text in texts
    )


_ENVIRONMENT = _environment()


@lru_cache(maxsize=500)
def _parsed(text: str) -> nodes.Template:
    return _ENVIRONMENT.parse(text)


@lru_cache(maxsize=500)  # a query is filled in when it is loaded and again when it is asked
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.from_string(_parsed(text))


def render(text: str, variables: Variables, *, language: str, file: str, line: int = 1) -> str:
    """``language`` is a key of escape.LANGUAGES; ``line`` is where ``text`` begins in ``file``.

    Raises InputError with the place of every mistake: syntax, a variable that is not there, a
    value that cannot stand where it does.
    """
    if not _is_template(text):
        return text
    check(text, variables, file=file, line=line)
    try:
        filled = _compiled(text).render({name: _direct(value) for name, value in variables.items()})
        return escape.place(filled, escape.LANGUAGES[language])
    except TemplateSyntaxError as error:  # an unknown filter
        raise _syntax(file, line, error) from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        RecursionError,
    ) as error:
        row = error.row if isinstance(error, escape.Misplaced) else _row(error.__traceback__)
        message = f"the template cannot be filled in: {error}"
        raise InputError((Mistake(file, line + row - 1, 1, "", message),)) from None


def check(text: str, variables: Variables, *, file: str, line: int = 1) -> None:
    """Find mistakes without filling anything in. Raises InputError with all of them."""
    if not _is_template(text):
        return
    try:
        tree = _parsed(text)
    except TemplateSyntaxError as error:
        raise _syntax(file, line, error) from None
    except RecursionError:
        raise InputError((Mistake(file, line, 1, "", "nested too deeply"),)) from None
    rows = text.split("\n")
    mistakes = [
        Mistake(file, line + row - 1, max(rows[row - 1].find(word), 0) + 1, "", message)
        for row, word, message in _problems(tree, variables)
    ]
    if mistakes:
        raise InputError(tuple(dict.fromkeys(mistakes)))


def variables_in(text: str) -> frozenset[str]:
    """The variables that a template reads. Raises TemplateSyntaxError for what is none."""
    if not _is_template(text):
        return frozenset()
    names = _parsed(text).find_all(nodes.Name)
    return frozenset(name.name for name in names if name.ctx == "load")


def unread(text: str) -> tuple[tuple[int, int, str], ...]:
    """(line, column, name) of what a template sets and does not read."""
    if not _is_template(text):
        return ()
    read, rows = variables_in(text), text.split("\n")
    return tuple(
        (name.lineno, max(rows[name.lineno - 1].find(name.name), 0) + 1, name.name)
        for one in _parsed(text).find_all(nodes.Assign)
        for name in one.find_all(nodes.Name)
        if name.ctx == "store" and name.name not in read
    )


def _is_template(text: str) -> bool:
    return "{{" in text or "{%" in text or "{##" in text


def _problems(tree: nodes.Template, variables: Variables) -> Iterator[tuple[int, str, str]]:
    """(row in the text, word to point at, message)."""
    assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    known = {*variables, *assigned, "loop"}
    for node in tree.find_all(tuple(_UNAVAILABLE)):
        word = _UNAVAILABLE[type(node)]
        yield node.lineno, "{%", f"{word!r} is not available: only values, 'if', 'for' and 'set'"
    for name in tree.find_all(nodes.Name):
        if name.name not in known:
            hint = did_you_mean(name.name, sorted(variables))
            available = ", ".join(sorted(variables))
            message = f"unknown variable {name.name!r}.{hint} Available: {available}"
            yield name.lineno, name.name, message
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, float) and not math.isfinite(constant.value):
            yield constant.lineno, "{", "a number is larger than this program can count"
    for attribute in tree.find_all(nodes.Getattr):
        if not (isinstance(attribute.node, nodes.Name) and attribute.node.name == "loop"):
            word = f".{attribute.attr}"
            yield attribute.lineno, word, f"{word!r} is not available: values have no attributes"
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and callable(variables.get(call.node.name))):
            yield call.lineno, "(", "a call is not available here"


def _direct(value: Any) -> Any:
    if isinstance(value, str):
        return _Direct(value)
    return tuple(map(_direct, value)) if isinstance(value, list | tuple) else value


def _syntax(file: str, line: int, error: TemplateSyntaxError) -> InputError:
    message = f"not a valid template: {error.message}"
    if "unexpected char" in message or "expected token" in message:
        message += "; braces that are no template stand between {% raw %} and {% endraw %}"
    if named := re.match(r"No filter named '(\w+)'", str(error.message)):
        allowed = [*FILTERS, "alternatives"]
        message += f"{did_you_mean(named[1], allowed)} Available: {', '.join(sorted(allowed))}"
    return InputError((Mistake(file, line + error.lineno - 1, 1, "", message),))


def _row(traceback: TracebackType | None) -> int:
    """The template line an error came from: Jinja2 writes it into the traceback."""
    row = 1
    while traceback:
        if traceback.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            row = traceback.tb_lineno
        traceback = traceback.tb_next
    return row
