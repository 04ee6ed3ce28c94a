"""Why there was no usable HTTP answer, in words; for the guarded path, so only live."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from troubleshoot.backends.parse.problems import failure_text, setting_hint
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store


def no_answer(store: Store, settings: BackendSettings, url: str, error: Exception) -> str:
    """The sentence for an exception of httpx from before the answer began."""
    causes = list(_causes(error))
    if tls := next((one for one in causes if isinstance(one, ssl.SSLError)), None):
        return _tls(store, url, tls)
    if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
        return too_slow(store, settings, url)
    address = setting_hint(store, "url")
    if any(isinstance(one, socket.gaierror) for one in causes):
        happened = f"there is no host named {httpx.URL(url).host!r} (DNS) for {url}"
    elif any(isinstance(one, ConnectionRefusedError) for one in causes):
        happened = f"nothing listens at {url} (connection refused)"
    elif isinstance(error, httpx.ConnectTimeout):
        happened = f"no connection to {url} within {settings.connect_timeout:g} s"
        address += "; VPN up?"
    elif isinstance(error, httpx.ConnectError):
        happened = f"no connection to {url}: {error}"
    else:
        happened = f"{url} closed the connection without an HTTP answer"
        address = f"does it speak HTTP, or HTTPS? {address}"
    return failure_text(f"{store.product}: {happened}", address)


def refused(store: Store, url: str, why: str) -> str:
    return failure_text(
        f"{store.product}: nothing was sent to {url}: {why}",
        "this program only reads: SECURITY.md lists what it may ask; is an index name wrong?",
    )


def too_slow(store: Store, settings: BackendSettings, url: str) -> str:
    return failure_text(
        f"{store.product}: no whole answer from {url} within {settings.read_timeout:g} s",
        f"a smaller --lookback asks for less, or {setting_hint(store, 'read_timeout')}",
    )


def cut_short(store: Store, url: str, received: int) -> str:
    return failure_text(
        f"{store.product}: the answer of {url} was cut short after {received:,} bytes",
        "run it again; a proxy in between, or the server, dropped the connection",
    )


def too_large(store: Store, settings: BackendSettings, url: str) -> str:
    return failure_text(
        f"{store.product}: the answer of {url} is larger than {settings.max_bytes:,} bytes",
        f"a smaller --lookback asks for less, or {setting_hint(store, 'max_bytes')}",
    )


def redirected(store: Store, url: str, status: int, target: str) -> str:
    return failure_text(
        f"{store.product}: {url} redirects to {target or 'nowhere'} (HTTP {status})",
        f"a login page? Give credentials, or {setting_hint(store, 'url')}",
    )


def closed(store: Store, url: str) -> str:
    return failure_text(
        f"{store.product}: {url} was not asked, the run ended before", "run it again"
    )


def _tls(store: Store, url: str, error: ssl.SSLError) -> str:
    name = store.product
    if isinstance(error, ssl.SSLCertVerificationError):
        why = getattr(error, "verify_message", error)  # set by OpenSSL, not by Python
        return failure_text(
            f"{name}: the certificate of {url} is not trusted: {why}",
            f"give the authority's certificate: {setting_hint(store, 'ca_file')}",
        )
    why = str(getattr(error, "reason", None) or "handshake failed").replace("_", " ").lower()
    return failure_text(
        f"{name}: no TLS connection to {url}: {why}",
        f"does it speak HTTPS, or want {store}.client_cert? {setting_hint(store, 'url')}",
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
