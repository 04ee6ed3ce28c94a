"""Who decides a parameter, and of what type it is."""

import pytest

from troubleshoot.load.playbook.parameters import Given, parse_assignments, settle
from troubleshoot.model.errors import UsageError
from troubleshoot.model.playbook import Parameter, Value
from troubleshoot.model.resolved_playbook import Setting

KNOWN = {
    "text": Parameter(default="a", help=""),
    "whole": Parameter(default=5, help=""),
    "share": Parameter(default=0.1, help=""),
    "flag": Parameter(default=False, help=""),
    "items": Parameter(default=("a", "b"), help=""),
    "place": Parameter(default="here", help="", alert_label="namespace"),
    "count": Parameter(default=5, help="", alert_label="replicas"),
}


def value(given: Given, name: str) -> Value:
    return next(one.value for one in settle(KNOWN, given, "p.yaml") if one.name == name)


def test_the_command_line_wins_over_the_environment_and_that_over_the_default() -> None:
    given = Given(environment={"text": "e", "share": 0.2}, assigned={"text": "s"})
    settled = {one.name: (one.value, one.source) for one in settle(KNOWN, given, "p.yaml")}
    assert settled["text"] == ("s", "--set")
    assert settled["share"] == (0.2, "environment")
    assert settled["flag"] == (False, "default")


ALERT = {"namespace": "shop-eu", "replicas": "7", "text": "no parameter of this label"}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (Given(), ("here", "default")),
        (Given({"place": "e"}), ("e", "environment")),
        (Given({"place": "e"}, alert=ALERT), ("shop-eu", "alert")),
        (Given({"place": "e"}, {"place": "s"}, ALERT), ("s", "--set")),
        (Given({"place": "e"}, {"place": ""}, ALERT), ("", "--set")),
        (Given({"place": "e"}, alert={"namespace": ""}), ("e", "environment")),
        (Given({}, {"place": "s"}, ALERT, {"place": Setting("place", "r", "alert")}),
         ("r", "alert")),
    ],
)  # fmt: skip
def test_an_alert_goes_over_the_environment_and_the_command_line_over_both(
    given: Given, wanted: tuple[str, str]
) -> None:
    settled = {one.name: (one.value, one.source) for one in settle(KNOWN, given, "p.yaml")}
    assert settled["place"] == wanted
    assert settled["text"] == ("a", "default")


def test_the_label_of_an_alert_takes_the_type_of_the_default() -> None:
    assert value(Given(alert=ALERT), "count") == 7
    wanted = "the alert's label replicas: parameter 'count' must be a number, not 'many'"
    with pytest.raises(UsageError, match=wanted):
        settle(KNOWN, Given(alert={"replicas": "many"}), "p.yaml")


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "\x1b[31m", "a\x02b", "a\u202eb", "\x00"])
def test_control_characters_in_the_label_of_an_alert_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="the alert's label namespace has control characters"):
        settle(KNOWN, Given(alert={"namespace": text}), "p.yaml")


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("text", "x=y", "x=y"),
        ("text", "", ""),
        ("text", "5", "5"),
        ("whole", "7", 7),
        ("whole", "-7", -7),
        ("whole", "7.5", 7.5),
        ("share", "0.25", 0.25),
        ("share", " 1e-3 ", 0.001),
        ("flag", "true", True),
        ("flag", "False", False),
        ("items", "x", ("x",)),
        ("items", "x, y,", ("x", "y")),
    ],
)
def test_an_assigned_text_takes_the_type_of_the_default(
    name: str, text: str, wanted: Value
) -> None:
    found = value(Given(assigned={name: text}), name)
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("whole", "seven", "--set: parameter 'whole' must be a number, not 'seven'"),
        ("share", "nan", "must be a number, not 'nan'"),
        ("share", "inf", "must be a number, not 'inf'"),
        ("share", "1e999", "must be a number, not '1e999'"),
        ("share", "", "must be a number, not ''"),
        ("flag", "yes", "must be true or false, not 'yes'"),
        ("text", "a\udcff", r"--set: parameter 'text' is not UTF-8 text: 'a\\udcff'"),
        ("items", "a,\udcff", "parameter 'items' is not UTF-8 text"),
        ("items", " , ", r"must be a list \(a,b,c\), not ' , '"),
    ],
)
def test_an_assigned_text_of_the_wrong_type_is_refused(name: str, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        settle(KNOWN, Given(assigned={name: text}), "p.yaml")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("text", 1.1, "environment: parameter 'text' must be text, in quotes, not 1.1"),
        ("text", True, "must be text, in quotes, not true"),
        ("text", ("a",), "must be text, in quotes"),
        ("whole", True, "must be a number, not true"),
        ("whole", ("5",), "must be a number"),
        ("items", 5, "must be a list"),
        ("flag", 1, "must be true or false, not 1"),
    ],
)
def test_a_value_of_the_environment_must_have_the_type_of_the_default(
    name: str, given: Value, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        settle(KNOWN, Given(environment={name: given}), "p.yaml")


def test_an_unknown_name_is_refused_with_what_there_is() -> None:
    wanted = r"p.yaml has no parameter 'shre'. Did you mean 'share'\? It has: count, flag, items,"
    with pytest.raises(UsageError, match=wanted):
        settle(KNOWN, Given(assigned={"shre": "1"}), "p.yaml")
    with pytest.raises(UsageError, match="It has: none"):
        settle({}, Given(assigned={"x": "1"}), "p.yaml")


def test_assignments_are_split_at_the_first_equals_sign() -> None:
    assert parse_assignments(["a=1", " b =x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}


@pytest.mark.parametrize("text", ["", "a", "=1", " = "])
def test_an_assignment_without_name_or_equals_sign_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not of the form name=value"):
        parse_assignments([text])
