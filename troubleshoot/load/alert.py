"""An Alertmanager webhook payload: which alert, since when, until when.

Format: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from troubleshoot.model.errors import UsageError
from troubleshoot.model.signal import Labels
from troubleshoot.model.times import parse_instant
from troubleshoot.model.window import Window

LEAD = timedelta(minutes=15)  # before the alert's start: its `for:` and the onset lie there
RECENT = timedelta(hours=24)  # an older alert that still "fires" is a file from the past


SEVERITIES = ("critical", "error", "warning", "info")  # worst first; others come after them


@dataclass(frozen=True, slots=True)
class Notification:
    """``ended`` is None while the alert fires."""

    name: str
    started: datetime
    ended: datetime | None
    labels: Labels = ()

    def label(self, name: str) -> str:
        return dict(self.labels).get(name, "")

    def window(self, usual: Window, now: datetime) -> Window:
        """Up to the alert's end, or now; back to before its start, so that the onset is in it."""
        at = self.ended or now
        if at - self.started > RECENT:
            at = self.started + usual.rate
        lookback = max(usual.lookback, at - self.started + LEAD)
        return Window(at, usual.rate, lookback, usual.baseline, usual.named)


def read_notifications(text: str, now: datetime) -> tuple[Notification, ...]:
    """The alerts of the payload: firing ones first, then the worst, then the earliest.

    Raises UsageError where there is none.
    """
    try:
        payload = json.loads(text)
        found = [_one(alert, now) for alert in payload["alerts"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"--alert: this is not an Alertmanager webhook payload ({error})",
            'expected {"alerts": [{"labels": {"alertname": …}, "startsAt": …}, …]}',
        ) from None
    if not found:
        raise UsageError("--alert: the payload holds no alert")
    return tuple(sorted(found, key=lambda one: (one.ended is not None, _rank(one), one.started)))


def _rank(one: Notification) -> int:
    severity = one.label("severity").lower()
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _one(alert: dict[str, Any], now: datetime) -> Notification:
    started = parse_instant(str(alert["startsAt"]), now)
    resolved = alert.get("status") == "resolved"
    ended = parse_instant(str(alert["endsAt"]), now) if resolved else None
    labels = tuple((str(name), str(value)) for name, value in sorted(alert["labels"].items()))
    return Notification(str(alert["labels"]["alertname"]), started, ended, labels)
