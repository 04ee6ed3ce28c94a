"""Numbers as a person says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.render.units import against_normal, duration, number, quantity


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.42317, "ratio", "42.3 %"),
        (0.006, "ratio", "0.6 %"),
        (1.0, "ratio", "100 %"),
        (0.0, "ratio", "0 %"),
        (0.1 + 0.2, "", "0.3"),
        (4.8, "seconds", "4.8 s"),
        (0.32, "seconds", "320 ms"),
        (0.0009999, "seconds", "1 ms"),
        (0.00085, "seconds", "850 µs"),
        (0.0, "seconds", "0 s"),
        (125, "seconds", "2 min 5 s"),
        (4800, "seconds", "1 h 20 min"),
        (-0.5, "seconds", "−500 ms"),
        (0, "bytes", "0 B"),
        (1023.9, "bytes", "1 KiB"),
        (1536, "bytes", "1.5 KiB"),
        (1024**3, "bytes", "1 GiB"),
        (3.2, "per_second", "3.2/s"),
        (0.82, "cores", "0.82 cores"),
        (3911.0, "count", "3,911"),
        (-1234567, "count", "−1,234,567"),
        (12.0, "", "12"),
        (0.00001234, "", "1.2e-05"),
        (None, "ratio", "no value"),
        (float("inf"), "ratio", "∞"),
        (float("-inf"), "ratio", "−∞"),
        (float("nan"), "seconds", "not a number"),
    ],
)
def test_a_value_reads_in_its_unit(value: float | None, unit: str, text: str) -> None:
    assert quantity(value, unit) == text


@pytest.mark.parametrize(
    ("value", "normal", "text"),
    [
        (4.8, 0.6, "normally 600 ms, 8×"),
        (0.6, 0.6, "normally 600 ms, as usual"),
        (0.15, 0.6, "normally 600 ms, down to 25 %"),
        (4.8, 0.0, "normally 0 s"),
        (None, 0.6, "normally 600 ms"),
        (float("inf"), 0.6, "normally 600 ms"),
        (4.8, None, ""),
        (4.8, float("nan"), ""),
    ],
)
def test_a_value_is_compared_with_what_is_normal(
    value: float | None, normal: float | None, text: str
) -> None:
    assert against_normal(value, normal, "seconds") == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_short_and_close_to_what_it_stands_for(value: float) -> None:
    text = number(value)
    read = float(text.replace(",", "").replace("−", "-"))
    assert read == pytest.approx(value, rel=0.05, abs=1e-300)
    fraction = text.split("e")[0].partition(".")[2]
    assert len(fraction) <= 6


@given(st.floats(min_value=0, max_value=1e9))
def test_a_duration_never_shows_sixty_seconds_or_a_thousand_milliseconds(seconds: float) -> None:
    text = duration(seconds)
    assert " 60 s" not in text
    assert " 60 min" not in text
    assert not text.startswith("1,000 ")
