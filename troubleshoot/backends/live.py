"""The live backends of an environment, each behind the redactor."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from troubleshoot.backends.credentials import Credentials, credentials
from troubleshoot.backends.redact import Redactor
from troubleshoot.backends.redacted import Redacted
from troubleshoot.model.query import Backend
from troubleshoot.model.settings import BackendSettings, Environment
from troubleshoot.model.store import Store

if TYPE_CHECKING:
    from troubleshoot.backends.endpoint import Endpoint
    from troubleshoot.backends.guarded import Guarded


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
    """Clients are imported here, when one of their kind is needed: they are slow to start."""
    from troubleshoot.backends.guarded import Guarded
    from troubleshoot.backends.tls import tls_context

    def guarded(endpoints: "tuple[Endpoint, ...]") -> "Guarded":
        return Guarded(store, settings, secrets.headers, tls_context(store, settings), endpoints)

    if store is Store.PROMETHEUS:
        from troubleshoot.backends.stores.prometheus import client as prometheus

        return prometheus.PrometheusBackend(guarded(prometheus.ENDPOINTS))
    if store is Store.ELASTICSEARCH:
        from troubleshoot.backends.stores.elasticsearch import client as elasticsearch

        return elasticsearch.ElasticsearchBackend(guarded(elasticsearch.ENDPOINTS))
    from troubleshoot.backends.stores.jaeger import client as jaeger

    return jaeger.JaegerBackend(guarded(jaeger.ENDPOINTS))
