"""From a raw answer to its JSON document, or to the problem in its place. Pure: serves replays."""

from collections.abc import Callable

import orjson

from troubleshoot.model.query import RawResponse
from troubleshoot.model.signal import Problem, ProblemKind
from troubleshoot.model.store import Store

_FIRST_BYTES = 80


def failure_text(reason: str, hint: str) -> str:
    """What ``RawResponse.failure`` holds: a line with what happened, a line with what to do."""
    return f"{reason}\n{hint}"


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
    store: Store,
    raw: RawResponse,
    explain: Callable[[object], str],
    read: Callable[[bytes], object] = orjson.loads,
) -> "object | Problem":
    """The decoded body of a good answer, else the problem in its place.

    ``explain`` finds the store's own words in the JSON body of an error answer; ``read`` raises
    ValueError for what is no JSON.
    """
    if raw.failure:
        reason, _, hint = raw.failure.partition("\n")
        return Problem(ProblemKind.ERROR, reason, hint)
    try:
        decoded = _decode(raw.body, read)
    except ValueError:
        return _no_json(store, raw) if _good(raw) else _refusal(store, raw, "")
    return decoded if _good(raw) else _refusal(store, raw, explain(decoded))


def _good(raw: RawResponse) -> bool:
    return 200 <= raw.status < 300


def _decode(body: bytes, read: Callable[[bytes], object]) -> object:
    try:
        return read(body)
    except ValueError:
        # one byte that is no UTF-8 in one log line must not lose the page
        return read(body.decode("utf-8", "replace").encode())


def wrong_shape(store: Store, raw: RawResponse) -> Problem:
    """JSON, but not what this API answers."""
    return Problem(
        ProblemKind.ERROR,
        f"{raw.url} answered JSON that is not {store.product}'s: {first_bytes(raw.body)!r}",
        f"is another program listening there? {setting_hint(store, 'url')}",
    )


def partial(reasons: list[str], hint: str = "") -> Problem | None:
    return Problem(ProblemKind.PARTIAL, "; ".join(reasons), hint) if reasons else None


def _no_json(store: Store, raw: RawResponse) -> Problem:
    kind = raw.content_type.partition(";")[0].strip().lower()
    shown, address = first_bytes(raw.body), setting_hint(store, "url")
    hint = f"is it the right address? {address}"
    if not raw.body.strip():
        reason = f"{raw.url} answered {raw.status} with an empty body"
    elif "html" in kind or raw.body.lstrip().startswith(b"<"):
        reason = f"{raw.url} answered {raw.status} with a web page instead of JSON: {shown!r}"
        hint = f"a login page or a web interface? {address}"
    elif kind.endswith("json"):
        reason = f"{raw.url} answered damaged JSON, perhaps cut short: {shown!r}"
        hint = "run it again; a proxy in between may cut answers"
    else:
        got = kind or "no content type"
        reason = f"{raw.url} answered {raw.status} with {got} instead of JSON: {shown!r}"
    return Problem(ProblemKind.ERROR, reason, hint)


def _refusal(store: Store, raw: RawResponse, words: str) -> Problem:
    name, status, address = store.product, raw.status, setting_hint(store, "url")
    if status in (401, 403):
        happened = f"{name} refused access to {raw.url}"
        hint = (
            f"give credentials: set TROUBLESHOOT_{store.upper()}_TOKEN, "
            f"or {store}.bearer or {store}.basic in troubleshoot.yaml"
        )
    elif status == 404:
        happened = f"there is no {name} API at {raw.url}"
        hint = f"is a base path missing or wrong? {address}"
    elif status == 429:
        happened = f"{name} at {raw.url} turns requests away"
        hint = f"ask less at once: {setting_hint(store, 'concurrency')}"
    elif status >= 500:
        happened = f"{name} at {raw.url} failed"
        hint = f"look at {name} itself, or the proxy before it"
    else:
        happened = f"{name} did not accept the request to {raw.url}"
        hint = "see what was sent with --explain"
    said = words or first_bytes(raw.body)
    reason = f"{happened} (HTTP {status})" + (f": {said}" if said else "")
    return Problem(ProblemKind.ERROR, reason, hint)
