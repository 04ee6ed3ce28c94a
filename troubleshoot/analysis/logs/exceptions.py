"""The exception behind a log line: its type, and where in the application it was raised."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from troubleshoot.analysis.logs.frames import application_frame, frame_at

MAX_STACK = 32_000  # characters that are read, from both ends
MAX_LINE = 500

TYPES = (
    *("error.type", "exception.type", "exception.class", "exception_type", "exception.name"),
    *("error.class", "error.name", "err.type", "err.name", "exception.exception_class"),
)
STACKS = (
    *("error.stack_trace", "exception.stacktrace", "exception.stack_trace", "stack_trace"),
    *("stacktrace", "error.stack", "err.stack", "exc_info", "exception", "stack", "traceback"),
    *("exception.backtrace", "exception.traceback", "attributes.exception.stacktrace"),
    *("backtrace", "error.backtrace"),
)
_ANY = frozenset({*TYPES, *STACKS})

_CAUSED_BY = re.compile(r"^[ \t]*Caused by: ", re.M)  # Java: the root cause is last
_HANDLING = re.compile(  # Python: the root cause is first
    r"^(?:During handling of the above exception|The above exception was the direct cause)", re.M
)
_NAMED = re.compile(
    r"(?<![\w$])(?:[A-Za-z_]\w*\.)*([A-Za-z_][\w$]*(?:Exception|Error|Throwable))\b"
)
_AFTER_FRAMES = re.compile(r"^([A-Za-z_][\w.]*)(?::.*)?$", re.M)
_PANIC = re.compile(r"^(?:panic|fatal error): ", re.M)
_RUBY_RAISED = re.compile(  # "path:1:in `f': message (Type)", or "Type (message):" above the frames
    r"^[ \t]*[^\s:]+:\d+:in [`'][^\n]*\(([A-Z][\w:]*)\)$|^([A-Z][\w:]*) \([^\n]*\):$", re.M
)
_TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True, slots=True)
class Raised:
    """``type`` without its package; ``frame`` is the deepest one of the application; '' if unknown.

    ``says`` is the line that tells what happened, where the message begins with a stack trace.
    """

    type: str = ""
    frame: str = ""
    says: str = ""


_NOTHING = Raised()


def raised(values: Mapping[str, str], message: str) -> Raised:
    """Of the root cause, where one exception led to another."""
    if values.keys().isdisjoint(_ANY) and "\n" not in message:
        return _NOTHING
    named = next((values[name] for name in TYPES if values.get(name)), "")[:MAX_LINE]
    stack = next((values[name] for name in STACKS if "\n" in values.get(name, "")), "")
    found = _in_stack(_bounded(stack or message)) if stack or "\n" in message else _NOTHING
    return Raised(found.type or _short(named), found.frame, "" if stack else found.says)


def _in_stack(text: str) -> Raised:
    if frame_at(text) < 0:
        return _NOTHING
    if _TRACEBACK in text or '\n  File "' in text:
        return _python(text)
    if _PANIC.search(text):
        return Raised("panic", application_frame(text[text.find("\n") :]))
    if found := _RUBY_RAISED.search(text):
        return Raised(_short(found[1] or found[2]), application_frame(text))
    blocks = list(reversed(_CAUSED_BY.split(text)))  # from the root cause outwards
    frames = filter(None, map(application_frame, blocks))
    return Raised(_header(blocks[0]) or _header(text), next(frames, ""))


def _python(text: str) -> Raised:
    blocks = _HANDLING.split(text)
    frame = next(filter(None, map(application_frame, blocks)), "")
    end = blocks[0].rfind('File "')
    last = _AFTER_FRAMES.search(blocks[0], end) if end >= 0 else None
    says = last[0] if last and text.lstrip().startswith(_TRACEBACK) else ""
    return Raised(_short(last[1]) if last else "", frame, says)


def _header(block: str) -> str:
    """The exception's name in the line above its frames, or in a line before that."""
    for line in reversed(block[: max(frame_at(block), 0)].splitlines()):
        if found := _NAMED.search(line.rpartition("---> ")[2]):  # .NET: what it came from
            return found[1]
    return ""


def _short(name: str) -> str:
    return re.split(r"[.:\\]", name.strip())[-1].lstrip("*")


def _bounded(stack: str) -> str:
    if len(stack) > MAX_STACK:
        stack = f"{stack[: MAX_STACK // 2]}\n{stack[-MAX_STACK // 2 :]}"
    return "\n".join(line[:MAX_LINE] for line in stack.splitlines())
