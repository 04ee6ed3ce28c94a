"""Where the encoding is a narrow one, no mark of the report becomes another mark."""

import pytest

from troubleshoot.cli.encoding import shown
from troubleshoot.model.finding import Outcome
from troubleshoot.render.spark import sparkline
from troubleshoot.render.wording import RECOVERED, SYMBOL


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
def test_every_mark_stays_one_of_its_own(encoding: str) -> None:
    marks = {outcome: shown(mark, encoding) for outcome, mark in SYMBOL.items()}
    assert len(set(marks.values())) == len(marks)
    assert [outcome for outcome, mark in marks.items() if mark == "?"] == [Outcome.NO_DATA]
    words = [shown(word, encoding) for word, _ in RECOVERED.values()]
    assert [word for word in words if word.startswith("?")] == ["? cannot tell"]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_sparkline_still_rises(encoding: str) -> None:
    course = shown(sparkline((0.0, 0.0, 0.5, 1.0), 8), encoding)
    assert "?" not in course
    assert len(set(course)) > 2


def test_what_has_no_likeness_is_a_question_mark_and_the_rest_is_kept() -> None:
    assert shown("−2 pay 支払い → naïve", "cp1252") == "-2 pay ??? > naïve"
    assert shown("✓ 支払い", "utf-8") == "✓ 支払い"
