"""What is wrong with the arguments is said before any request is sent, with exit code 2."""

import pytest

from tests.cli.conftest import Program, recorded

RUN = "high-error-rate"

REFUSED = [
    ((RUN, "--at", "yesterday at noon"), "--at: 'yesterday at noon' is not a time"),
    ((RUN, "--at", "2035-01-01T00:00Z"), "is in the future: it is 2025-11-07 15:30 UTC"),
    ((RUN, "--window", "5 minutes"), "--window: '5 minutes' is not a duration"),
    ((RUN, "--window", "2h"), "--lookback 1h is shorter than --window 2h"),
    ((RUN, "--baseline", "last-weak"), "Did you mean 'last-week'?"),
    ((RUN, "--env", "prod"), "there is no environment 'prod'"),
    ((RUN, "--output", "jsn"), "there is no output format 'jsn'. Did you mean 'json'?"),
    ((RUN, "--output", "json="), "the file is missing"),
    ((RUN, "--output", "json=-"), "--output json=-: - is no file"),
    ((RUN, "-o", "markdown", "-o", "html"), "only one format can go to standard output"),
    ((RUN, "-o", "json=/nowhere/r.json"), "the folder /nowhere does not exist"),
    ((RUN, "--record", "/nowhere/i.zip"), "the folder /nowhere does not exist"),
    ((RUN, "--record", "-"), "--record: this is a zip file, it does not go to standard output"),
    ((RUN, "--record", "."), "is a folder, not a file"),
    ((RUN, "--fail-on", "bad"), "--fail-on: 'bad' is not known"),
    ((RUN, "--step", "databse"), "Did you mean 'database'?"),
    ((RUN, "--set", "order_metric=x"), "Did you mean 'orders_metric'?"),
    ((RUN, "--set", "replicas=many"), "must be a number"),
    ((RUN, "--set", "order_service=\udcff"), "parameter 'order_service' is not UTF-8 text"),
    ((RUN, "--set", "replicas"), "not of the form name=value"),
    ((RUN, "--deadline", "0s"), "--deadline"),
    ((RUN, "--alert", "missing.json"), "cannot be read"),
    ((RUN, "--no-such-option"), "No such option"),
    (("high-eror-rate",), "high-error-rate"),
    (("run",), "which playbook?"),
    (("run", "missing.yaml"), "missing.yaml: cannot be read"),
    (("verify", "high-eror-rate"), "Did you mean 'high-error-rate'?"),
    (("show", "nothing"), "there is no playbook 'nothing'"),
    (("show", RUN, "payment-error-shar"), "Did you mean 'payment-error-share'?"),
    (("replay", "missing.zip"), "there is no file missing.zip"),
    (("demo", "payment-timeout"), "Did you mean 'payment-timeouts'?"),
    (("demo", "healthy", "--fail-on", "x"), "--fail-on: 'x' is not known"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=lambda value: str(value)[:40])
def test_it_is_refused_with_what_is_wrong(
    words: tuple[str, ...], said: str, program: Program
) -> None:
    with recorded("healthy") as servers:
        ran = program.asks(servers)(*words)
        assert servers.seen == []
        assert servers.unknown == []
    assert ran.code == 2
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert ran.out == ""
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "words",
    [(RUN, "--at", "noon"), (RUN, "--no-such-option"), ("no-such-command",), ("demo", "x")],
)
def test_with_json_wanted_the_error_is_one_document(
    words: tuple[str, ...], program: Program
) -> None:
    ran = program(*words, "--output", "json")
    document = ran.document
    assert (ran.code, document["exit_code"]) == (2, 2)
    assert document["schema_version"] == 1
    assert document["error"]["message"]


def test_a_playbook_with_mistakes_is_refused_with_every_place(program: Program) -> None:
    file = program.write(
        "bad.yaml",
        "format: 2\nplaybook: bad\ntitel: Bad\nsymptom: a\nsteps:\n"
        "  - {id: s, guide: '1', title: S, checks: [{id: a, title: A, query: promql/none.promql,"
        " judge: {kind: treshold}}]}\n",
    )
    ran = program("run", str(file), "--output", "json")
    messages = [one["message"] for one in ran.document["error"]["mistakes"]]
    assert ran.code == 2
    assert any("unknown key 'titel'" in text and "'title'" in text for text in messages)
    assert any("'treshold'" in text and "'threshold'" in text for text in messages)
    assert f"{file}:3:1" in ran.err


def test_a_secret_in_the_configuration_is_refused_and_not_repeated(program: Program) -> None:
    program.write(
        "config/config.yaml",
        "environments:\n  e:\n    prometheus: {url: 'http://h', bearer: hunter2-hunter2}\n",
    )
    ran = program(RUN)
    assert ran.code == 2
    assert "hunter2" not in ran.err + ran.out


def test_a_secret_that_cannot_be_had_is_told_before_anything_is_sent(program: Program) -> None:
    with recorded("healthy") as servers:
        url = next(iter(servers.urls.values()))
        program.write(
            "config/config.yaml",
            f"environments:\n  e:\n    prometheus: {{url: '{url}', bearer: {{env: NOWHERE}}}}\n",
        )
        ran = program(RUN)
        assert servers.seen == []
    assert ran.code == 2
    assert "NOWHERE" in ran.err


def test_a_file_that_is_no_bundle_is_refused(program: Program) -> None:
    file = program.write("x.zip", "hello")
    ran = program("replay", str(file), "-o", "json")
    assert (ran.code, ran.document["error"]["kind"]) == (2, "bundle")


def test_an_alert_that_no_playbook_answers_is_refused(program: Program) -> None:
    text = '{"alerts": [{"labels": {"alertname": "DiskFull"}, "startsAt": "2025-11-07T15:00:00Z"}]}'
    ran = program("run", "--alert", "-", input=text)
    assert ran.code == 2
    assert "no playbook answers the alert 'DiskFull'; there are: HighErrorRate" in ran.err


def test_text_that_is_no_alert_is_refused(program: Program) -> None:
    for text in ("", "[]", '{"alerts": []}', '{"alerts": [{"labels": {}}]}', '{"alerts": [3]}'):
        assert program("run", "--alert", "-", input=text).code == 2


def test_a_record_is_not_written_over_another_and_nothing_is_sent(program: Program) -> None:
    file = program.write("an incident.zip", "the evidence")
    with recorded("healthy") as servers:
        ran = program.asks(servers)(RUN, "--record", str(file))
        assert servers.seen == []
    assert ran.code == 2
    assert f"{file} is there already" in ran.err
    assert f"rm '{file}'" in ran.err
    assert file.read_text(encoding="utf-8") == "the evidence"
