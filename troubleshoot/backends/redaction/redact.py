"""The one place where secrets are taken out, before anything is parsed, printed or written."""

import hmac
import re
from collections import Counter
from collections.abc import Iterable
from heapq import merge
from threading import Lock

from troubleshoot.backends.redaction.json_strings import NotJsonError, Place, rewrite_strings
from troubleshoot.backends.redaction.name_places import NamePlaces
from troubleshoot.backends.redaction.secret_patterns import (
    CARDS,
    HARMLESS,
    SECRETS,
    SIGNS,
    WRAPPED,
    digits_of,
    is_basic,
    is_card,
)

_SHORTEST_LEARNED = 8  # shorter ones are words, and may stand in a placeholder
_MOST_PASSES = 8
_NEVER = r"(?!)"
_KINDS = ("email", "card", "userinfo")


class Redactor:
    """Replaces secrets by placeholders like ``[email:3fa9c1d2]``; shared by threads.

    The same secret has the same placeholder within a run. ``salt`` must be random and must not be
    kept: without it nobody can try candidates against a placeholder. ``names``: where a component
    is named; a name that only looks like an e-mail address stays as it is there.
    """

    def __init__(self, salt: bytes, names: NamePlaces | None = None) -> None:
        self._salt = salt
        self._names = names or NamePlaces()
        self._lock = Lock()
        self._counts: Counter[str] = Counter()
        self._learned: set[str] = set()
        self._known = re.compile(_NEVER)
        self._known_signs = re.compile(_NEVER.encode())

    def learn(self, secrets: Iterable[str]) -> None:
        """Secrets that are known and to be taken out wherever they stand; before any request."""
        self._learned |= {one for one in secrets if len(one) >= _SHORTEST_LEARNED}
        if self._learned:
            known = sorted(self._learned, key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, known)))
            self._known_signs = re.compile("|".join(map(_sign, known)).encode())

    def aside(self) -> "Redactor":
        """One that knows the same secrets and counts for itself: what a log says is no evidence."""
        other = Redactor(self._salt, self._names)
        other.learn(self._learned)
        return other

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """(rule, how many were taken out so far), by name."""
        with self._lock:
            return tuple(sorted(self._counts.items()))

    def text(self, text: str) -> str:
        for _ in range(_MOST_PASSES):  # what was taken out may have hidden the end of another
            before = text
            text = self._known.sub(lambda found: self._placeholder("learned", found[0]), text)
            text = SECRETS.sub(self._replaced, text)
            if text == before:
                break
        return text

    def body(self, body: bytes) -> bytes:
        """The body without its secrets.

        JSON stays JSON and numbers are never touched; a body without secrets is returned as it is.
        """
        marks = self._marks(body)
        if not marks:
            return body
        try:
            return rewrite_strings(body, marks, self._string, self._names)
        except NotJsonError:
            return self.text(body.decode("utf-8", "surrogateescape")).encode(
                "utf-8", "surrogateescape"
            )

    def _marks(self, body: bytes) -> list[int]:
        """Where something stands that could belong to a secret."""
        lowered = body.lower()
        signs = [one.start() for one in SIGNS.finditer(lowered)]
        cards = [one.start() for one in CARDS.finditer(body) if is_card(one[0].decode("ascii"))]
        known = [one.start() for one in self._known_signs.finditer(body)]
        return list(merge(signs, cards, known))

    def _string(self, text: str, place: Place) -> str:
        if place is Place.NAME and self._is_name(text):
            return text
        if place is not Place.SECRET:
            return self.text(text)
        if HARMLESS.fullmatch(text):
            return text
        before, value, after = WRAPPED.fullmatch(text).groups()  # type: ignore[union-attr]
        return f"{before}{self._placeholder('secret', value)}{after}"

    def _is_name(self, text: str) -> bool:
        """Whether at most an e-mail address is in it: ``adoptions@db.rds.amazonaws.com``."""
        found = {_rule(one) for one in SECRETS.finditer(text)}
        return found <= {"", "email"} and not self._known.search(text)

    def _replaced(self, found: re.Match[str]) -> str:
        group, rule = found.lastgroup, _rule(found)
        if group is None or not rule:
            return found[0]
        start, end = (place - found.start() for place in found.span(group))
        return found[0][:start] + self._placeholder(rule, found[group]) + found[0][end:]

    def _placeholder(self, rule: str, secret: str) -> str:
        if rule == "card":
            secret = digits_of(secret)
        digest = hmac.digest(self._salt, secret.encode("utf-8", "surrogatepass"), "sha256")
        with self._lock:
            self._counts[rule] += 1
        kind = rule if rule in _KINDS else "secret"
        return f"[{kind}:{digest[:4].hex()}]"


def _rule(found: re.Match[str]) -> str:
    """Under which rule it is taken out; '' for what is no secret."""
    if not (group := found.lastgroup):
        return ""
    rule = group.partition("__")[0].replace("_", "-")
    proven = {"card": is_card, "basic": is_basic}.get(rule)
    return "" if proven and not proven(found[group]) else rule


def _sign(secret: str) -> str:
    """The longest part of it that no encoding of JSON changes."""
    plain = re.findall(r"[A-Za-z0-9]+", secret)
    return max(plain, key=len) if plain else re.escape(secret)
