"""A setting that nothing reads is told, with the one that was probably meant."""

from pathlib import Path

import pytest

from tests.load.configured import PROD, chosen, write
from troubleshoot.load.settings.unknown_names import unread_parameters

OTHER = "playbook: other\nparameters: {queue_name: {default: a, help: b}}\n"
OWN = ("orders_metric", "log_index")


def variables(folder: Path, *names: str, text: str = PROD) -> list[str]:
    environ = dict.fromkeys(names, "hunter2")
    return [str(one) for one in chosen(folder, text, environ=environ, wanted="prod").notices]


def parameters(folder: Path, *written: str) -> list[str]:
    """Of the environment prod, files in rising order; ``other.yaml`` is another playbook."""
    texts = [f"environments: {{prod: {{parameters: {one}}}}}\n" for one in written]
    found = chosen(folder, *texts, wanted="prod")
    other = write(folder, "other.yaml", OTHER)
    notices = unread_parameters(found.layers, found.name, OWN, [other])
    return [str(one).removeprefix(f"{folder}/") for one in notices]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TROUBLESHOOT_PROMETEUS_URL", "TROUBLESHOOT_PROMETHEUS_URL"),
        ("TROUBLESHOOT_ELASTIC_SEARCH_URL", "TROUBLESHOOT_ELASTICSEARCH_URL"),
        ("TROUBLESHOOT_JEAGER_TOKEN", "TROUBLESHOOT_JAEGER_TOKEN"),
        ("TROUBLESHOOT_PLAYBOOK", "TROUBLESHOOT_PLAYBOOKS"),
        ("TROUBLESHOOT_CONFIGS", "TROUBLESHOOT_CONFIG"),
        ("TROUBLESHOOT_ENVIRON", "TROUBLESHOOT_ENV"),
    ],
)
def test_a_misspelt_variable_is_told_with_the_one_that_was_meant(
    tmp_path: Path, name: str, meant: str
) -> None:
    said = f"{name}: nothing reads this variable. Did you mean '{meant}'?"
    assert variables(tmp_path, name) == [said]


def test_a_variable_that_resembles_nothing_is_told_too(tmp_path: Path) -> None:
    """Kubernetes sets such ones for a service that is called like the program."""
    said = "TROUBLESHOOT_PORT_8080_TCP: nothing reads this variable."
    assert variables(tmp_path, "TROUBLESHOOT_PORT_8080_TCP", "HOME", "troubleshoot_x") == [said]


def test_a_variable_that_is_read_is_not_told(tmp_path: Path) -> None:
    names = ("TROUBLESHOOT_ENV", "TROUBLESHOOT_CONFIG", "TROUBLESHOOT_JAEGER_TOKEN")
    url = {"TROUBLESHOOT_JAEGER_URL": "http://j"}
    environ = dict.fromkeys(names, "prod") | url
    assert chosen(tmp_path, PROD, environ=environ, wanted="prod").notices == ()


def test_a_variable_that_any_environment_takes_a_secret_from_is_not_told(tmp_path: Path) -> None:
    text = PROD + "      bearer: {env: TROUBLESHOOT_PROMETHEUS_KEY}\n  dev:\n    jaeger:\n"
    text += "      url: http://j\n      secret_headers: {X-Key: {env: TROUBLESHOOT_DEV_KEY}}\n"
    names = ("TROUBLESHOOT_PROMETHEUS_KEY", "TROUBLESHOOT_DEV_KEY")
    assert variables(tmp_path, *names, text=text) == []


def test_a_parameter_that_no_playbook_has_is_told_where_it_stands(tmp_path: Path) -> None:
    assert parameters(tmp_path, "{log_index: a}", "{order_metric: a, nonsense: 1}") == [
        "1.yaml:1:36: environments.prod.parameters.order_metric: no playbook has this. "
        "Did you mean 'orders_metric'?",
        "1.yaml:1:53: environments.prod.parameters.nonsense: no playbook has this.",
    ]


def test_a_parameter_of_another_playbook_is_fine(tmp_path: Path) -> None:
    assert parameters(tmp_path, "{queue_name: a, orders_metric: b}") == []
    (said,) = parameters(tmp_path, "{queue_nam: a}")
    assert "Did you mean 'queue_name'?" in said


def test_a_playbook_that_cannot_be_read_has_no_parameters(tmp_path: Path) -> None:
    found = chosen(tmp_path, "environments: {prod: {parameters: {x: 1}}}", wanted="prod")
    broken = write(tmp_path, "broken.yaml", "a: [")
    (said,) = unread_parameters(found.layers, "prod", (), [broken, tmp_path / "gone.yaml"])
    assert "no playbook has this" in said.message
