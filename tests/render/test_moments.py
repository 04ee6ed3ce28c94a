"""Times as reports print them."""

from datetime import UTC, datetime, timedelta

import pytest

from troubleshoot.model.window import Interval
from troubleshoot.render import time_format

AT = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Europe/Berlin", "16:30"),
        ("+05:30", "21:00"),
        ("UTC-0300", "12:30"),
        ("GMT+2", "17:30"),
    ],
)
def test_a_zone_is_a_name_or_an_offset(name: str, shown: str) -> None:
    zone = time_format.zone(name)
    assert zone is not None
    assert time_format.clock(AT, zone) == shown


@pytest.mark.parametrize(
    "name", ["", "UTC", "Z", "Nowhere/City", "../../etc/passwd", "+00:00", "+99:00"]
)
def test_utc_and_what_is_no_zone_have_no_local_time(name: str) -> None:
    assert time_format.zone(name) is None


def test_seconds_are_shown_where_there_are_any() -> None:
    assert time_format.clock(AT + timedelta(seconds=7)) == "15:30:07"


def test_another_day_is_named() -> None:
    assert time_format.since(AT, AT) == "15:30"
    assert time_format.since(AT - timedelta(days=1), AT) == "2025-11-06 15:30"
    night = Interval(AT - timedelta(hours=16), AT)
    assert time_format.between(night) == "2025-11-06 23:30 – 2025-11-07 15:30"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (330, 0, "15:24–15:30"),
        (360, 60, "15:24–15:29"),
        (359, 61, "15:24–15:29"),
        (86400, 0, "2025-11-06 15:30 – 15:30"),
    ],
)
def test_when_something_began_is_rounded_outwards(first: int, last: int, shown: str) -> None:
    earliest, latest = AT - timedelta(seconds=first), AT - timedelta(seconds=last)
    assert time_format.began(earliest, latest, AT) == shown


def test_without_an_earliest_time_the_first_sign_is_told_to_the_second() -> None:
    assert time_format.began(None, AT - timedelta(seconds=30), AT) == "15:29:30"


def test_a_span_names_each_day_once() -> None:
    midnight = AT.replace(hour=0, minute=2)
    assert time_format.dated(Interval(AT - timedelta(minutes=5), AT)) == "2025-11-07 15:25–15:30"
    crossing = time_format.dated(Interval(midnight - timedelta(minutes=5), midnight))
    assert crossing == "2025-11-06 23:57 – 2025-11-07 00:02"
