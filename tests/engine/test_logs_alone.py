"""A service of which nothing but its log lines can tell errors."""

from collections.abc import Mapping

from tests.engine.test_outside import BAD, FINE, ranked, rows, seen
from tests.engine.test_relate import WINDOW
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.topology.attribution import System, related
from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.facts import LogFacts, MetricFacts
from troubleshoot.model.finding import Evidence, Finding, Item


def lines(*told: tuple[str, str], new: bool = True) -> Finding:
    return rows(
        "error-logs",
        Evidence.LOG,
        *(
            Item((), BAD, 40, note=text, facts=LogFacts(pattern=text, service=name, new=new))
            for name, text in told
        ),
    )


def verdicts(*findings: Finding, calls: tuple[tuple[str, str], ...] = ()) -> Mapping[str, Verdict]:
    """Which services fail, when nothing else is wrong, though traces were read."""
    calm = {"failed-traces": rows("failed-traces", Evidence.TRACE)}
    every = {**seen(), **calm} | {one.check: one for one in findings}
    found = related(every.values(), Answers({}), Known(), System(WINDOW, calls))
    return {
        name.removeprefix("failing:"): one.verdict
        for name, one in ranked({one.check: one for one in found}).items()
        if name.startswith("failing:") and one.verdict in (Verdict.LIKELY, Verdict.POSSIBLE)
    }


def test_new_errors_of_a_service_without_metrics_and_spans_make_it_likely() -> None:
    assert verdicts(lines(("mailer", "disk full"))) == {"mailer": Verdict.LIKELY}


def test_more_of_the_usual_errors_do_not() -> None:
    found = verdicts(lines(("mailer", "disk full"), new=False))
    assert found == {"mailer": Verdict.POSSIBLE}


def test_nor_do_new_ones_where_a_metric_says_that_it_serves_well() -> None:
    facts = MetricFacts("mailer", means="errors")
    errors = rows("service-errors", Evidence.METRIC, Item((), FINE, 0.0, facts=facts))
    assert verdicts(lines(("mailer", "disk full")), errors) == {"mailer": Verdict.POSSIBLE}


def test_of_a_caller_and_its_callee_the_callee_is_the_likely_one() -> None:
    told = lines(("mailer", "disk full"), ("shop", "mail not sent"))
    assert verdicts(told, calls=(("shop", "mailer"),)) == {
        "mailer": Verdict.LIKELY,
        "shop": Verdict.POSSIBLE,
    }


def test_who_names_another_is_not_it_though_there_are_traces() -> None:
    told = lines(("mailer", "connect to smtp.example:25: refused"))
    assert "mailer" not in verdicts(told)
