"""The level a log line states in its own text, where no field does."""

import re

_SYNONYMS = {
    "ERR": "ERROR",
    "SEVERE": "ERROR",
    "CRIT": "CRITICAL",
    "EMERG": "FATAL",
    "EMERGENCY": "FATAL",
    "ALERT": "FATAL",
    "PANIC": "FATAL",
    "WARNING": "WARN",
}
_KLOG = {"I": "INFO", "W": "WARN", "E": "ERROR", "F": "FATAL"}
_WORDS = (
    "TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRIT|CRITICAL|ALERT|EMERG|EMERGENCY"
    "|FATAL|PANIC"
)
_HEAD = 160  # characters in which a level stands, behind time, host and thread
_STATED = re.compile(r"\b(?:log)?(?:level|lvl|severity|levelname)['\"]?\s*[=:]\s*['\"]?(\w+)", re.I)
_SHOUTED = re.compile(rf"(?<!\w)({_WORDS})(?!\w)")
_FIRST = re.compile(rf"\W{{0,3}}({_WORDS})\s*[]:>)|]", re.I)
_KLOG_HEAD = re.compile(r"([IWEF])\d{4} \d\d:\d\d:")


def one_name(level: str) -> str:
    """``err`` and ``SEVERE`` are both ``ERROR``."""
    upper = level.strip().upper()
    return _SYNONYMS.get(upper, upper)


def stated_level(message: str) -> str:
    """Of ``level=error msg=…``, ``[ERROR] …``, ``error: …``, ``12:00 ERROR main …``; or ''."""
    head = message[:_HEAD]
    if found := _KLOG_HEAD.match(head):
        return _KLOG[found[1]]
    found = _STATED.search(head) or _FIRST.match(head) or _SHOUTED.search(head)
    return one_name(found[1]) if found else ""
