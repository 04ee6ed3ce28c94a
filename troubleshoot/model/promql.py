"""The words of a PromQL expression, and which metrics and label matchers it reads.

Text that is not quite PromQL is read as far as it goes: servers speak dialects of it.
`load.playbook.promql.syntax` reads it strictly.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from troubleshoot.model.times import parse_duration

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)
      | (?P<duration>\[[^\]]*\])
      | (?P<number>(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)(?:ms|[smhdwy])?[0-9a-z]*)
      | (?P<name>[A-Za-z_:][A-Za-z0-9_:]*)
      | (?P<operator>=~|!~|!=|==|>=|<=|[-+*/%^(){},=<>@])
      | (?P<space>\s+)""",
    re.X,
)
COMPARISONS = frozenset({"==", "!=", ">", "<", ">=", "<="})
_MATCHES = ("=", "!=", "=~", "!~")
_GROUPING = {"by", "without", "on", "ignoring", "group_left", "group_right"}
_WORDS = _GROUPING | {
    "and",
    "or",
    "unless",
    "bool",
    "offset",
    "start",
    "end",
    "inf",
    "nan",
    "atan2",
}


@dataclass(frozen=True, slots=True)
class Selector:
    """One ``metric{label="value"}``; ``matchers`` are (label, operator, value without quotes)."""

    metric: str
    matchers: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        inside = ", ".join(f'{label}{sign}"{value}"' for label, sign, value in self.matchers)
        return f"{self.metric}{{{inside}}}" if inside else self.metric


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression; ``kind`` is that of the pattern, ``start`` its offset."""

    kind: str
    text: str
    start: int


def tokens(expression: str) -> tuple[Token, ...]:
    """All words but comments; a range ``[5m]`` is one."""
    return tuple(
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(expression)
        if match.lastgroup not in ("comment", "space")
    )


def without_labels(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without label matchers, and without lists of labels (``by (job)``)."""
    found: list[Token] = []
    closing = last = ""
    for word in words:
        if closing:
            closing = "" if word.text == closing else closing
        elif word.text == "{" or (word.text == "(" and last in _GROUPING):
            closing = "}" if word.text == "{" else ")"
        else:
            found.append(word)
        last = word.text.lower()
    return tuple(found)


def filtering(expression: str) -> str:
    """The first comparison that leaves series out (``> 60``: one without ``bool``), or nothing."""
    words = without_labels(tokens(expression))
    for word, after in zip(words, (*words[1:], Token("", "", 0)), strict=False):
        if word.text in COMPARISONS and after.text != "bool":
            return f"{word.text} {after.text}".strip()
    return ""


def one_line(expression: str) -> str:
    """Without comments and line breaks."""
    kept = _TOKEN.sub(lambda found: "" if found["comment"] else found.group(), expression)
    return " ".join(kept.split("\n")).strip() if '"' in kept else " ".join(kept.split())


def selectors(expression: str) -> tuple[Selector, ...]:
    """In the order of the text, each once. Text that is not PromQL gives what can be read."""
    tokens = [
        (match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(expression)
        if match.lastgroup not in ("comment", "space", "duration", "number")
    ]
    found: list[Selector] = []
    place = 0
    while place < len(tokens):
        kind, text = tokens[place]
        after = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        if kind == "name" and text.lower() in _GROUPING and after == "(":
            place = _closing(tokens, place + 1)
        elif text == "{" or (kind == "name" and after == "{"):
            start = place if text == "{" else place + 1
            end = _closing(tokens, start)
            found.append(_selector("" if text == "{" else text, tokens[start + 1 : end]))
            place = end
        elif kind == "name" and not _is_word(text, after):
            found.append(Selector(text))
        place += 1
    return tuple(dict.fromkeys(found))


def _is_word(text: str, after: str) -> bool:
    """A function, an aggregation (``sum by (le)``) or an operator, not a metric."""
    return after == "(" or after.lower() in ("by", "without") or text.lower() in _WORDS


def metric_names(expression: str) -> tuple[str, ...]:
    """The metric names an expression reads, in the order of the text, each once."""
    return tuple(dict.fromkeys(one.metric for one in selectors(expression) if one.metric))


def longest_range(expression: str) -> timedelta:
    """How far back a point of the expression looks; ranges pinned to one time (``@``) do not."""
    found = timedelta(0)
    for match in _TOKEN.finditer(expression):
        pinned = expression[match.end() :].lstrip().startswith("@")
        if match.lastgroup == "duration" and not pinned:
            try:
                found = max(found, parse_duration(match.group()[1:-1].partition(":")[0]))
            except ValueError:  # not PromQL; the server will say so
                continue
    return found


def _closing(tokens: list[tuple[str, str]], start: int) -> int:
    pairs = {"(": ")", "{": "}"}
    end = pairs[tokens[start][1]]
    for place in range(start + 1, len(tokens)):
        if tokens[place][1] == end:
            return place
    return len(tokens) - 1


def _selector(metric: str, tokens: list[tuple[str, str]]) -> Selector:
    matchers = []
    texts = [text for _, text in tokens]
    for place, (kind, text) in enumerate(tokens):
        after = texts[place + 1] if place + 1 < len(texts) else ""
        if kind != "string" or after in _MATCHES:  # since 3.0: a label's name in quotes
            continue
        sign = texts[place - 1] if place else ","
        if sign == ",":  # since 2024: the metric's name in quotes, {"http.requests", …}
            metric = text[1:-1]
        elif place > 1 and texts[place - 2] == "__name__":
            metric = text[1:-1] if sign == "=" else metric
        elif place > 1:
            matchers.append((texts[place - 2].strip("\"'`"), sign, text[1:-1]))
    return Selector(metric, tuple(matchers))
