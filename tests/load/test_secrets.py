"""How backends are reached and who we are there: no secret stands in a file or a message."""

from pathlib import Path

import pytest

from tests.load.configured import PROD, chosen, mistakes, prometheus
from troubleshoot.model.errors import InputError
from troubleshoot.model.settings import BackendSettings, Secret
from troubleshoot.model.store import Store

SECRET = "hunter2-s3cr3t"


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
    ("inner", "said"),
    [
        ('headers: {"X Team": a}', "a header's name has letters, digits and hyphens only"),
        ('secret_headers: {"X\\nKey": {env: A}}', "a header's name has letters"),
        ('tenant_header: "X:"', "a header's name has letters, digits and hyphens only"),
        ('headers: {X-Team: "a\\r\\nHost: b"}', "is one line without control characters"),
        ('tenant: "a\\nb"', "a header's value is one line without control characters"),
    ],
)
def test_what_cannot_be_a_header_is_refused(tmp_path: Path, inner: str, said: str) -> None:
    (found,) = mistakes(tmp_path, PROD + f"      {inner}\n")
    assert found.startswith("0.yaml:5:")
    assert said in found


@pytest.mark.parametrize(
    "url",
    [
        "prom:9090",
        "http://",
        "https://prom:99999",
        "http://a b",
        "http://[::1",
        "''",
        "5",
        "http://a..b",
        "http://a\\b/",
        f"http://{'a' * 64}.example",
    ],
)
def test_what_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    (found,) = mistakes(tmp_path, f"environments: {{a: {{kibana_url: '{url.strip(chr(39))}'}}}}")
    assert "kibana_url: expected an address such as https://" in found


@pytest.mark.parametrize("url", ["http://[::1]:9090", "https://a.example.org/base/path/"])
def test_addresses_with_a_base_path_or_ipv6_are_fine(tmp_path: Path, url: str) -> None:
    found = chosen(tmp_path, f"environments: {{a: {{kibana_url: '{url}'}}}}")
    assert found.environment.kibana_url == url


def test_settings_made_by_a_program_may_hold_a_secret_source() -> None:
    source = Secret(env="TOKEN")
    assert BackendSettings(url="http://p", bearer=source).bearer == source


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
    basic = found.environment.backends[Store.JAEGER].basic
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
        ("TROUBLESHOOT_JAEGER_URL", "http://\udcff", "expected an address"),
    ],
)
def test_a_mistake_in_a_variable_names_the_variable_and_not_its_value(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        chosen(tmp_path, environ={variable: value})
    assert str(caught.value).startswith(f"{variable}: environments.local.")
    assert SECRET not in str(caught.value)
