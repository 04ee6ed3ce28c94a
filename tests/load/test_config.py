"""Environments from files and variables; the nearest source wins."""

from pathlib import Path

import pytest

from tests.load.configured import PROD, chosen, mistakes, prometheus, write
from troubleshoot.load.settings.config import ConfigFile, config_files
from troubleshoot.model.errors import UsageError
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store


def test_without_any_file_the_stores_are_where_they_usually_are(tmp_path: Path) -> None:
    found = chosen(tmp_path)
    assert found.name == "local"
    assert prometheus(found).url == "http://localhost:9090"
    assert [*found.environment.backends] == [*Store]
    assert found.sources == ()
    assert chosen(tmp_path, PROD, wanted="local").name == "local"


def test_user_project_and_named_file_are_read_in_rising_order(tmp_path: Path) -> None:
    user, cwd = tmp_path / "user", tmp_path / "project"
    user.mkdir()
    cwd.mkdir()
    named = write(tmp_path, "named.yaml", "")
    assert config_files({}, cwd, user) == ()
    write(user, "config.yaml", "")
    write(cwd, "troubleshoot.yaml", "")
    environ = {"TROUBLESHOOT_CONFIG": str(named)}
    assert config_files(environ, cwd, user) == (
        ConfigFile(user / "config.yaml"),
        ConfigFile(cwd / "troubleshoot.yaml", of_project=True),
        ConfigFile(named),
    )
    assert config_files(environ, None, user) == (
        ConfigFile(user / "config.yaml"),
        ConfigFile(named),
    )


def test_a_file_given_as_an_option_takes_the_place_of_the_variables(tmp_path: Path) -> None:
    write(tmp_path, "given.yaml", "")
    given = str(tmp_path / "given.yaml")
    found = config_files({"TROUBLESHOOT_CONFIG": "no.yaml"}, None, tmp_path, given)
    assert found == (ConfigFile(tmp_path / "given.yaml"),)
    with pytest.raises(UsageError, match=r"--config names 'no\.yaml', which is not there"):
        config_files({}, None, tmp_path, "no.yaml")


def test_the_projects_own_file_when_it_is_named_is_the_persons(tmp_path: Path) -> None:
    file = write(tmp_path, "troubleshoot.yaml", "")
    assert config_files({}, tmp_path, tmp_path, str(file)) == (ConfigFile(file),)


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"TROUBLESHOOT_CONFIG names 'no\.yaml', which is not"):
        config_files({"TROUBLESHOOT_CONFIG": "no.yaml"}, tmp_path, tmp_path)


def test_the_nearest_source_wins_and_the_rest_is_kept(tmp_path: Path) -> None:
    over = "environments:\n  prod:\n    prometheus: {read_timeout: 5, tenant: a}\n"
    environ = {"TROUBLESHOOT_PROMETHEUS_TENANT": "b", "TROUBLESHOOT_PROMETHEUS_VERIFY_TLS": "no"}
    found = chosen(tmp_path, PROD, over, environ=environ)
    assert found.name == "prod"
    assert prometheus(found) == BackendSettings(
        url="https://prom.example.org", read_timeout=5, tenant="b", verify_tls=False
    )
    assert found.sources[2:] == (
        "TROUBLESHOOT_PROMETHEUS_TENANT",
        "TROUBLESHOOT_PROMETHEUS_VERIFY_TLS",
    )


def test_the_environment_is_the_wanted_one_then_the_variable_then_the_default(
    tmp_path: Path,
) -> None:
    text = "default: a\nenvironments: {a: {}, b: {}, c: {}}\n"
    variable = {"TROUBLESHOOT_ENV": "b"}
    assert chosen(tmp_path, text, environ=variable, wanted="c").name == "c"
    assert chosen(tmp_path, text, environ=variable).name == "b"
    assert chosen(tmp_path, text).name == "a"
    assert chosen(tmp_path, text, "default: b").name == "b"


def test_with_several_environments_and_no_default_none_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose an environment with --env: a, b"):
        chosen(tmp_path, "environments: {b: {}, a: {}}")


def test_an_unknown_environment_is_refused_with_what_there_is(tmp_path: Path) -> None:
    said = "there is no environment 'prd'. Did you mean 'prod'. Known: local, prod"
    with pytest.raises(UsageError, match=said):
        chosen(tmp_path, PROD, wanted="prd")
    with pytest.raises(UsageError, match="Known: local"):
        chosen(tmp_path, environ={"TROUBLESHOOT_ENV": "prod"})


