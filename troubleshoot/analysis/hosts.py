"""Host names as callers write them, and the services that they stand for."""

import re
from collections.abc import Collection
from functools import lru_cache

# https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/: name.namespace.svc.zone,
# and name-0.name.namespace.svc.zone for one instance
_CLUSTER = re.compile(r"^[^.]+(?:\.[^.]+){1,2}\.svc(?:\.|$)")
# the last of an address that nobody outside can reach (RFC 6762, RFC 8375, ICANN's .internal)
_INSIDE = re.compile(r"\.(?:local|internal|lan|intranet|corp|home\.arpa|consul)$")
# one instance of several: name-0 of a set, name-5d4f8c7b9d-x2x7k of a deployment
_INSTANCE = re.compile(r"-(?:\d+|[0-9a-f]{8,10}-[0-9a-z]{5})$")


@lru_cache(maxsize=4096)  # thousands of spans name a few
def host(address: str) -> str:
    """``HTTP://Pricing.:8080/x`` becomes ``pricing``: no scheme, user, port, path or capitals."""
    text = re.sub(r"^[a-z][a-z0-9+.-]*://", "", address.strip().lower())
    text = re.split(r"[/?#]", text, maxsplit=1)[0].rpartition("@")[2]
    return re.sub(r"(?<=[^:]):\d+$", "", text).rstrip(".")


def service_at(address: str, services: Collection[str]) -> str:
    """The one of ``services`` that answers at an address, else the host as it is.

    A host is a service by its whole name; inside a network by the first part of it (``pricing``,
    ``pricing.shop``, ``pricing.shop.svc.cluster.local``); and both without the number of an
    instance. A public name (``api.pricing.example``) is never one by a part of it.
    """
    name = host(address)
    known = {one.lower(): one for one in services}
    first = name.partition(".")[0]
    inside = name.count(".") < 2 or _CLUSTER.match(name) or _INSIDE.search(name)
    whole = (name, _INSTANCE.sub("", name))
    parts = (first, _INSTANCE.sub("", first)) if inside else ()
    found = next((known[one] for one in (*whole, *parts) if one in known), "")
    return found or (first if _CLUSTER.match(name) else name)
