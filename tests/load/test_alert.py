"""What Alertmanager sends tells which playbook to run, and for when."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from troubleshoot.load.alert import Notification, read_notifications
from troubleshoot.model.errors import UsageError
from troubleshoot.model.window import Window

NOW = datetime(2025, 11, 7, 15, 35, tzinfo=UTC)
STARTED = "2025-11-07T15:30:00.123456789Z"


def alert(**changes: Any) -> dict[str, Any]:
    usual = {"status": "firing", "labels": {"alertname": "HighErrorRate"}, "startsAt": STARTED}
    return usual | {"endsAt": "0001-01-01T00:00:00Z"} | changes


def read(*alerts: object) -> Notification:
    """The most urgent one."""
    return read_all(*alerts)[0]


def read_all(*alerts: object) -> tuple[Notification, ...]:
    return read_notifications(json.dumps({"alerts": alerts}), NOW)


def labelled(name: str, **labels: str) -> dict[str, str]:
    return {"alertname": name, **labels}


def test_a_firing_alert_has_a_start_and_no_end() -> None:
    found = read(alert())
    assert (found.name, found.ended) == ("HighErrorRate", None)
    assert found.started == datetime(2025, 11, 7, 15, 30, 0, 123456, tzinfo=UTC)


def test_firing_alerts_come_before_resolved_ones_and_early_ones_before_late() -> None:
    resolved = alert(
        status="resolved",
        startsAt="2025-11-07T10:00:00Z",
        endsAt="2025-11-07T11:00:00Z",
        labels={"alertname": "Old"},
    )
    early = alert(startsAt="2025-11-07T15:00:00Z", labels={"alertname": "Early"})
    assert read(resolved, alert(), early).name == "Early"
    assert read(resolved).ended == datetime(2025, 11, 7, 11, tzinfo=UTC)


def test_the_worst_comes_first_then_the_earliest() -> None:
    found = read_all(
        alert(labels=labelled("Late", severity="critical"), startsAt="2025-11-07T15:31:00Z"),
        alert(labels=labelled("Odd", severity="P1")),
        alert(labels=labelled("Mild", severity="warning"), startsAt="2025-11-07T14:00:00Z"),
        alert(labels=labelled("Worst", severity="Critical")),
        alert(labels=labelled("None")),
        alert(labels=labelled("Over", severity="critical"), status="resolved", endsAt=STARTED),
    )
    assert [one.name for one in found] == ["Worst", "Late", "Mild", "Odd", "None", "Over"]


def test_an_alert_has_its_labels() -> None:
    found = read(alert(labels=labelled("A", namespace="shop-eu")))
    assert found.labels == (("alertname", "A"), ("namespace", "shop-eu"))
    assert (found.label("namespace"), found.label("cluster")) == ("shop-eu", "")


def test_the_window_of_a_firing_alert_ends_now_and_holds_its_onset() -> None:
    started = NOW - timedelta(hours=3)
    window = Notification("A", started, None).window(Window(NOW), NOW)
    assert window.at == NOW
    assert window.looked.start < started
    assert Notification("A", NOW, None).window(Window(NOW), NOW).lookback == timedelta(hours=1)


def test_an_alert_from_last_week_is_looked_at_where_it_began() -> None:
    started = NOW - timedelta(days=7)
    window = Notification("A", started, None).window(Window(NOW), NOW)
    assert window.at == started + timedelta(minutes=5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"alerts": 5}',
        '{"alerts": "firing"}',
        '{"alerts": [5]}',
        '{"alerts": [{}]}',
        '{"alerts": [{"startsAt": "soon", "labels": {"alertname": "A"}}]}',
        '{"alerts": [{"startsAt": "2025-11-07T15:30:00Z", "labels": {}}]}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_with_the_form_that_is_expected(text: str) -> None:
    with pytest.raises(UsageError, match="is not an Alertmanager webhook payload") as caught:
        read_notifications(text, NOW)
    assert "alertname" in caught.value.hint


def test_a_payload_without_alerts_is_refused() -> None:
    with pytest.raises(UsageError, match="the payload holds no alert"):
        read()


def test_an_alert_from_before_all_records_is_refused() -> None:
    found = Notification("A", datetime(1, 1, 1, tzinfo=UTC), None)
    with pytest.raises(UsageError, match="begins before 1970"):
        found.window(Window(NOW), NOW)
