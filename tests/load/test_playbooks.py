"""A playbook loads, or every mistake in it is named with its place."""

from pathlib import Path

import pytest

from tests.load.small import PLAYBOOK, WINDOW, Kitchen, place
from troubleshoot.load.parameters import Given
from troubleshoot.load.playbooks import clock, load_playbook
from troubleshoot.model.errors import InputError, UsageError
from troubleshoot.model.judge import Threshold


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


BROKEN = [
    # what is written, instead of what, where the mistake is pointed at, path, message
    (
        "tilte: A small playbook",
        "title: A small playbook",
        "tilte: A",
        "tilte",
        "unknown key 'tilte'. Did you mean 'title'? Allowed: alert, diagnoses, follow_ups,",
    ),
    (
        "unitt: ratio\n        judge",
        "unit: ratio\n        judge",
        "unitt",
        "steps[0].checks[0].unitt",
        "unknown key 'unitt'. Did you mean 'unit'? Allowed: absent, guide_query, id, judge, note,",
    ),
    (
        "{kind: share, of_: x, by: type, crit",
        "{kind: share, by: type, crit",
        "of_: x",
        "steps[0].checks[1].judge.of_",
        "Did you mean 'of'? Allowed: at_least, by, critical, kind, of, warning",
    ),
    (
        "kind: treshold",
        "kind: threshold",
        "{kind: treshold",
        "steps[0].checks[0].judge",
        "'treshold' is not allowed. Did you mean 'threshold'? Allowed: threshold, share, change,",
    ),
    (
        "judge: {by: type, critical",
        "judge: {kind: share, by: type, critical",
        "{by: type, crit",
        "steps[0].checks[1].judge",
        "the key 'kind' is missing",
    ),
    (
        "unit: percent\n        judge",
        "unit: ratio\n        judge",
        "percent",
        "steps[0].checks[0].unit",
        "'percent' is not allowed. Allowed: '', ratio, seconds",
    ),
    ("title: 5", "title: Health", "5\n    checks", "steps[0].title", "expected text, not 5; write"),
    ("title: true", "title: Health", "true\n    c", "steps[0].title", "expected text, not true; w"),
    ("title:", "title: Health", "\n    checks", "steps[0].title", "expected text, but nothing is"),
    (
        "for: {check: by-type}",
        "for:\n      - {check: by-type, where: {type: timeout}, strength: strong}",
        "{check: by-type}",
        "diagnoses[0].for",
        "expected a list",
    ),
    (
        "where: {type: 5}",
        "where: {type: timeout}",
        "5}, strength",
        "diagnoses[0].for[0].where.type",
        "expected text or a list, not 5; write it in quotes",
    ),
    (
        "where: {type: [a, 5]}",
        "where: {type: timeout}",
        "5]}, strength",
        "diagnoses[0].for[0].where.type[1]",
        "expected text, not 5; write it in quotes",
    ),
    (
        "where: {type: '~time('}",
        "where: {type: timeout}",
        "'~time('",
        "diagnoses[0].for[0].where.type",
        "'~time(' is not a regular expression: missing ), unterminated subpattern",
    ),
    (
        "kind: share, of: '~[', by",
        "kind: share, by",
        "'~['",
        "steps[0].checks[1].judge.of",
        "'~[' is not a regular expression",
    ),
    (
        'where: {orders_total: a, "{{ metric }}": b}',
        "where: {type: timeout}",
        '"{{ metric }}": b',
        "diagnoses[0].for[0].where.'{{ metric }}'",
        "the key 'orders_total' is here twice, once it is filled in",
    ),
    (
        'where: {"{{ mertic }}": b}',
        "where: {type: timeout}",
        'mertic }}": b',
        "diagnoses[0].for[0].where.'{{ mertic }}'",
        "unknown variable 'mertic'. Did you mean 'metric'?",
    ),
    (
        "kind: presence, expect: [], by: type}",
        'kind: share, by: type, critical: "> 50%"}',
        "[], by",
        "steps[0].checks[1].judge.expect",
        "at least 1 must be here",
    ),
    (
        "where: {type: []}",
        "where: {type: timeout}",
        "[]},",
        "diagnoses[0].for[0].where.type",
        "the list is empty",
    ),
    (
        'critical: "50%"',
        'critical: "> 50%"',
        '"50%"',
        "steps[0].checks[1].judge.critical",
        "'50%' is not a comparison; write an operator and a number, for example '> 0.10'",
    ),
    (
        "critical: 0.5",
        'critical: "> 50%"',
        "0.5}",
        "steps[0].checks[1].judge.critical",
        "'0.5' is not a comparison",
    ),
    (
        "recovered: {sign: '>', limit: 1, text: x}",
        'recovered: "< 0.01"',
        "{sign",
        "verify[0].recovered",
        "is not a comparison",
    ),
    (
        'warning: "> 0.5", critical',
        'warning: "> 0.02", critical',
        '{kind: threshold, warning: "> 0.5"',
        "steps[0].checks[0].judge",
        "warning '> 0.5' and critical '> 0.1' are the wrong way round",
    ),
    (
        'warning: "< 0.02", critical',
        'warning: "> 0.02", critical',
        '{kind: threshold, warning: "< 0.02"',
        "steps[0].checks[0].judge",
        "look in opposite directions",
    ),
    (
        "strength: huge",
        "strength: strong",
        "huge",
        "diagnoses[0].for[0].strength",
        "'huge' is not allowed. Allowed: weak, moderate, strong, decisive",
    ),
    (
        "symptom: shar",
        "symptom: share",
        "shar\n",
        "symptom",
        "there is no check 'shar'. Did you mean 'share'? Known: by-type, origins, share",
    ),
    (
        "{check: by-tpye, where",
        "{check: by-type, where",
        "by-tpye",
        "diagnoses[0].for[0].check",
        "there is no check 'by-tpye'. Did you mean 'by-type'?",
    ),
    ("[scal]", "[scale]", "scal]", "diagnoses[0].remedies[0]", "no remedy 'scal'. Did you mean"),
    (
        "[alertrule]",
        "[alert-rule]",
        "alertrule",
        "diagnoses[0].prevented_by[0]",
        "there is no follow-up 'alertrule'. Did you mean 'alert-rule'?",
    ),
    ("verify: sahre\n", "verify: share\n", "sahre", "remedies.scale.verify", "no check 'sahre'"),
    ("{check: shore, rec", "{check: share, rec", "shore", "verify[0].check", "no check 'shore'"),
    (
        "id: by-type",
        "id: origins",
        "by-type\n        title: Where",
        "steps[0].checks[2].id",
        "the check id 'by-type' is here twice",
    ),
    ("id: Provider", "id: provider", "Provider", "diagnoses[0].id", "does not have the form"),
    (
        "query: jaeger/faild.json",
        "query: jaeger/failed.json",
        "jaeger/faild.json",
        "steps[0].checks[2].query",
        "there is no query 'jaeger/faild.json'. Did you mean 'jaeger/failed.json'? Looked in:",
    ),
    (
        "among: promql/share.promql",
        "among: jaeger/failed.json",
        "promql/share.promql, failed",
        "steps[0].checks[2].judge.among",
        "the judge 'trace_errors' reads jaeger queries, and this is prometheus",
    ),
    (
        "query: elasticsearch/logs.json",
        "query: jaeger/failed.json",
        "elasticsearch/logs.json",
        "steps[0].checks[2].query",
        "the judge 'trace_errors' reads jaeger queries, and this is elasticsearch",
    ),
    (
        'commands: ["kubectl scale deployment/{{ metrics }}"]',
        'commands: ["kubectl scale deployment/{{ metric }}"]',
        "metrics }}",
        "remedies.scale.commands[0]",
        "unknown variable 'metrics'. Did you mean 'metric'? Available: limit, lookback, metric,",
    ),
    (
        "rollback: |\n      first\n      then {{ nothing }}\n",
        "rollback: scale back\n",
        "nothing",
        "remedies.scale.rollback",
        "unknown variable 'nothing'",
    ),
    (
        'rollback: "{{ $labels.instance }}"',
        "rollback: scale back",
        '"{{ $labels',
        "remedies.scale.rollback",
        "braces that are no template stand between {% raw %} and {% endraw %}",
    ),
    (
        "playbook: smal",
        "playbook: small",
        "smal\n",
        "playbook",
        "the playbook is called 'smal' here and 'small' by its file name",
    ),
    (
        "window: {default: 0.1, unit",
        "limit: {default: 0.1, unit",
        "window:",
        "parameters.window",
        "a parameter cannot be called 'window'",
    ),
    (
        "Limit: {default: 0.1, unit",
        "limit: {default: 0.1, unit",
        "Limit:",
        "parameters.Limit",
        "'Limit' does not have the form",
    ),
    (
        "strict: {default: {a: 1}, help",
        "strict: {default: false, help",
        "{a: 1}",
        "parameters.strict.default",
        "expected text or a whole number or a number or true or false or a list",
    ),
    (
        "strict: {default: [1, a], help",
        "strict: {default: false, help",
        "1, a]",
        "parameters.strict.default[0]",
        "expected text, not 1; write it in quotes",
    ),
    (
        "strict: {help",
        "strict: {default: false, help",
        "strict:",
        "parameters.strict",
        "the key 'default' is missing",
    ),
    ("risk: low\n    owner: 5", "risk: low", "5\n", "remedies.scale.owner", "expected text, not 5"),
    (
        "symptom: share\nalert: {name: X, for: soon}",
        "symptom: share",
        "soon",
        "alert.for",
        "'soon' is not a duration; write for example 30s",
    ),
    (
        "kind: share, at_least: -1, by",
        "kind: share, by",
        "-1",
        "steps[0].checks[1].judge.at_least",
        "should be greater than or equal to 0",
    ),
    (
        "kind: share, at_least: nan, by",
        "kind: share, by",
        "nan,",
        "steps[0].checks[1].judge.at_least",
        "expected a finite number",
    ),
]


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
    text = text.replace("where: {type: timeout}", 'where: {type: "{{ services }}"}')
    loaded = small.load(text)
    assert loaded.playbook.diagnoses[0].for_[0].where["type"] == (
        "order-service",
        "payment-service",
    )


