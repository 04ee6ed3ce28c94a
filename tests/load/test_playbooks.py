"""A playbook loads, or every mistake in it is named with its place."""

import json
import shlex
from pathlib import Path

import pytest

from tests.load.broken import BROKEN
from tests.load.small import PLAYBOOK, WINDOW, Kitchen, place
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.playbook.loader import clock, load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.load.text.templates import render
from troubleshoot.model.errors import InputError, UsageError
from troubleshoot.model.judges.threshold import Threshold


def test_a_good_playbook_loads_with_its_queries_and_decided_parameters(small: Kitchen) -> None:
    loaded = small.load(given=Given(environment={"limit": 0.2}, assigned={"traces": "5"}))
    assert [query.name for query in loaded.queries] == ["promql/share.promql", "jaeger/failed.json"]
    assert [(one.name, one.value, one.source) for one in loaded.settings] == [
        ("metric", "orders_total", "default"),
        ("limit", 0.2, "environment"),
        ("services", ("order-service", "payment-service"), "default"),
        ("strict", False, "default"),
        ("traces", 5, "--set"),
    ]
    judge = loaded.playbook.steps[0].checks[0].judge
    assert isinstance(judge, Threshold)
    assert judge.critical is not None
    assert (judge.critical.limit, judge.critical.text) == (0.2, "> 0.2")
    assert loaded.playbook.remedies["scale"].commands == ("kubectl scale deployment/orders_total",)
    assert loaded.text == PLAYBOOK


@pytest.mark.parametrize("row", BROKEN, ids=[row[0] for row in BROKEN])
def test_a_mistake_is_named_with_place_path_and_what_is_allowed(
    small: Kitchen, row: tuple[str, str, str, str, str]
) -> None:
    new, old, at, path, said = row
    text = PLAYBOOK.replace(old, new)
    assert text != PLAYBOOK
    found = small.broken((old, new))
    wanted = place(at, text)
    assert wanted in found, "\n".join(map(str, found.values()))
    assert said in found[wanted].message
    assert found[wanted].path == path
    assert (
        str(found[wanted]) == f"{small.root}/small.yaml:{wanted}: {path}: {found[wanted].message}"
    )


def test_several_mistakes_are_reported_at_once(small: Kitchen) -> None:
    found = small.broken(
        ("title: A small playbook", "tilte: A small playbook"),
        ("strength: strong", "strength: huge"),
        ("risk: low", "risk: none"),
        ("deployment/{{ metric }}", "deployment/{{ metrics }}"),
    )
    assert {mistake.path for mistake in found.values()} == {
        "",  # the title is missing
        "tilte",
        "diagnoses[0].for[0].strength",
        "remedies.scale.risk",
        "remedies.scale.commands[0]",
    }


def test_a_template_that_cannot_be_filled_in_is_one_mistake_and_not_two(small: Kitchen) -> None:
    found = small.broken(('critical: "> 50%"', 'critical: "> {{ nothing }}"'))
    assert [one.message.split(".")[0] for one in found.values()] == ["unknown variable 'nothing'"]


def test_limits_may_grow_worse_downwards_but_only_in_that_order(small: Kitchen) -> None:
    right = 'kind: share, by: type, warning: "< 50%", critical: "< 20%"'
    small.load(PLAYBOOK.replace('kind: share, by: type, critical: "> 50%"', right))
    wrong = 'kind: share, by: type, warning: "< 20%", critical: "< 50%"'
    (found,) = small.broken(('kind: share, by: type, critical: "> 50%"', wrong)).values()
    assert "are the wrong way round: critical would hold first" in found.message


def test_mistakes_in_names_and_in_several_queries_come_together(small: Kitchen) -> None:
    small.query("promql/share.promql", "rate({{ mteric }}[5m])\n")
    small.query("jaeger/failed.json", "{")
    text = PLAYBOOK.replace("[scale]", "[scal]")
    with pytest.raises(InputError) as caught:
        small.load(text)
    files = [Path(one.file).name for one in caught.value.mistakes]
    assert files == ["small.yaml", "share.promql", "failed.json"]


def test_a_template_alone_keeps_the_type_of_its_parameter(small: Kitchen) -> None:
    text = PLAYBOOK.replace("kind: share, by", 'kind: share, at_least: "{{ limit }}", by')
    text = text.replace("{type: timeout}", '{type: "{{ services }}"}')
    loaded = small.load(text)
    assert loaded.playbook.diagnoses[0].for_[0].where.labels == {
        "type": ("order-service", "payment-service")
    }


