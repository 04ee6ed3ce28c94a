"""Who arrives late must see that something was there; and what nobody can date stands last."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.render import sample as s
from tests.render.reports import CLEAR, TIMEOUTS
from troubleshoot.model.finding import Episode, Item, Outcome
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.timeline import first_moves, moves, undated
from troubleshoot.render.wording import facts, finding_facts

EARLY = s.ONSET - timedelta(minutes=20)


def past(worst: float, *, since: bool = True, until: int = 10) -> Episode:
    return Episode(EARLY if since else None, EARLY + timedelta(minutes=until), worst)


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_what_is_over_is_told_with_its_worst_and_both_times(format_: str) -> None:
    text = " ".join(FORMATS[format_](CLEAR, Style()).split())
    assert "was 13.7 % from 15:12, over since 15:21:30" in text


def test_what_was_wrong_from_before_the_lookback_has_no_beginning() -> None:
    item = Item((), Outcome.OK, 0.01, past=past(0.4, since=False))
    assert facts(item, "ratio", s.AT) == "1 %, was 40 %, over since 15:02"


def test_another_row_than_the_worst_is_named_with_what_is_over() -> None:
    calm = Item((("pod", "a"),), Outcome.OK, 0.3, subject="a")
    was = Item((("pod", "b"),), Outcome.OK, 0.2, subject="b", past=past(0.99))
    earlier = Item((("pod", "c"),), Outcome.OK, 0.1, subject="c", past=past(0.9, until=5))
    found = replace(s.POOL, items=(calm, earlier, was))
    told = finding_facts(found, s.AT)
    assert told == "30 %; b was 99 % from 14:52, over since 15:02"


def test_while_a_check_fires_what_is_over_does_not_stand_in_its_place() -> None:
    bad = Item((("pod", "a"),), Outcome.CRITICAL, 0.98, subject="a", since=s.ONSET)
    was = Item((("pod", "b"),), Outcome.OK, 0.2, subject="b", past=past(0.99))
    found = replace(s.POOL, outcome=Outcome.CRITICAL, items=(bad, was))
    assert finding_facts(found, s.AT) == "98 %, since 15:12"


def test_what_is_over_takes_its_place_in_the_order_of_what_moved() -> None:
    was = replace(s.POOL, items=(replace(s.POOL.items[0], past=past(0.97)),))
    moved = moves(replace(TIMEOUTS, findings=(*TIMEOUTS.findings[1:], was)))
    assert moved[0].finding.check == "db-pool-usage"
    assert (moved[0].since, moved[0].value()) == (EARLY, 0.97)


def test_what_is_wrong_since_nobody_knows_when_stands_last_in_every_format() -> None:
    unknown = undated(TIMEOUTS)
    assert [each.check for each in unknown] == ["failed-traces"]
    assert "failed-traces" not in {move.finding.check for move in first_moves(TIMEOUTS)}
    ends = {"terminal": "\nChecks", "markdown": "## What to do", "html": 'id="actions"'}
    for format_, end in ends.items():
        text = FORMATS[format_](TIMEOUTS, Style())
        start = "## Timeline" if format_ == "markdown" else "What moved first"
        timeline = text[text.index(start) : text.index(end, text.index(start))]
        last = timeline[timeline.rindex("unknown") :]
        assert unknown[0].title in last
        assert "Failed payments" not in last