def test_a_default_that_is_not_there_is_named_where_it_stands(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, PROD, "# ours\ndefault: prd\n")
    assert found.startswith("1.yaml:2:10: default: there is no environment 'prd'. Did you mean")


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (
            PROD + "      tmeout: 5\n",
            "",
            "0.yaml:5:7: environments.prod.prometheus.tmeout: unknown",
        ),
        (
            PROD,
            "environments: {prod: {prometheus: {tmeout: 5}}}",
            "1.yaml:1:36: environments.prod.prometheus.tmeout: unknown key 'tmeout'.",
        ),
        (
            PROD + "      read_timeout: 5\n",
            "environments: {prod: {prometheus: {read_timeout: soon}}}",
            "1.yaml:1:50: environments.prod.prometheus.read_timeout: expected a number",
        ),
        (
            PROD + "      read_timeout: -1\n",
            "environments: {prod: {prometheus: {tenant: a}}}",
            "0.yaml:5:21: environments.prod.prometheus.read_timeout: input should be greater than",
        ),
        (
            "environments: {prod: {jaeger: {tenant: a}}}",
            PROD,
            "0.yaml:1:23: environments.prod.jaeger: the key 'url' is missing",
        ),
        (PROD, "environments: {dev: }", "1.yaml:1:21: environments.dev: expected a mapping, but"),
        (PROD, "enviroments: {}", "unknown key 'enviroments'. Did you mean 'environments'?"),
        ("environments: [a]", "", "0.yaml:1:15: environments: expected a mapping"),
        ("default: 5\nenvironments: {a: {}}", "", "0.yaml:1:10: default: expected text"),
    ],
)
def test_a_mistake_in_layers_is_named_in_the_file_where_it_stands(
    tmp_path: Path, lower: str, upper: str, said: str
) -> None:
    texts = [text for text in (lower, upper) if text]
    wanted = "prod" if "prod" in lower else ""
    assert any(said in one for one in mistakes(tmp_path, *texts, wanted=wanted))


def test_a_mistake_in_an_environment_that_is_not_used_is_still_named(tmp_path: Path) -> None:
    found = mistakes(tmp_path, PROD + "  dev: {promteheus: {}}\n", wanted="prod")
    assert "Did you mean 'prometheus'?" in found[0]


def test_the_limits_of_a_file_hold_for_configuration_too(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "a: [")[0].startswith("0.yaml:1:1: not valid YAML")
    assert mistakes(tmp_path, "- a") == ["0.yaml:1:1: expected a mapping of keys to values"]


def test_a_misspelt_variable_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    said = "TROUBLESHOOT_PROMETHEUS_ULR is no setting. Did you mean 'TROUBLESHOOT_PROMETHEUS_URL'"
    with pytest.raises(UsageError, match=said):
        chosen(tmp_path, environ={"TROUBLESHOOT_PROMETHEUS_ULR": "http://p"})


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    found = chosen(tmp_path, PROD, environ={"TROUBLESHOOT_PROMETHEUS_URL": ""})
    assert prometheus(found).url == "https://prom.example.org"


ONLY = "environments: {prod: {prometheus: {url: 'https://p'}}}"
JAEGER = {"TROUBLESHOOT_JAEGER_URL": "https://j"}


@pytest.mark.parametrize(
    ("texts", "environ", "absent"),
    [
        ((), {}, ()),
        ((ONLY,), {}, ("jaeger", "elasticsearch")),
        ((ONLY,), JAEGER, ("elasticsearch",)),
        ((ONLY, "environments: {prod: {jaeger: {url: 'https://j'}}}"), {}, ("elasticsearch",)),
        (("environments: {prod: {}}",), JAEGER, ()),
        (("environments: {prod: {parameters: {a: 1}}}",), {}, ()),
    ],
)
def test_a_store_is_done_without_where_a_file_lists_others_and_not_it(
    tmp_path: Path, texts: tuple[str, ...], environ: dict[str, str], absent: tuple[str, ...]
) -> None:
    assert chosen(tmp_path, *texts, environ=environ).absent == absent


def test_kibana_and_grafana_can_be_set_by_variables(tmp_path: Path) -> None:
    environ = {
        "TROUBLESHOOT_KIBANA_URL": "https://k.example.org",
        "TROUBLESHOOT_GRAFANA_PUBLIC_URL": "https://g.example.org",
        "TROUBLESHOOT_GRAFANA_DATASOURCE": "prom",
    }
    environment = chosen(tmp_path, environ=environ).environment
    assert environment.kibana_url == "https://k.example.org"
    assert environment.grafana
    assert environment.grafana.public_url == "https://g.example.org"
    assert environment.grafana.datasource == "prom"


def test_parameters_of_an_environment_are_kept_for_the_playbook(tmp_path: Path) -> None:
    text = PROD + "    parameters: {services: [a, b], limit: 0.2, on: true}\n"
    parameters = chosen(tmp_path, text).parameters
    assert parameters == {"services": ("a", "b"), "limit": 0.2, "on": True}
    (found,) = mistakes(tmp_path, PROD + "    parameters: {Limit: 1}\n")
    assert "does not have the form" in found
