"""The terminal report: what fits, what comes first, what colour may add."""

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.render import sample
from tests.render.reports import ALL, BACKEND_DOWN, CLEAR, HOSTILE, TIMEOUTS
from troubleshoot.model.diagnosis import Strength
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.sanitize import neutral
from troubleshoot.render.view import verify_command

ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def render(report: Report, width: int = 80, *, color: bool = False, explain: bool = False) -> str:
    return FORMATS["terminal"](report, Style(width, color, explain))


def one_line(text: str) -> str:
    return " ".join(text.split())


def kept_whole(report: Report) -> set[str]:
    """The lines that must not be broken, however wide."""
    queries = [query for finding in report.findings for query in finding.queries]
    queries += [written.query for written in report.as_written]
    texts = [text for query in queries for text in (query.file, query.text, query.curl)]
    for each in report.actions:
        texts += [*each.remedy.commands, each.remedy.snippet, each.remedy.rollback]
    texts += [each.snippet for each in report.follow_ups] + [verify_command(report)]
    texts += [link.url for finding in report.findings for link in finding.links]
    texts += [f"{name} = {value}  ({source})" for name, value, source in report.parameters]
    return {line.strip() for text in texts for line in text.splitlines()}


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("name", ALL)
def test_only_what_must_not_be_broken_is_wider_than_the_terminal(name: str, width: int) -> None:
    whole = kept_whole(neutral(ALL[name]))
    for line in render(ALL[name], width, explain=True).splitlines():
        words = re.sub(r"^ *(?:file|undo) +|^ +", "", line)
        if cell_len(line) > width and words not in whole:
            before, _, word = line.rpartition(" ")
            assert cell_len(before) < 20, line  # a marker, and one word that has no room beside it
            assert cell_len(word) > width - 20, line


@pytest.mark.parametrize("width", [60, 80, 120])
def test_long_and_wide_labels_are_not_broken_and_nothing_of_them_is_lost(width: int) -> None:
    label = "支払いサービス" * 12 + "z" * 200
    item = Item((("pod", label),), Outcome.CRITICAL, 0.5, note="n" * 250)
    finding = replace(sample.BY_TYPE, items=(item, item))
    text = render(replace(TIMEOUTS, findings=(finding,), diagnoses=()), width, explain=True)
    assert f"pod={label}: 50 %" in one_line(text)
    assert f"“{'n' * 250}”" in text


def test_the_first_screen_says_what_since_when_how_sure_and_what_to_do() -> None:
    first = "\n".join(render(TIMEOUTS).splitlines()[:24])
    for wanted in (
        "likely: the payment provider does not answer in time",
        "42.3 % (> 10 %), normally 0.6 %, 71×, since 15:13",
        "confidence 93 %",
        "15:12 UTC (16:12 Europe/Berlin), 18 min before",
        "Open the circuit breaker around the provider",
        "11 of 12 checks answered: NOT COMPLETE",
        "1 unanswered check could change this",
    ):
        assert wanted in one_line(first)


def test_the_last_screen_repeats_the_answer_because_the_end_stays_on_the_screen() -> None:
    last = one_line("\n".join(render(TIMEOUTS).splitlines()[-12:]))
    for wanted in (
        "DIAGNOSED: likely: the payment provider does not answer in time",
        "confidence 93 %, since 15:12 UTC",
        "do first Open the circuit breaker",
        "kubectl set env deployment/payment-service CIRCUIT_BREAKER=on",
        "Exit code 1",
    ):
        assert wanted in last


def test_no_colour_is_one_that_a_light_background_swallows() -> None:
    for report in ALL.values():
        codes = re.findall(r"\x1b\[([0-9;]*)m", render(report, color=True, explain=True))
        assert not {"33", "36", "93", "96"} & {code for each in codes for code in each.split(";")}


def test_sections_come_in_the_order_a_person_needs_them() -> None:
    text = render(TIMEOUTS)
    order = (
        "DIAGNOSED", "Most likely cause", "Also possible", "What to do", "Ruled out",
        "Could not check", "What moved first", "Checks", "So that it does not happen again",
        "Pages at exactly", "Backends", "In short",
    )  # fmt: skip
    places = [text.index(f"\n{each}") for each in order]
    assert places == sorted(places)


