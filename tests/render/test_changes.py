"""What was changed stands in the timeline, by itself and without a value."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.render import sample
from tests.render.reports import TIMEOUTS
from troubleshoot.model.facts import ChangeFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.timeline import first_moves


def changed(service: str, before: int, what: str = "deployed") -> Item:
    since = sample.ONSET - timedelta(minutes=before)
    return Item(
        (),
        Outcome.WARNING,
        since=since,
        subject=f"{service} 2.1 {what}",
        note="n",
        changed=True,
        facts=ChangeFacts("deployment", service),
    )


def report(*items: Item):  # type: ignore[no-untyped-def]
    finding = Finding(
        "changes", "Changes", "logs", "Logs", "4", Outcome.WARNING, Evidence.LOG, "count",
        summary="3 changes", items=items,
    )  # fmt: skip
    return replace(TIMEOUTS, findings=(*TIMEOUTS.findings, finding))


CHANGED = report(changed("pay", 1), changed("cart", 9), changed("cart", 5, "rolled back"))


def test_each_changed_service_is_told_by_itself_in_the_order_of_time() -> None:
    first = [move for move in first_moves(CHANGED) if move.finding.check == "changes"]
    assert [(move.item.service, move.others) for move in first] == [
        ("cart", 1),
        ("pay", 0),
    ]


@pytest.mark.parametrize("name", ["terminal", "markdown", "html"])
def test_no_format_shows_a_value_that_a_change_does_not_have(name: str) -> None:
    text = FORMATS[name](CHANGED, Style(80, False, False))
    assert "no value" not in text
    assert "pay 2.1 deployed" in text


def test_two_services_changed_at_the_same_moment_are_both_told() -> None:
    both = first_moves(report(changed("a", 3), changed("b", 3)))
    assert {"a", "b"} <= {move.item.service for move in both}


def test_the_terminal_dates_it_before_what_followed() -> None:
    lines = FORMATS["terminal"](CHANGED, Style(80, False, False)).splitlines()
    place = next(row for row, line in enumerate(lines) if line.startswith("What moved first"))
    assert lines[place + 2].split() == ["15:11", "pay", "2.1", "deployed"]
