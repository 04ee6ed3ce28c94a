"""The live backends of an environment, each behind the redactor."""

from collections.abc import Collection, Mapping

from troubleshoot.backends.http.credentials import Credentials, credentials
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.backends.redaction.redacted import Redacted
from troubleshoot.backends.stores.table import client, endpoints
from troubleshoot.model.query import Backend
from troubleshoot.model.settings import BackendSettings, Environment
from troubleshoot.model.store import Store


def open_backends(
    environment: Environment,
    environ: Mapping[str, str],
    redactor: Redactor,
    stores: Collection[Store],
) -> dict[Store, Backend]:
    """Those of ``stores`` that the environment has; nothing is sent yet.

    Raises UsageError for a secret that cannot be had or a certificate file that cannot be used.
    """
    wanted = {store: one for store, one in environment.backends.items() if store in stores}
    secrets = {store: credentials(store, one, environ) for store, one in wanted.items()}
    for each in secrets.values():
        redactor.learn(each.secrets)
    return {
        store: Redacted(_open(store, settings, secrets[store]), redactor)
        for store, settings in wanted.items()
    }


def _open(store: Store, settings: BackendSettings, secrets: Credentials) -> Backend:
    """The HTTP library is imported here too, when one is needed: it is slow to start."""
    from troubleshoot.backends.http.client import HttpClient
    from troubleshoot.backends.http.tls import tls_context

    context, allowed = tls_context(store, settings), endpoints(store)
    return client(store, HttpClient(store, settings, secrets.headers, context, allowed))
