"""The live backends of an environment, each behind the redactor."""

from collections.abc import Collection, Mapping

from troubleshoot.backends.credentials import Credentials, credentials
from troubleshoot.backends.redact import Redactor
from troubleshoot.backends.redacted import Redacted
from troubleshoot.model.query import Backend, Store
from troubleshoot.model.settings import BackendSettings, Environment


def open_backends(
    environment: Environment,
    environ: Mapping[str, str],
    redactor: Redactor,
    stores: Collection[Store],
) -> dict[Store, Backend]:
    """Those of ``stores`` that the environment has; nothing is sent yet.

    Raises UsageError for a secret that cannot be had or a certificate file that cannot be used.
    """
    wanted: dict[Store, BackendSettings] = {}
    for store in Store:
        settings: BackendSettings | None = getattr(environment, store.value)
        if settings and store in stores:
            wanted[store] = settings
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

    guarded = Guarded(store, settings, secrets.headers, tls_context(store, settings))
    if store is Store.PROMETHEUS:
        from troubleshoot.backends.prometheus import PrometheusBackend

        return PrometheusBackend(guarded)
    if store is Store.ELASTICSEARCH:
        from troubleshoot.backends.elasticsearch import ElasticsearchBackend

        return ElasticsearchBackend(guarded)
    from troubleshoot.backends.jaeger import JaegerBackend

    return JaegerBackend(guarded)
