"""``--alert``: which alert of a notification is looked at, and by which playbook."""

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from troubleshoot.cli.world import World
from troubleshoot.load.alert import Notification, read_notifications
from troubleshoot.load.text.document import parse_document
from troubleshoot.load.text.files import read_text
from troubleshoot.model.errors import InputError, UsageError
from troubleshoot.model.notice import Notice

Known = Mapping[str, list[Path]]


@dataclass(frozen=True, slots=True)
class Answered:
    """An alert and the playbook that is run for it; what else the notification holds is told."""

    alert: Notification
    playbook: Path
    notices: tuple[Notice, ...]


def answered(name: str, playbook: Path | None, world: World) -> Answered:
    """``name`` is a file, or - for standard input; ``playbook`` is the one that was asked for.

    Of several alerts the most urgent one that a playbook answers. Raises UsageError.
    """
    group = _read(name, world)
    where = "--alert" if name == "-" else name
    known = _answering(world)
    wanted = {_answers(playbook)} if playbook else {*known}
    fitting = [one for one in group if one.name in wanted]
    if not fitting and not playbook:
        raise _unanswered(group, known, world)
    alert = (fitting or group)[0]
    notices = []
    if playbook and not fitting and wanted != {""}:
        answers = f"{playbook.stem} answers the alert {', '.join(wanted)}, this is {alert.name}"
        notices.append(
            Notice(where, 0, 0, f"{answers}: its time and labels are taken all the same")
        )
    if others := _others(alert, group, known):
        told = f"of {len(group)} alerts {alert.name} is looked at; left aside: {others}"
        notices.append(Notice(where, 0, 0, told))
    also = [] if playbook else known[alert.name][1:]
    if also:
        told = f"{alert.name} is answered by {', '.join(one.stem for one in also)} too"
        notices.append(Notice(where, 0, 0, f"{told}: name the playbook to run that"))
    return Answered(alert, playbook or known[alert.name][0], tuple(notices))


def _read(name: str, world: World) -> tuple[Notification, ...]:
    if name == "-":
        return read_notifications(sys.stdin.read(), world.now())
    try:
        text = Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UsageError(f"--alert: {name} cannot be read: {reason}") from None
    return read_notifications(text, world.now())


def _answering(world: World) -> Known:
    """The playbooks there are, by the name of the alert that each answers."""
    found: dict[str, list[Path]] = {}
    for entry in world.entries:
        if alert := _answers(entry.file):
            found.setdefault(alert, []).append(entry.file)
    return found


def _answers(playbook: Path) -> str:
    """The name of the alert that a playbook answers; '' where it says none, or is broken."""
    try:
        data = parse_document(read_text(playbook), str(playbook)).data
    except InputError:
        return ""  # it is refused, with its mistakes, when it is run
    found = data.get("alert")
    return str(found.get("name", "")) if isinstance(found, dict) else ""


def _others(alert: Notification, group: tuple[Notification, ...], known: Known) -> str:
    """``DiskFull, HighErrorRate (2 more), Slow (answered by slow-orders)``."""
    counts = Counter(one.name for one in group)
    counts[alert.name] -= 1

    def said(name: str, count: int) -> str:
        about = (
            f"{count} more" if name == alert.name else f"{count} times" if count > 1 else "",
            f"answered by {known[name][0].stem}" if name in known and name != alert.name else "",
        )
        words = ", ".join(one for one in about if one)
        return f"{name} ({words})" if words else name

    return ", ".join(said(name, count) for name, count in sorted(counts.items()) if count)


def _unanswered(group: tuple[Notification, ...], known: Known, world: World) -> UsageError:
    names = ", ".join(dict.fromkeys(repr(one.name) for one in group))
    there = ", ".join(sorted(known)) or "none"
    any_alert = [one.name for one in world.entries if not _answers(one.file)]
    hint = f"for any alert: troubleshoot {any_alert[0]} --alert …" if any_alert else ""
    many = "alerts" if "," in names else "alert"
    return UsageError(f"--alert: no playbook answers the {many} {names}; there are: {there}", hint)
