"""Durations and instants in every form people write."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from troubleshoot.model.times import format_duration, parse_duration, parse_instant, parse_range

NOW = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("500ms", 0.5),
        ("30s", 30),
        ("5m", 300),
        ("1h30m", 5400),
        (" 1h 30m ", 5400),
        ("1.5h", 5400),
        ("1d", 86400),
        ("2w", 1209600),
        ("1m30s250ms", 90.25),
    ],
)
def test_durations_are_read_as_prometheus_reads_them(text: str, seconds: float) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", " ", "5", "m", "5 minutes", "1h-5m", "-5m", "5mm", "1 0m", "٥m", "1e3s", "5m;"]
)
def test_rubbish_is_no_duration_and_the_message_shows_the_form(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; write for example 30s"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["0s", "0m0s", "0.5ms"])
def test_a_duration_lasts_at_least_a_millisecond(text: str) -> None:
    with pytest.raises(ValueError, match="shorter than a millisecond"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["9999999999999w", "9" * 400 + "m"])
def test_a_duration_beyond_counting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="longer than this program can count"):
        parse_duration(text)


@given(st.integers(min_value=1, max_value=10**12))
def test_a_written_duration_reads_back_as_itself(milliseconds: int) -> None:
    length = timedelta(milliseconds=milliseconds)
    assert parse_duration(format_duration(length)) == length


def test_a_duration_is_written_as_short_as_prometheus_allows() -> None:
    assert format_duration(timedelta(seconds=5400)) == "1h30m"
    assert format_duration(timedelta(days=1, milliseconds=5)) == "1d5ms"
    assert format_duration(timedelta(seconds=1.001)) == "1s1ms"
    assert format_duration(timedelta(0)) == "0s"


@pytest.mark.parametrize(
    "text",
    [
        "now",
        "2025-11-07T15:30Z",
        "2025-11-07T15:30z",
        "2025-11-07 15:30 UTC",
        "2025-11-07 15:30 GMT",
        "2025-11-07T15:30:00+00:00",
        "2025-11-07T16:30+01:00",
        "2025-11-07T10:30-05:00",
        "2025-11-07 15:30",
        "1762529400",
        "1762529400.0",
        "1762529400000",
    ],
)
def test_one_instant_can_be_written_in_many_ways(text: str) -> None:
    instant = parse_instant(text, NOW)
    assert instant == NOW
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("text", ["-15m", "now-15m", "now - 15m", " -15m "])
def test_a_time_can_be_so_long_ago(text: str) -> None:
    assert parse_instant(text, NOW) == NOW - timedelta(minutes=15)


def test_both_hours_of_a_clock_change_can_be_told_apart_by_their_offset() -> None:
    first = parse_instant("2025-10-26T02:30+02:00", NOW)
    second = parse_instant("2025-10-26T02:30+01:00", NOW)
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "15:30",
        "2025-13-01",
        "2025-11-07T25:00",
        "0000-01-01T00:00Z",
        "0001-01-01T00:00+14:00",
        "2025-11-07 15:30 Europe/Berlin",
        "99999999999999999999",
        "+15m",
        "-99999999w",
        "-90000000d",
    ],
)
def test_rubbish_is_no_time_and_the_message_names_what_was_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time; write for example|longer than") as caught:
        parse_instant(text, NOW)
    assert text.removeprefix("-") in str(caught.value)


@pytest.mark.parametrize("text", ["-", "-banana", "now-5"])
def test_rubbish_after_a_minus_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="write for example"):
        parse_instant(text, NOW)


@given(st.text(max_size=30))
@example("-\n5m")
@example("now")
def test_any_text_is_a_time_or_refused_and_nothing_else(text: str) -> None:
    try:
        instant = parse_instant(text, NOW)
    except ValueError:
        return
    assert instant.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("13:00/14:00", (7, 13, 0), (7, 14, 0)),
        ("13:00Z/14:30Z", (7, 13, 0), (7, 14, 30)),
        ("23:00/23:30", (6, 23, 0), (6, 23, 30)),
        ("23:30/00:30", (6, 23, 30), (7, 0, 30)),
        ("2025-11-01T13:00Z/2025-11-01T14:00Z", (1, 13, 0), (1, 14, 0)),
        ("-3h/-2h", (7, 12, 30), (7, 13, 30)),
        ("1762348800/2025-11-05T14:00Z", (5, 13, 20), (5, 14, 0)),
    ],
)
def test_a_range_is_two_times_and_a_time_of_day_is_the_last_one(
    text: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    def moment(day: int, hour: int, minute: int) -> datetime:
        return datetime(2025, 11, day, hour, minute, tzinfo=UTC)

    assert parse_range(text, NOW) == (moment(*start), moment(*end))


@pytest.mark.parametrize(
    "text", ["", "/", "13:00", "13:00/", "/14:00", "25:00/26:00", "yesterday/now"]
)
def test_what_is_no_range_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(ValueError, match="is no range of time; write for example 13:00/14:00"):
        parse_range(text, NOW)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_range("-1h/-2h", NOW)
