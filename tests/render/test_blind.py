"""A dead backend is named once, by its own address."""

from dataclasses import replace

import pytest

from tests.render.reports import NOTHING_LISTENS, VERIFIED
from troubleshoot.model.finding import Outcome
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.gaps import brief


@pytest.mark.parametrize("page", ["*/_search", "*events*,*deploy*,shop-*/_search"])
@pytest.mark.parametrize("rest", [" (connection refused)", ", and nothing else"])
def test_the_page_that_was_asked_for_is_left_out(page: str, rest: str) -> None:
    base = NOTHING_LISTENS.stores[2].url
    wanted = f"nothing listens at {base}{rest}"
    assert brief(NOTHING_LISTENS, f"nothing listens at {base}/{page}{rest}") == wanted


def test_a_verification_does_not_repeat_why_nobody_answers() -> None:
    first = VERIFIED.verifications[0]
    problem = NOTHING_LISTENS.stores[0].problem
    finding = replace(first.finding, outcome=Outcome.ERROR, items=(), reason=problem)
    unknown = replace(first, finding=finding, recovered=None, reason=problem)
    report = replace(VERIFIED, stores=NOTHING_LISTENS.stores, verifications=(unknown,) * 3)
    printed = " ".join(FORMATS["terminal"](report, Style(80)).split())
    assert printed.count(f"? cannot tell {finding.title}: could not be looked at") == 3
    assert printed.count("Prometheus: nothing listens") == 1
