"""What ``list`` and ``show`` print."""

import pytest
from rich.cells import cell_len

from tests.render import golden
from troubleshoot.model.playbook import Check, Playbook
from troubleshoot.model.resolved_playbook import ResolvedPlaybook, Setting
from troubleshoot.render.catalog import ListedPlaybook, listing, show
from troubleshoot.render.judges import judge_words

JUDGES = [
    ({"kind": "threshold", "warning": "> 0.8", "critical": "> 95%"}, "ratio",
     "warning > 80 %, critical > 95 %"),
    ({"kind": "share", "by": "status", "of": "error", "at_least": 0.1, "critical": "> 0.1"},
     "per_second",
     "share by status of error, when the total is at least 0.1/s: critical > 10 %"),
    ({"kind": "share", "by": "type", "of": "~time.?out", "warning": "> 0.5"}, "",
     "share by type of matching time.?out: warning > 50 %"),
    ({"kind": "change", "floor": "> 50ms", "warning": "> 2x"}, "seconds",
     "multiple of its baseline, where the value is > 50 ms: warning > 2×"),
    ({"kind": "presence", "by": "job", "expect": ["a", "b"]}, "count",
     "series for every job of a, b, all of them 1"),
    ({"kind": "trace_errors", "among": "jaeger/x.json", "failed": "> 5%", "critical": "> 0.5"},
     "ratio",
     "share of failed traces that fail there first, where > 5 % of all fail: critical > 50 %"),
    ({"kind": "trace_latency", "among": "jaeger/x.json", "longer": 1, "slow": "> 0.1",
      "critical": "> 0.5"}, "ratio",
     "share of the time of slow traces, where > 10 % of all take longer than 1 s: critical > 50 %"),
    ({"kind": "trace_tags", "among": "jaeger/x.json", "failed": "> 5%", "critical": "> 0.5"},
     "ratio",
     "share that failed of traces with a tag value that separates, where > 5 % of all do: "
     "critical > 50 %"),
    ({"kind": "log_patterns", "level": [], "message": ["m"], "service": ["s"], "trace": ["t"],
      "critical": "> 5x"}, "count",
     "growth of a message pattern against its baseline, from 5 lines on: critical > 5×"),
]  # fmt: skip

PLAYBOOK = Playbook.model_validate(
    {
        "format": 2,
        "playbook": "small",
        "title": "A small playbook",
        "summary": "For tests.",
        "alert": {"name": "Small", "for": "5m"},
        "symptom": "errors",
        "parameters": {"limit": {"default": 0.1, "help": "share that fires"}},
        "steps": [
            {
                "id": "health",
                "guide": "2, step 1",
                "title": "Health",
                "checks": [
                    {
                        "id": "errors",
                        "title": "Failed orders",
                        "query": "promql/errors.promql",
                        "guide_query": "promql/errors.guide.promql",
                        "unit": "ratio",
                        "judge": {"kind": "threshold", "critical": "> 0.1"},
                        "note": "\x1b[31mred",
                    }
                ],
            }
        ],
        "diagnoses": [
            {
                "id": "broken",
                "title": "It is broken",
                "component": "shop",
                "for": [
                    {
                        "check": "errors",
                        "where": {"labels": {"type": ["a", "b"]}},
                        "strength": "strong",
                    }
                ],
                "against": [
                    {"check": "errors", "when": "ok", "strength": "weak", "because": "none fails"}
                ],
                "remedies": ["mend"],
                "prevented_by": ["care"],
            }
        ],
        "remedies": {
            "mend": {
                "title": "Mend it",
                "risk": "low",
                "precondition": "you can",
                "commands": ["mend --now"],
                "rollback": "break it",
                "verify": "errors",
                "owner": "us",
            }
        },
        "verify": [{"check": "errors", "recovered": "< 0.01"}],
        "follow_ups": {"care": {"title": "Take care", "kind": "runbook", "guide": "8"}},
    }
)  # fmt: skip
LOADED = ResolvedPlaybook(
    PLAYBOOK, "playbooks/small.yaml", "", (), (Setting("limit", 0.2, "--set"),)
)
ENTRIES = (
    ListedPlaybook(
        "high-error-rate", "High order failure rate", "shipped", "/lib/high-error-rate.yaml"
    ),
    ListedPlaybook(
        "small", "A \x1b[31msmall one", "./playbooks", "small.yaml", ("/lib/small.yaml",)
    ),
)


@pytest.mark.parametrize(("judge", "unit", "words"), JUDGES)
def test_each_judge_reads_as_a_sentence(judge: dict[str, object], unit: str, words: str) -> None:
    check = Check.model_validate(
        {"id": "x", "title": "x", "query": "promql/x.promql", "unit": unit, "judge": judge}
    )
    assert judge_words(check.judge, unit) == words


def test_a_playbook_reads_as_its_golden_file() -> None:
    golden.check("show.txt", show(LOADED, 80, color=False))


def test_the_list_says_from_where_and_instead_of_what() -> None:
    golden.check("list.txt", listing(ENTRIES, 80, color=False))


def test_an_empty_list_says_so() -> None:
    assert listing((), 80, color=False) == "No playbook was found.\n"


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_both_fit_the_terminal_and_carry_no_escape_sequence(width: int) -> None:
    text = show(LOADED, width, color=False) + listing(ENTRIES, width, color=False)
    assert "\x1b" not in text
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
