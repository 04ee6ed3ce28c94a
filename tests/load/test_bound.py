"""No secret of one source is ever sent to another source's address."""

from pathlib import Path

import pytest

from tests.load.configured import write
from troubleshoot.load.settings.config import Chosen, ConfigFile, choose
from troubleshoot.model.errors import InputError
from troubleshoot.model.store import Store

URL = "environments: {prod: {prometheus: {url: 'https://%s.example'%s}}}\n"
NOTHING = "default: prod\n"
PART = "environments: {prod: {prometheus: {%s}}}\n"
SECRETS = {
    "bearer": "bearer: {env: TOKEN}",
    "basic.password": "basic: {username: u, password: {file: f}}",
    "secret_headers.X-Key": "secret_headers: {X-Key: {command: [c]}}",
}
VARIABLES = {
    "bearer": {"TROUBLESHOOT_PROMETHEUS_TOKEN": "t"},
    "basic.password": {
        "TROUBLESHOOT_PROMETHEUS_USERNAME": "u",
        "TROUBLESHOOT_PROMETHEUS_PASSWORD": "p",
    },
}
OWN_URL = {"TROUBLESHOOT_PROMETHEUS_URL": "https://own.example"}


def with_project(
    folder: Path, own: str, project: str, environ: dict[str, str] | None = None
) -> Chosen:
    files = (
        ConfigFile(write(folder, "config.yaml", own)),
        ConfigFile(write(folder, "troubleshoot.yaml", project), of_project=True),
    )
    return choose(files, environ or {}, "prod")


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_of_the_persons_file_does_not_go_to_the_projects_address(
    tmp_path: Path, kind: str
) -> None:
    own = URL % ("own", f", {SECRETS[kind]}")
    with pytest.raises(InputError) as caught:
        with_project(tmp_path, own, URL % ("theirs", ""))
    message = str(caught.value)
    assert message.startswith(f"{tmp_path}/config.yaml:1:")
    assert f"environments.prod.prometheus.{kind}: this secret is not sent: the address" in message
    assert f"comes from {tmp_path}/troubleshoot.yaml:1:41, which has another owner" in message


@pytest.mark.parametrize("kind", VARIABLES)
def test_a_secret_of_a_variable_does_not_go_to_the_projects_address(
    tmp_path: Path, kind: str
) -> None:
    with pytest.raises(InputError) as caught:
        with_project(tmp_path, NOTHING, URL % ("theirs", ""), VARIABLES[kind])
    assert str(caught.value).startswith(f"{[*VARIABLES[kind]][-1]}: environments.prod.prometheus.")
    assert "troubleshoot.yaml:1:41" in str(caught.value)
    assert "bearer: {env: VARIABLE}" in caught.value.hint
    assert "TROUBLESHOOT_PROMETHEUS_URL" in caught.value.hint


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("environ", [{}, OWN_URL], ids=["file", "variable"])
def test_a_secret_that_the_project_chose_does_not_go_to_the_persons_address(
    tmp_path: Path, kind: str, environ: dict[str, str]
) -> None:
    with pytest.raises(InputError, match="this secret is not sent"):
        with_project(tmp_path, URL % ("own", ""), PART % SECRETS[kind], environ)


@pytest.mark.parametrize("weak", ["verify_tls: false", "ca_file: ca.pem"])
def test_a_project_cannot_weaken_the_way_to_the_persons_address(tmp_path: Path, weak: str) -> None:
    own = URL % ("own", f", {SECRETS['bearer']}")
    with pytest.raises(InputError, match=r"'(verify_tls|ca_file)' of prometheus comes from"):
        with_project(tmp_path, own, PART % weak)


def test_what_a_project_chose_for_the_built_in_address_is_not_sent(tmp_path: Path) -> None:
    text = "environments: {local: {prometheus: {bearer: {env: TOKEN}}}}\n"
    file = ConfigFile(write(tmp_path, "troubleshoot.yaml", text), of_project=True)
    with pytest.raises(InputError, match="the key 'url' is missing"):
        choose((file,), {}, "local")


@pytest.mark.parametrize("kind", VARIABLES)
@pytest.mark.parametrize("own", ["file", "named", "variable", "usual"])
def test_a_persons_secret_goes_to_a_persons_address(tmp_path: Path, own: str, kind: str) -> None:
    """Whether it comes from the configuration folder, a named file or a variable."""
    files = (ConfigFile(write(tmp_path, "config.yaml", URL % ("own", ""))),)
    named = ConfigFile(write(tmp_path, "named.yaml", URL % ("named", "")))
    given = {"file": files, "named": (*files, named), "variable": files, "usual": ()}[own]
    environ = VARIABLES[kind] | (OWN_URL if own == "variable" else {})
    chosen = choose(given, environ, "local" if own == "usual" else "prod")
    found = chosen.environment.backends[Store.PROMETHEUS]
    assert found.bearer or found.basic


@pytest.mark.parametrize("kind", SECRETS)
def test_a_trusted_project_names_secrets_for_its_own_address(tmp_path: Path, kind: str) -> None:
    found = with_project(tmp_path, NOTHING, URL % ("theirs", f", {SECRETS[kind]}")).environment
    assert found.backends[Store.PROMETHEUS].url == "https://theirs.example"


def test_a_project_may_set_what_is_no_secret(tmp_path: Path) -> None:
    own = URL % ("own", f", {SECRETS['bearer']}")
    found = with_project(tmp_path, own, PART % "read_timeout: 5, tenant: a").environment
    settings = found.backends[Store.PROMETHEUS]
    assert (settings.read_timeout, settings.tenant) == (5, "a")


def test_the_persons_address_takes_the_place_of_the_projects_with_its_secret(
    tmp_path: Path,
) -> None:
    token = VARIABLES["bearer"]
    found = with_project(tmp_path, NOTHING, URL % ("theirs", ""), token | OWN_URL).environment
    assert found.backends[Store.PROMETHEUS].url == "https://own.example"
