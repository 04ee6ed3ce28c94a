"""Log messages without their variable parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import lines
from troubleshoot.analysis.patterns import Fields, mask, patterns
from troubleshoot.model.signal import LogLine

FIELDS = Fields(("message",), ("service",), ("trace_id",))


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("order 4711 failed after 3.2s", "order <*> failed after <*>"),
        ("order ord-036106 failed", "order ord-<*> failed"),
        ("refused by 10.0.3.7:8080", "refused by <*>"),
        ("id 3fa85f64-5717-4562-b3fc-2c963f66afa6 gone", "id <*> gone"),
        ("span 9f86d081884c7d65 lost", "span <*> lost"),
        ("at 0xDEADBEEF", "at <*>"),
        ("mail to [email:fe779f80]", "mail to <*>"),
        ("HTTP 503 from provider", "HTTP <*> from provider"),
        ("plain words stay, facade too", "plain words stay, facade too"),
        ("utf8 and ipv4 and s3 stay", "utf8 and ipv4 and s3 stay"),
        ("many   blanks\tare one", "many blanks are one"),
        ("first line\nat com.shop.Order(Order.java:12)", "first line"),
        ("", ""),
    ],
)
def test_what_varies_is_masked_and_what_tells_is_kept(message: str, masked: str) -> None:
    assert mask(message) == masked


def test_lines_of_one_pattern_are_counted_together() -> None:
    found = patterns(lines(["order 1 failed", "order 2 failed", "disk full"]), FIELDS)
    assert [(one.text, one.lines) for one in found] == [("order <*> failed", 2), ("disk full", 1)]
    assert found[0].share == pytest.approx(2 / 3)


def test_the_sample_is_the_newest_line_as_it_was() -> None:
    assert (
        patterns(lines(["order 7 failed", "order 8 failed"]), FIELDS)[0].sample == "order 7 failed"
    )


def test_the_same_words_of_two_services_are_two_patterns() -> None:
    found = patterns([*lines(["failed"], "a"), *lines(["failed"], "b")], FIELDS)
    assert [one.service for one in found] == ["a", "b"]


def test_trace_ids_are_kept_once_each() -> None:
    found = patterns(lines(["x", "x"], trace_id="abc"), FIELDS)
    assert found[0].traces == ("abc",)


def test_a_line_without_the_field_is_a_pattern_without_text() -> None:
    (found,) = patterns([LogLine(0.0, ())], FIELDS)
    assert (found.text, found.service) == ("", "")


@given(st.lists(st.sampled_from(["order 1 failed", "order 2 failed", "full"]), min_size=1).flatmap(
    lambda messages: st.tuples(st.just(messages), st.permutations(messages))
))  # fmt: skip
def test_the_order_of_lines_does_not_change_the_counts(pair: tuple[list[str], list[str]]) -> None:
    one, other = (patterns(lines(messages), FIELDS) for messages in pair)
    assert [(p.text, p.lines) for p in one] == [(p.text, p.lines) for p in other]


@given(st.text())
def test_masking_twice_changes_nothing_more(message: str) -> None:
    assert mask(mask(message)) == mask(message)
