import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.backends.server import answer, serve
from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.http.tls import tls_context
from troubleshoot.backends.stores.prometheus.client import ENDPOINTS
from troubleshoot.model.errors import UsageError
from troubleshoot.model.query import RawResponse
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority (ca.pem), and what it signed for a server and a client."""
    folder = tmp_path_factory.mktemp("keys")
    openssl(
        folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=ca",
        "-keyout", "ca.key", "-out", "ca.pem",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",  # from 3.13 on Python asks for it
    )  # fmt: skip
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1")
    for name in ("server", "client"):
        openssl(
            folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.csr",
        )  # fmt: skip
        openssl(
            folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", f"{name}.pem",
        )  # fmt: skip
    openssl(folder, "rsa", "-aes256", "-passout", "pass:x", "-in", "client.key", "-out", "locked")
    return folder


def server_side(keys: Path, *, ask_client: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(keys / "server.pem", keys / "server.key")
    if ask_client:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(keys / "ca.pem")
    return context


def ask(url: str, **more: Any) -> RawResponse:
    settings = BackendSettings.model_validate({"url": url, "read_timeout": 3} | more)
    context = tls_context(Store.PROMETHEUS, settings)
    guarded = HttpClient(Store.PROMETHEUS, settings, {}, context, ENDPOINTS)
    try:
        return guarded.send("GET", f"{guarded.base}/api/v1/query")
    finally:
        guarded.close()


def test_a_certificate_of_the_given_authority_is_trusted(keys: Path) -> None:
    with serve(answer(b"[1]"), tls=server_side(keys)) as server:
        assert ask(server.url, ca_file=str(keys / "ca.pem")).body == b"[1]"


def test_a_certificate_of_an_unknown_authority_is_not(keys: Path) -> None:
    with serve(answer(), tls=server_side(keys)) as server:
        failure = ask(server.url).failure
    assert f"the certificate of {server.url}/api/v1/query is not trusted: " in failure
    assert "TROUBLESHOOT_PROMETHEUS_CA_FILE" in failure
    assert server.seen == []


def test_a_certificate_for_another_name_is_not_trusted(keys: Path) -> None:
    with serve(answer(), tls=server_side(keys)) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        failure = ask(url, ca_file=str(keys / "ca.pem")).failure
    assert "is not trusted: Hostname mismatch" in failure


def test_checking_can_be_switched_off(keys: Path) -> None:
    with serve(answer(b"[1]"), tls=server_side(keys)) as server:
        assert ask(server.url, verify_tls=False).body == b"[1]"


def test_a_client_certificate_is_shown(keys: Path) -> None:
    trust: dict[str, Any] = {"ca_file": str(keys / "ca.pem")}
    own = {"client_cert": str(keys / "client.pem"), "client_key": str(keys / "client.key")}
    with serve(answer(b"[1]"), tls=server_side(keys, ask_client=True)) as server:
        assert ask(server.url, **trust, **own).body == b"[1]"
        without = ask(server.url, **trust)
    assert without.status == 0
    assert "prometheus.client_cert" in without.failure


def test_https_to_a_plain_http_port_is_told(keys: Path) -> None:
    with serve(answer()) as server:
        failure = ask(server.url.replace("http:", "https:"), ca_file=str(keys / "ca.pem")).failure
    assert "no TLS connection to" in failure
    assert "does it speak HTTPS" in failure


def test_http_to_a_tls_port_is_a_failure(keys: Path) -> None:
    with serve(answer(), tls=server_side(keys)) as server:
        raw = ask(server.url.replace("https:", "http:"))
    assert "closed the connection without an HTTP answer" in raw.failure


@pytest.mark.parametrize(
    ("setting", "file", "why"),
    [
        ("ca_file", "missing.pem", "No such file or directory"),
        ("ca_file", "names", "not a usable PEM file"),
        ("client_cert", "missing.pem", "No such file or directory"),
        ("client_cert", "names", "not a usable PEM file"),
        ("client_cert", "client.pem", "not a usable PEM file"),  # its key is in another file
    ],
)
def test_a_file_that_cannot_be_used_is_named(keys: Path, setting: str, file: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask("https://127.0.0.1:1", **{setting: str(keys / file)})
    assert caught.value.message == f"prometheus.{setting}: cannot use {keys / file}: {why}"


def test_a_protected_key_is_refused_and_nobody_is_asked(keys: Path) -> None:
    own = {"client_cert": str(keys / "client.pem"), "client_key": str(keys / "locked")}
    with pytest.raises(UsageError, match="not a usable PEM file"):
        ask("https://127.0.0.1:1", **own)


def test_plain_http_loads_no_certificates() -> None:
    context = tls_context(Store.JAEGER, BackendSettings(url="http://h"))
    assert context.cert_store_stats()["x509_ca"] == 0