HOSTILE = [
    "shop; rm -rf ~", "$(id)", "`id`", "a'b", 'a"b', "--kubeconfig=/tmp/x", "-n", "a b", "a\\", "~",
    "*", "!x", "<x>", "#", '"} or vector(1) #', "../../_all", "{{ traces }}", "<service>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_the_label_of_an_alert_is_one_word_of_a_command_and_one_value_of_a_query(
    text: str, small: Kitchen
) -> None:
    changed = PLAYBOOK.replace(
        "parameters:\n", "parameters:\n  place: {default: x, help: y, alert_label: namespace}\n"
    ).replace('["kubectl scale deployment/{{ metric }}"]', '["kubectl -n {{ place }} get pods"]')
    small.query("promql/share.promql", 'sum(x{namespace="{{ place }}"})\n')
    small.query("jaeger/failed.json", '{"service": "{{ place }}"}\n')
    loaded = small.load(changed, Given(alert={"namespace": text}))
    (command,) = loaded.playbook.remedies["scale"].commands
    assert shlex.split(command) == ["kubectl", "-n", text, "get", "pods"]
    told = {
        name: render(query.text, loaded.variables, language=language, file="")
        for language, name in (("promql", "promql/share.promql"), ("json", "jaeger/failed.json"))
        for query in [loaded.query(name)]
    }
    assert json.loads(told["jaeger/failed.json"]) == {"service": text}
    quoted = told["promql/share.promql"].removeprefix("sum(x{namespace=").removesuffix("})\n")
    assert json.loads(quoted) == text


def test_a_label_to_pick_by_may_be_a_parameter(small: Kitchen) -> None:
    text = PLAYBOOK.replace("{type: timeout}", '{"{{ metric }}": x}')
    loaded = small.load(text.replace("by: type", 'by: "{{ metric }}"'))
    assert loaded.playbook.diagnoses[0].for_[0].where.labels == {"orders_total": "x"}


def test_a_value_in_a_command_is_quoted_for_the_shell(small: Kitchen) -> None:
    text = PLAYBOOK.replace("deployment/{{ metric }}", "{{ metric }} '{{ metric }}'")
    text = text.replace("commands: [", 'commands: ["{{ metric }}", ')
    small.query("promql/share.promql", 'up{job="{{ metric }}"}')
    loaded = small.load(text, Given(assigned={"metric": "it's; rm -rf /"}))
    alone, command = loaded.playbook.remedies["scale"].commands
    quoted = "it'\"'\"'s; rm -rf /"
    assert alone == f"'{quoted}'"
    assert command == f"kubectl scale '{quoted}' '{quoted}'"


def test_literal_braces_can_be_kept_with_raw(small: Kitchen) -> None:
    raw = "rollback: '{% raw %}{{ $labels.instance }}{% endraw %}'"
    loaded = small.load(PLAYBOOK.replace("rollback: scale back", raw))
    assert loaded.playbook.remedies["scale"].rollback == "{{ $labels.instance }}"


def test_templates_know_the_window_as_prometheus_writes_it() -> None:
    known = {"window": "5m", "lookback": "1h", "step": "30s", "at": "1762529400"}
    assert clock(WINDOW) == known


def test_an_unknown_parameter_on_the_command_line_is_refused_with_a_suggestion(
    small: Kitchen,
) -> None:
    with pytest.raises(UsageError, match=r"has no parameter 'limt'\. Did you mean 'limit'\?"):
        small.load(given=Given(assigned={"limt": "1"}))


def test_parameters_of_an_environment_that_other_playbooks_know_are_no_mistake(
    small: Kitchen,
) -> None:
    assert small.load(given=Given(environment={"of_another": "x"})).variables["limit"] == 0.1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"playbook: small\ntitle: \xff\n", "small.yaml:2:8: not UTF-8 text"),
        (b"a" * 1_000_001, "small.yaml: larger than 1,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(
    small: Kitchen, content: bytes, said: str
) -> None:
    (found,) = small.mistakes(content).values()
    assert str(found) == f"{small.root}/{said}"


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(small: Kitchen) -> None:
    loaded = small.load(b"\xef\xbb\xbf" + PLAYBOOK.replace("\n", "\r\n").encode())
    assert loaded.playbook.playbook == "small"


def test_a_playbook_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for file, reason in ((tmp_path / "no.yaml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(InputError, match=f"cannot be read: {reason}"):
            load_playbook(file, (), WINDOW, Given(), dialects())
