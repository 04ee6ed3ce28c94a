"""Environments from files and variables, and no secret in any of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from troubleshoot.load.config import Chosen, choose, config_files
from troubleshoot.model.errors import InputError, UsageError
from troubleshoot.model.settings import BackendSettings

SECRET = "hunter2-s3cr3t"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def chosen(
    folder: Path, *texts: str, environ: Mapping[str, str] | None = None, wanted: str = ""
) -> Chosen:
    """``texts`` are files in rising order of precedence: 0.yaml, 1.yaml, …"""
    files = tuple(write(folder, f"{n}.yaml", text) for n, text in enumerate(texts))
    return choose(files, environ or {}, wanted)


def mistakes(
    folder: Path, *texts: str, environ: Mapping[str, str] | None = None, wanted: str = ""
) -> list[str]:
    with pytest.raises(InputError) as caught:
        chosen(folder, *texts, environ=environ, wanted=wanted)
    return [str(one).removeprefix(f"{folder}/") for one in caught.value.mistakes]


def prometheus(found: Chosen) -> BackendSettings:
    assert found.environment.prometheus
    return found.environment.prometheus


PROD = "environments:\n  prod:\n    prometheus:\n      url: https://prom.example.org\n"


def test_without_any_file_the_stores_are_where_they_usually_are(tmp_path: Path) -> None:
    found = chosen(tmp_path)
    assert found.name == "local"
    assert prometheus(found).url == "http://localhost:9090"
    assert found.environment.jaeger
    assert found.environment.elasticsearch
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
    found = config_files({"TROUBLESHOOT_CONFIG": str(named)}, cwd, user)
    assert found == (user / "config.yaml", cwd / "troubleshoot.yaml", named)


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


@pytest.mark.parametrize(
    "inner",
    [
        f"bearer: {SECRET}",
        f"bearer: [{SECRET}]",
        f"bearer: {{token: {SECRET}}}",
        f"bearer: {{{SECRET}}}",
        f"bearer: {{env: 'Bearer {SECRET}'}}",
        f"bearer: {{env: [{SECRET}]}}",
        f"bearer: {{file: {{a: {SECRET}}}}}",
        f"bearer: {{command: {SECRET}}}",
        f"basic: user:{SECRET}",
        f"basic: {{username: u, password: {SECRET}}}",
        f"basic: {{username: u, password: {{plain: {SECRET}}}}}",
        f"basic: {{username: [{SECRET}], password: {{env: P}}}}",
        f"headers: {{Authorization: Bearer {SECRET}}}",
        f"headers: {{authorization: Basic {SECRET}}}",
        f"headers: {{X-API-Key: {SECRET}}}",
        f"headers: {{PRIVATE-TOKEN: {SECRET}}}",
        f"headers: {{Cookie: session={SECRET}}}",
        f"headers: {{X-Scope: [{SECRET}]}}",
        f"headers: {SECRET}",
        f"secret_headers: {{X-API-Key: {SECRET}}}",
        f"public_url: https://user:{SECRET}@prom.example.org",
        f"public_url: user:{SECRET}@prom.example.org",
        f"public_url: https://prom.example.org/?token={SECRET}",
        f"public_url: https://prom.example.org/#{SECRET}",
        f"public_url: ftp://{SECRET}",
        f"read_timeout: {SECRET}",
        f"verify_tls: {SECRET}",
    ],
)
def test_a_secret_in_a_file_is_refused_and_never_repeated(tmp_path: Path, inner: str) -> None:
    found = "\n".join(mistakes(tmp_path, PROD + f"      {inner}\n"))
    assert "0.yaml:5:" in found
    assert SECRET not in found


def test_what_to_write_in_place_of_a_secret_is_said(tmp_path: Path) -> None:
    sources = "{env: VARIABLE}, {file: PATH} or {command: [PROGRAM, ARGUMENT]}"
    (bearer,) = mistakes(tmp_path, PROD + "      bearer: abc\n")
    assert bearer == (
        "0.yaml:5:15: environments.prod.prometheus.bearer: "
        f"a secret never stands in a file; write {sources}"
    )
    (header,) = mistakes(tmp_path, PROD + "      headers: {Authorization: Bearer abc}\n")
    assert header == (
        "0.yaml:5:17: environments.prod.prometheus.headers.Authorization: "
        f"a header like this is a secret; under secret_headers write {sources}"
    )
    (url,) = mistakes(tmp_path, "environments: {a: {kibana_url: 'https://u:p@k'}}")
    assert url.endswith(f"no user or password in an address; write basic: with {sources}")
    (both,) = mistakes(tmp_path, PROD + "      bearer: {env: A, file: b}\n")
    assert both.endswith(f"give exactly one: {sources}")
    (none,) = mistakes(tmp_path, PROD + "      bearer: {}\n")
    assert none.endswith(f"give exactly one: {sources}")


@pytest.mark.parametrize(
    "url", ["prom:9090", "http://", "https://prom:99999", "http://a b", "http://[::1", "''", "5"]
)
def test_what_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    (found,) = mistakes(tmp_path, f"environments: {{a: {{kibana_url: '{url.strip(chr(39))}'}}}}")
    assert "kibana_url: expected an address such as https://" in found


@pytest.mark.parametrize("url", ["http://[::1]:9090", "https://a.example.org/base/path/"])
def test_addresses_with_a_base_path_or_ipv6_are_fine(tmp_path: Path, url: str) -> None:
    found = chosen(tmp_path, f"environments: {{a: {{kibana_url: '{url}'}}}}")
    assert found.environment.kibana_url == url


def test_tokens_and_passwords_stay_in_their_variables(tmp_path: Path) -> None:
    environ = {
        "TROUBLESHOOT_PROMETHEUS_TOKEN": SECRET,
        "TROUBLESHOOT_JAEGER_USERNAME": "u",
        "TROUBLESHOOT_JAEGER_PASSWORD": SECRET,
    }
    found = chosen(tmp_path, environ=environ)
    bearer = prometheus(found).bearer
    assert bearer
    assert bearer.env == "TROUBLESHOOT_PROMETHEUS_TOKEN"
    assert found.environment.jaeger
    basic = found.environment.jaeger.basic
    assert basic
    assert (basic.username, basic.password.env) == ("u", "TROUBLESHOOT_JAEGER_PASSWORD")
    assert SECRET not in repr(found)


def test_one_source_of_a_secret_replaces_another_instead_of_joining_it(tmp_path: Path) -> None:
    text = PROD + "      bearer: {env: A}\n"
    over = "environments: {prod: {prometheus: {bearer: {file: b}}}}"
    bearer = prometheus(chosen(tmp_path, text, over)).bearer
    assert bearer
    assert (bearer.env, bearer.file) == ("", "b")


def test_one_kind_of_authentication_replaces_the_other(tmp_path: Path) -> None:
    text = PROD + "      bearer: {env: A}\n"
    over = "environments: {prod: {prometheus: {basic: {username: u, password: {env: P}}}}}"
    found = prometheus(chosen(tmp_path, text, over))
    assert found.bearer is None
    assert found.basic
    token = {"TROUBLESHOOT_PROMETHEUS_TOKEN": "x"}
    found = prometheus(chosen(tmp_path, PROD, over, environ=token))
    assert found.basic is None
    assert found.bearer


def test_both_kinds_of_authentication_in_one_place_are_refused(tmp_path: Path) -> None:
    both = "bearer: {env: A}, basic: {username: u, password: {env: P}}"
    (found,) = mistakes(tmp_path, PROD, f"environments: {{prod: {{prometheus: {{{both}}}}}}}")
    assert "give bearer or basic, not both" in found


def test_a_password_variable_completes_the_user_of_a_file_but_not_nobody(tmp_path: Path) -> None:
    environ = {"TROUBLESHOOT_PROMETHEUS_PASSWORD": SECRET}
    text = PROD + "      basic: {username: u, password: {file: f}}\n"
    basic = prometheus(chosen(tmp_path, text, environ=environ)).basic
    assert basic
    assert (basic.username, basic.password.env) == ("u", "TROUBLESHOOT_PROMETHEUS_PASSWORD")
    (found,) = mistakes(tmp_path, PROD, environ=environ)
    assert found == (
        "TROUBLESHOOT_PROMETHEUS_PASSWORD: environments.prod.prometheus.basic: "
        "the key 'username' is missing"
    )


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("TROUBLESHOOT_PROMETHEUS_URL", f"http://u:{SECRET}@p", "no user or password in an addr"),
        ("TROUBLESHOOT_PROMETHEUS_READ_TIMEOUT", SECRET, "expected a number"),
        ("TROUBLESHOOT_PROMETHEUS_READ_TIMEOUT", "nan", "expected a finite number"),
        ("TROUBLESHOOT_PROMETHEUS_VERIFY_TLS", "maybe", "expected true or false"),
        ("TROUBLESHOOT_PROMETHEUS_CONCURRENCY", "1.5", "expected a whole number"),
        ("TROUBLESHOOT_KIBANA_URL", "kibana", "expected an address"),
    ],
)
def test_a_mistake_in_a_variable_names_the_variable_and_not_its_value(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        chosen(tmp_path, environ={variable: value})
    assert str(caught.value).startswith(f"{variable}: environments.local.")
    assert SECRET not in str(caught.value)


def test_a_misspelt_variable_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    said = "TROUBLESHOOT_PROMETHEUS_ULR is no setting. Did you mean 'TROUBLESHOOT_PROMETHEUS_URL'"
    with pytest.raises(UsageError, match=said):
        chosen(tmp_path, environ={"TROUBLESHOOT_PROMETHEUS_ULR": "http://p"})


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    found = chosen(tmp_path, PROD, environ={"TROUBLESHOOT_PROMETHEUS_URL": ""})
    assert prometheus(found).url == "https://prom.example.org"


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
