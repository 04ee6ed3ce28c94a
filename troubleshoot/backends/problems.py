"""From a raw answer to its JSON document, or to the problem in its place. Pure: serves replays."""

from collections.abc import Callable

import orjson

from troubleshoot.model.query import RawResponse, Store
from troubleshoot.model.signal import Problem, Trouble

_FIRST_BYTES = 80


def failure_text(reason: str, hint: str) -> str:
    """What ``RawResponse.failure`` holds: a line with what happened, a line with what to do."""
    return f"{reason}\n{hint}"


def product(store: Store) -> str:
    return store.value.capitalize()


def setting_hint(store: Store, setting: str) -> str:
    """How a person changes one setting of a backend."""
    variable = f"TROUBLESHOOT_{store.upper()}_{setting.upper()}"
    return f"set {variable} or {store}.{setting} in troubleshoot.yaml"


def first_bytes(body: bytes) -> str:
    """The beginning of an answer as one short printable line."""
    text = body[: 4 * _FIRST_BYTES].decode("utf-8", "replace")
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _FIRST_BYTES else line[: _FIRST_BYTES - 1] + "…"


def document(
    store: Store, raw: RawResponse, explain: Callable[[object], str]
) -> "object | Problem":
    """The decoded body of a good answer, else the problem in its place.

    ``explain`` finds the store's own words in the JSON body of an error answer.
    """
    if raw.failure:
        reason, _, hint = raw.failure.partition("\n")
        return Problem(Trouble.ERROR, reason, hint)
    try:
        decoded = _decode(raw.body)
    except orjson.JSONDecodeError:
        if 200 <= raw.status < 300:
            return _no_json(store, raw)
        return _refusal(store, raw, "")
    if 200 <= raw.status < 300:
        return decoded
    return _refusal(store, raw, explain(decoded))


def _decode(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        # one byte that is no UTF-8 in one log line must not lose the page
        return orjson.loads(body.decode("utf-8", "replace"))


def wrong_shape(store: Store, raw: RawResponse) -> Problem:
    """JSON, but not what this API answers."""
    return Problem(
        Trouble.ERROR,
        f"{raw.url} answered JSON that is not {product(store)}'s: {first_bytes(raw.body)!r}",
        f"is another program listening there? {setting_hint(store, 'url')}",
    )


def partial(reasons: list[str], hint: str = "") -> Problem | None:
    return Problem(Trouble.PARTIAL, "; ".join(reasons), hint) if reasons else None


def _no_json(store: Store, raw: RawResponse) -> Problem:
    kind = raw.content_type.partition(";")[0].strip().lower()
    hint = f"is it the right address? {setting_hint(store, 'url')}"
    if not raw.body.strip():
        return Problem(Trouble.ERROR, f"{raw.url} answered {raw.status} with an empty body", hint)
    if kind.endswith("json"):
        reason = f"{raw.url} answered damaged JSON, perhaps cut short: {first_bytes(raw.body)!r}"
        return Problem(Trouble.ERROR, reason, "run it again; a proxy in between may cut answers")
    got = kind or "no content type"
    reason = (
        f"{raw.url} answered {raw.status} with {got} instead of JSON: {first_bytes(raw.body)!r}"
    )
    if "html" in kind or raw.body.lstrip().startswith(b"<"):
        hint = f"a login page or a web interface? {setting_hint(store, 'url')}"
    return Problem(Trouble.ERROR, reason, hint)


def _refusal(store: Store, raw: RawResponse, words: str) -> Problem:
    said = words or first_bytes(raw.body)
    tail = f": {said}" if said else ""
    name, status = product(store), raw.status
    if status in (401, 403):
        token = f"TROUBLESHOOT_{store.upper()}_TOKEN"
        return Problem(
            Trouble.ERROR,
            f"{name} refused access to {raw.url} (HTTP {status}){tail}",
            f"give credentials: {token}, or {store}.bearer or {store}.basic in troubleshoot.yaml",
        )
    if status == 404:
        return Problem(
            Trouble.ERROR,
            f"there is no {name} API at {raw.url} (HTTP 404){tail}",
            f"is a base path missing or wrong? {setting_hint(store, 'url')}",
        )
    if status == 429:
        reason = f"{name} at {raw.url} turns requests away (HTTP 429){tail}"
        return Problem(Trouble.ERROR, reason, f"ask less at once: {store}.concurrency")
    if status >= 500:
        reason = f"{name} at {raw.url} failed (HTTP {status}){tail}"
        return Problem(Trouble.ERROR, reason, f"look at {name} itself, or the proxy before it")
    reason = f"{name} did not accept the request to {raw.url} (HTTP {status}){tail}"
    return Problem(Trouble.ERROR, reason, "see what was sent with --explain")
