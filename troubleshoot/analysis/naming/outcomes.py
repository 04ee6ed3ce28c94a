"""The label that says how a request ended, and which of its values are failures."""

import re
from collections.abc import Iterable

LABELS = (
    "status_code", "code", "response_code", "http_status_code", "http_response_status_code",
    "grpc_code", "status", "outcome", "result", "state", "error", "success", "failed",
)  # fmt: skip
MOST = 60  # values; a label with more says something else
_PLAIN = re.compile(r"[A-Za-z0-9_.\- ]+")
_HTTP = re.compile(r"[1-5][0-9][0-9]|[1-5]xx")
_BAD = re.compile(r".*(?:err|fail|exception|timeout|reject|abort|unavailable|fault|declin).*", re.I)
_GOOD = re.compile(r"ok|success(?:ful)?|succeeded|completed|accepted|good|done", re.I)


def outcome_label(names: Iterable[str]) -> str:
    there = set(names)
    return next((one for one in LABELS if one in there), "")


def failing(label: str, values: Iterable[str]) -> str:
    """A matcher for what failed (``status=~"5..|5xx"``), or '' where its values say nothing.

    A value is used only where it is plain: it comes from a server, and becomes part of a query.
    """
    found = sorted({one for one in values if one})
    if not found or len(found) > MOST:
        return ""
    if all(map(_HTTP.fullmatch, found)):
        return f'{label}=~"5..|5xx"'
    if {one.lower() for one in found} <= {"true", "false"}:
        good = "false" if label in ("error", "failed") else "true"
        return f'{label}!~"(?i:{good})"' if label in ("error", "failed", "success") else ""
    bad = [one for one in found if _BAD.fullmatch(one) and _PLAIN.fullmatch(one)]
    if bad:
        return f'{label}=~"{"|".join(map(_escaped, bad))}"'
    if any(map(_GOOD.fullmatch, found)):
        return f'{label}=~"(?i:.*(err|fail|exception|timeout|reject|abort).*)"'
    return ""


def _escaped(value: str) -> str:
    return value.replace(".", "[.]")