def test_what_moved_first_stands_first() -> None:
    text = render(TIMEOUTS)
    moved = text[text.index("\nWhat moved first") : text.index("\nChecks")]
    times = re.findall(r"^(?:\d\d:\d\d–)?(\d\d:\d\d) ", moved, re.M)
    assert len(times) == 6
    assert times == sorted(times)


def test_the_points_of_the_evidence_add_up_to_the_score() -> None:
    text = render(TIMEOUTS)
    cause = text[text.index("Most likely cause") : text.index("Also possible")]
    points = [int(each) for each in re.findall(r"^([+−]\d+) ", cause.replace("−", "-"), re.M)]
    assert sum(points) == sample.TIMEOUT.score


def test_a_ruled_out_cause_stands_with_the_value_that_refutes_it() -> None:
    text = one_line(render(TIMEOUTS))
    assert "a pool with room left refuses nobody (Connection pool used: 31 %, normally 28" in text


def test_without_colour_there_is_no_escape_sequence() -> None:
    for report in ALL.values():
        assert "\x1b" not in render(report, explain=True)


def test_colour_adds_nothing_but_colour() -> None:
    colored = render(TIMEOUTS, color=True, explain=True)
    assert "\x1b[" in colored
    plain = "\n".join(line.rstrip() for line in ESCAPE.sub("", colored).splitlines())
    assert plain + "\n" == render(TIMEOUTS, explain=True)


def test_with_colour_only_our_own_sequences_reach_the_terminal() -> None:
    colored = render(HOSTILE, color=True, explain=True)
    assert "\x1b" not in ESCAPE.sub("", colored)
    targets = re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)", colored)
    assert [each for each in targets if each and not each.startswith("https://")] == []


def test_pages_are_clickable_where_the_terminal_can() -> None:
    assert "https://jaeger.shop.example/trace/4f1c9a0be2d77a31\x1b\\" in render(
        TIMEOUTS, color=True
    )


def test_a_clear_run_does_not_speak_of_causes_or_actions() -> None:
    text = render(CLEAR)
    assert "CLEAR: orders are fine" in text
    assert "Most likely cause" not in text
    assert "What to do" not in text
    assert "Do first" not in text


def test_utc_is_not_printed_twice_when_local_time_is_utc() -> None:
    assert "\n2025-11-07 15:25–15:30 UTC\n" in render(CLEAR)


def test_a_dead_backend_is_named_with_what_to_do() -> None:
    text = one_line(render(BACKEND_DOWN))
    assert "E elasticsearch http://elasticsearch:9200: 2 requests, 2 failed" in text
    assert text.count("try set TROUBLESHOOT_ELASTICSEARCH_URL") == 1


def test_a_dead_backend_is_said_once_not_once_a_check() -> None:
    reason = BACKEND_DOWN.gaps[0].reason
    again = replace(BACKEND_DOWN.gaps[0], check="other", title="Other logs")
    report = replace(BACKEND_DOWN, gaps=(*BACKEND_DOWN.gaps, again))
    text = one_line(render(report))
    assert text.count(reason) == 1
    assert "E elasticsearch did not answer: Error messages; Other logs" in text


def test_a_dead_backend_is_on_the_first_screen() -> None:
    first = one_line("\n".join(render(BACKEND_DOWN).splitlines()[:24]))
    assert "E backend http://elasticsearch:9200 refused" in first


def test_a_page_of_stack_trace_does_not_push_out_the_rest() -> None:
    item = replace(sample.PATTERNS.items[0], note="y" * 5000)
    finding = replace(sample.PATTERNS, items=(item,))
    cause = replace(sample.TIMEOUT, arguments_for=(sample.argument(finding, Strength.STRONG),))
    report = replace(TIMEOUTS, findings=(finding,), diagnoses=(cause,))
    assert "and 4,800 more characters" in one_line(render(report))
    assert "and 4,700 more characters" in one_line(render(report, explain=True))


def test_follow_ups_of_causes_that_do_not_hold_are_left_out() -> None:
    text = render(TIMEOUTS)
    assert "Retry with exponential backoff" in text
    assert "RabbitMQ" not in text
