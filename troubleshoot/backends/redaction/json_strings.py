"""Rewrites the strings of a JSON text and nothing else: numbers and layout stay as they are."""

import re
from collections.abc import Callable, Iterable
from enum import Enum, auto
from functools import lru_cache

import orjson

from troubleshoot.backends.redaction.name_places import NamePlaces
from troubleshoot.backends.redaction.secret_patterns import SECRET_KEY

_GAP, _STRING = rb"[\s\[\]{},:0-9.+\-eEtrufalsn]*+", rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKEN = re.compile(rb"(%b)(%b)(\s*+:)?" % (_GAP, _STRING), re.DOTALL)
# many of those at once, and always up to a key: whose value comes next is never forgotten; atomic
# groups, as possessive ones around others match wrongly before Python 3.11.5 (cpython issue 106052)
_RUN = re.compile(
    rb"(?>(?:%b%b(?:\s*+:)?+(?>(?:%b%b(?!\s*+:))*)(?=%b%b\s*+:))*)" % ((_GAP, _STRING) * 3),
    re.DOTALL,
)
_FAR = 4_000  # bytes without a mark that are worth a run
_REST = re.compile(rb"[\s\[\]{},:0-9.+\-eEtrufalsn]*")
_ID = re.compile(rb'(?i)"(?:trace|span)[-_.]?id"')
_SAMPLE = re.compile(rb"\d\s*,\s*\Z")  # [time, "value"]: a number in quotes
_NAMES, _VALUES = (b'"key"', b'"name"'), (b'"value"', b'"stringValue"')


class Place(Enum):
    """What a string is, by where it stands."""

    TEXT = auto()
    SECRET = auto()
    NAME = auto()  # of a component


Rewrite = Callable[[str, Place], str]


class NotJsonError(Exception):
    """There is something between the strings that JSON does not have."""


def rewrite_strings(
    body: bytes, marks: Iterable[int], rewrite: Rewrite, names: NamePlaces
) -> bytes:
    """The body with each string rewritten that may hold a secret.

    ``rewrite(text, place)`` for each string that holds one of ``marks`` (rising offsets), and
    for each value under a secret's key. ``{"key": "authorization", "value": …}`` is such a value
    too. Raises NotJsonError.
    """
    out: list[bytes] = []
    is_name = names.of(body)
    rest = iter(marks)
    mark = next(rest, len(body))
    copied = end = 0
    ran_to = -1  # once for each mark: what is left before it holds no key
    key, secret, tag_secret = b"", False, False
    while True:
        if mark - end > _FAR and mark != ran_to and not (secret or tag_secret):
            ran_to, end = mark, _passed_over(body, end, mark)
        if (token := _TOKEN.match(body, end)) is None:
            break
        start, end = token.span(2)
        gap, literal, colon = token.groups()
        while mark < start:
            mark = next(rest, len(body))
        marked = mark < end
        if (secret or tag_secret) and b"}" in gap:
            secret = tag_secret = False
        if colon:
            key, end = literal, token.end()
            secret = (marked and _is_secret_key(literal)) or (tag_secret and literal in _VALUES)
        elif key in _NAMES and marked and _is_secret_key(literal):
            tag_secret = True
        if (marked or (secret and not colon)) and not _is_data(gap, literal, key, colon):
            place = Place.TEXT
            if not colon:
                named = not secret and is_name(start, key)
                place = Place.SECRET if secret else Place.NAME if named else place
            new = _rewritten(literal, place, rewrite)
            out += (body[copied:start], new)
            copied = token.end(2)
    if not _REST.fullmatch(body, end):
        raise NotJsonError
    return b"".join((*out, body[copied:]))


def _passed_over(body: bytes, start: int, end: int) -> int:
    """Where the last key before ``end`` is next: nothing up to there is rewritten."""
    run = _RUN.match(body, start, end)
    return run.end() if run else start


@lru_cache(maxsize=4096)
def _is_secret_key(literal: bytes) -> bool:
    return bool(SECRET_KEY.search(_decoded(literal)))


def _is_data(gap: bytes, literal: bytes, key: bytes, colon: bytes | None) -> bool:
    """A trace id or a sample's value may look like a card number."""
    if colon or not literal[1:-1].isalnum():
        return False
    return bool(_ID.fullmatch(key)) or (literal[1:-1].isdigit() and bool(_SAMPLE.search(gap)))


def _rewritten(literal: bytes, place: Place, rewrite: Rewrite) -> bytes:
    text = _decoded(literal)
    new = rewrite(text, place)
    return literal if new == text else orjson.dumps(new)


def _decoded(literal: bytes) -> str:
    try:
        return str(orjson.loads(literal))
    except orjson.JSONDecodeError:
        raise NotJsonError from None
