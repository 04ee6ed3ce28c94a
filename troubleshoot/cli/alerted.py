"""``--alert``: which playbook an alert asks for, and the window around it."""

import sys
from pathlib import Path

from troubleshoot.cli.world import World
from troubleshoot.load.alert import Notification, read_notification
from troubleshoot.load.document import parse_document
from troubleshoot.load.files import read_text
from troubleshoot.model.errors import InputError, UsageError


def notification(name: str, world: World) -> Notification:
    """``name`` is a file, or - for standard input. Raises UsageError."""
    if name == "-":
        return read_notification(sys.stdin.read(), world.now())
    try:
        text = Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UsageError(f"--alert: {name} cannot be read: {reason}") from None
    return read_notification(text, world.now())


def playbook_for(alert: str, world: World) -> Path:
    """The playbook that answers this alert. Raises UsageError when there is none."""
    known = {}
    for entry in world.entries:
        try:
            data = parse_document(read_text(entry.file), str(entry.file)).data
        except InputError:
            continue  # a broken playbook answers nothing; it is refused when it is run
        found = data.get("alert")
        if isinstance(found, dict) and "name" in found:
            known[str(found["name"])] = entry.file
    if alert in known:
        return known[alert]
    names = ", ".join(sorted(known)) or "none"
    raise UsageError(f"--alert: no playbook answers the alert {alert!r}; there are: {names}")