def test_a_label_to_pick_by_may_be_a_parameter(small: Kitchen) -> None:
    loaded = small.load(PLAYBOOK.replace("where: {type: timeout}", 'where: {"{{ metric }}": x}'))
    assert loaded.playbook.diagnoses[0].for_[0].where == {"orders_total": "x"}


def test_a_value_in_a_command_is_quoted_for_the_shell(small: Kitchen) -> None:
    text = PLAYBOOK.replace("deployment/{{ metric }}", "{{ metric }} '{{ metric }}'")
    small.query("promql/share.promql", 'up{job="{{ metric }}"}')
    loaded = small.load(text, Given(assigned={"metric": "it's; rm -rf /"}))
    (command,) = loaded.playbook.remedies["scale"].commands
    quoted = "it'\"'\"'s; rm -rf /"
    assert command == f"kubectl scale '{quoted}' '{quoted}'"


def test_literal_braces_can_be_kept_with_raw(small: Kitchen) -> None:
    raw = "rollback: '{% raw %}{{ $labels.instance }}{% endraw %}'"
    loaded = small.load(PLAYBOOK.replace("rollback: scale back", raw))
    assert loaded.playbook.remedies["scale"].rollback == "{{ $labels.instance }}"


def test_templates_know_the_window_as_prometheus_writes_it() -> None:
    assert clock(WINDOW) == {"window": "5m", "lookback": "1h", "step": "30s"}


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
            load_playbook(file, (), WINDOW, Given())
