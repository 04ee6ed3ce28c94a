"""How a backend's certificate is checked, and ours is shown."""

import ssl
from pathlib import Path

import httpx

from troubleshoot.model.errors import UsageError
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store


def tls_context(store: Store, settings: BackendSettings) -> ssl.SSLContext:
    """Raises UsageError for a file that cannot be used. Plain HTTP loads no certificates."""
    if not settings.url.lower().startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = _trust(store, settings)
    if settings.client_cert:
        _show(context, store, settings)
    return context


def _trust(store: Store, settings: BackendSettings) -> ssl.SSLContext:
    """``ca_file`` takes the place of the public authorities, as curl's ``--cacert`` does."""
    if not (settings.ca_file and settings.verify_tls):
        return httpx.create_ssl_context(verify=settings.verify_tls)
    try:
        return ssl.create_default_context(cafile=Path(settings.ca_file).expanduser())
    except OSError as error:  # ssl.SSLError is one: not a certificate
        raise _unusable(store, "ca_file", settings.ca_file, error) from None


def _show(context: ssl.SSLContext, store: Store, settings: BackendSettings) -> None:
    key = Path(settings.client_key or settings.client_cert).expanduser()
    try:
        # an empty password: a protected key must fail, not ask at the terminal
        context.load_cert_chain(Path(settings.client_cert).expanduser(), key, password="")
    except OSError as error:
        files = " and ".join(filter(None, (settings.client_cert, settings.client_key)))
        raise _unusable(store, "client_cert", files, error) from None


def _unusable(store: Store, setting: str, files: str, error: OSError) -> UsageError:
    why = "not a usable PEM file" if isinstance(error, ssl.SSLError) else error.strerror
    return UsageError(f"{store}.{setting}: cannot use {files}: {why}")
