"""Query templates: Jinja2 in its sandbox; every value is escaped for the language it lands in."""

import json
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from troubleshoot.load.validate import did_you_mean
from troubleshoot.model.errors import InputError, Mistake

Variables = Mapping[str, Any]


class _Sandbox(ImmutableSandboxedEnvironment):
    # 'a' * 10**9 would eat the machine; templates have no need to multiply
    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        raise SecurityError(f"the operator {operator} is not available in templates")


def _plain(value: Any) -> str:
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _promql(value: Any) -> str:
    """For the inside of a double-quoted PromQL string; numbers and durations are unchanged."""
    return _plain(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _json(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)[1:-1]


def _shell(value: Any) -> str:
    return shlex.quote(_plain(value))


ESCAPES: dict[str, Callable[[Any], str]] = {
    "plain": _plain,
    "promql": _promql,
    "json": _json,
    "shell": _shell,
}


def _environment(escape: Callable[[Any], str]) -> _Sandbox:
    def finalize(value: Any) -> Any:
        # Markup is what `tojson` returns: it is JSON already
        return value if isinstance(value, Markup | StrictUndefined) else escape(value)

    environment = _Sandbox(
        undefined=StrictUndefined,
        finalize=finalize,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["alternatives"] = _alternatives
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False}
    return environment


def _alternatives(values: Any) -> str:
    """A list as an RE2 alternation of literal texts: ``order-service|payment-service``."""
    special = set("\\.+*?()|[]{}^$")
    return "|".join(
        "".join("\\" + char if char in special else char for char in str(value)) for value in values
    )


_ENVIRONMENTS = {name: _environment(escape) for name, escape in ESCAPES.items()}


def render(text: str, variables: Variables, *, language: str, file: str, line: int = 1) -> str:
    """``language`` is a key of ESCAPES; ``line`` is where ``text`` begins in ``file``.

    Raises InputError with the place of a syntax error or of a variable that is not there.
    """
    environment = _ENVIRONMENTS[language]
    check(text, variables, file=file, line=line)
    try:
        return environment.from_string(text).render(dict(variables))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise _mistake(file, line, 1, f"the template cannot be filled in: {error}") from None


def check(text: str, variables: Variables, *, file: str, line: int = 1) -> None:
    """Find syntax errors and unknown variables without filling anything in. Raises InputError."""
    if "{{" not in text and "{%" not in text:
        return
    try:
        tree = _ENVIRONMENTS["plain"].parse(text)
    except TemplateSyntaxError as error:
        message = f"not a valid template: {error.message}"
        raise _mistake(file, line + error.lineno - 1, 1, message) from None
    known = set(variables)
    assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    for name in tree.find_all(nodes.Name):
        if name.name in known or name.name in assigned or name.name in _JINJA_GLOBALS:
            continue
        row = text.split("\n")[name.lineno - 1]
        column = max(row.find(name.name), 0) + 1
        hint = did_you_mean(name.name, sorted(known))
        message = f"unknown variable {name.name!r}.{hint} Available: {', '.join(sorted(known))}"
        raise _mistake(file, line + name.lineno - 1, column, message)


_JINJA_GLOBALS = frozenset({"loop"})


def _mistake(file: str, line: int, column: int, message: str) -> InputError:
    return InputError((Mistake(file, line, column, "", message),))
