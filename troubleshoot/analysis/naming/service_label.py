"""Whom the series of a metric are about: by which label, or by the metric's own name."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from troubleshoot.analysis.hosts import service_at
from troubleshoot.analysis.naming import tools
from troubleshoot.analysis.naming.name_words import OUTWARD, NameWords
from troubleshoot.analysis.naming.outcomes import LABELS
from troubleshoot.model.suggestion import SeenMetric

# the likelier first; other labels count where their values are services that traces or logs name
USUAL = (
    "service_name", "service", "svc", "app_kubernetes_io_name", "app", "application", "app_name",
    "component", "microservice", "workload", "deployment", "module", "job", "pod",
)  # fmt: skip
CALLERS = (
    "source", "src", "caller", "client", "from", "source_workload", "source_service", "source_app",
    "client_service", "calling_service",
)  # fmt: skip
CALLEES = (
    "destination", "dst", "dest", "callee", "server", "target", "to", "peer", "upstream",
    "destination_workload", "destination_service", "destination_app", "server_address",
    "peer_service", "called_service", "dependency", "remote_service", "provider",
)  # fmt: skip
# labels that most metrics of a system may have, and that name no service
OTHERS = frozenset({
    *LABELS, *CALLERS, "le", "quantile", "statistic", "stat", "percentile", "namespace",
    "env", "environment", "region", "zone", "node", "host", "hostname", "method", "path",
    "route", "handler", "uri", "url", "endpoint", "operation", "version", "container", "tenant",
    "type", "kind", "reason", "unit", *tools.LABELS,
})  # fmt: skip
LEAST = 3  # metrics that must share a label before it counts for that alone
MOST = 0.5  # of its values must be services, where services are known
COVERED = 0.9  # of the series must have it, where none are
# as Kubernetes names pods, see queries/vocabulary/kubernetes.yaml
POD = (
    "(.+?)(?:-(?:[0-9a-f]{8,10}|[b-df-hj-np-tv-xz0-9]{6,10})-[0-9a-z]{5}"
    "|-[b-df-hj-np-tv-xz0-9]{5}|-[0-9]+)?"
)
JOB = "(?:.*/)?([^/]+)"
_FORMS = {"pod": POD, "job": JOB}


@dataclass(frozen=True, slots=True)
class Whom:
    """``label`` says it, through the regular expression ``form`` where a part of it does.

    ``word`` is ours for it (``service``, ``host``). ``caller``: the label of who calls, if any.
    Without a label it is ``about`` one of the services.
    """

    label: str = ""
    word: str = "service"
    form: str = ""
    caller: str = ""
    about: str = ""
    reason: str = ""


def common_label(metrics: Collection[SeenMetric]) -> str:
    """The label that at least half of the metrics have, where nothing better tells; or ''."""
    having = Counter(
        label
        for one in metrics
        for label in one.label_names
        if label not in OTHERS and _coverage(one, label) >= COVERED
    )
    label, count = max(having.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    return label if count >= LEAST and count * 2 >= len(metrics) else ""


def names_in(metrics: Iterable[SeenMetric], services: Collection[str]) -> frozenset[str]:
    """What the usual labels call services, beside those that are known."""
    found = {
        value
        for one in metrics
        if (label := _usual(one, services)) and label not in _FORMS
        for value in one.values(label)
    }
    return frozenset(found | {*services}) - {""}


def whom(metric: SeenMetric, services: Collection[str], common: str = "") -> Whom | None:
    """None where nothing tells; ``common`` is the label that does where no usual one is there."""
    names = metric.label_names
    caller = next((one for one in CALLERS if one in names), "")
    callee = next((one for one in CALLEES if one in names), "")
    label = _usual(metric, services)
    if not label and common and _coverage(metric, common) >= COVERED:
        label = common
    if callee and not caller and NameWords.of(metric.name).has(OUTWARD) and label != callee:
        caller = label
    if callee and (caller or not label):
        word = "service" if _matched(metric, callee, services) >= MOST else "host"
        reason = f"about {callee!r}, whom others call" + _told(metric, callee, services)
        return Whom(callee, word, caller=caller, reason=reason)
    if label:
        reason = f"service by {label!r}{_told(metric, label, services)}"
        return Whom(label, form=_FORMS.get(label, ""), reason=reason)
    return None


def named(metric: SeenMetric, names: Collection[str]) -> Whom | None:
    """By how its name begins, where no label tells."""
    about = _named(metric.name, names)
    reason = f"about {about}: its name begins so, and no label tells"
    return Whom(about=about, reason=reason) if about else None


def _usual(metric: SeenMetric, services: Collection[str]) -> str:
    """By matching the services that are known; without any match by name and coverage."""
    scored = [
        (_matched(metric, label, services), -_rank(label), label) for label in metric.label_names
    ]
    matched = [one for one in scored if one[0] >= MOST]
    if matched:
        return max(matched)[2]
    return next((one for one in USUAL if _coverage(metric, one) >= COVERED), "")


def _rank(label: str) -> int:
    return USUAL.index(label) if label in USUAL else len(USUAL)


def _matched(metric: SeenMetric, label: str, services: Collection[str]) -> float:
    """The part of the series whose value is a service."""
    if not services or label in CALLERS:
        return 0.0
    values = metric.values(label)
    found = [value for value in values if value and _is_service(value, label, services)]
    return len(found) / max(len(values), 1)


def _is_service(value: str, label: str, services: Collection[str]) -> bool:
    form = _FORMS.get(label)
    part = re.fullmatch(form, value) if form else None
    return service_at(part[1] if part else value, services) in services


def _coverage(metric: SeenMetric, label: str) -> float:
    values = metric.values(label)
    return sum(map(bool, values)) / max(len(values), 1)


def _told(metric: SeenMetric, label: str, services: Collection[str]) -> str:
    values = {one for one in metric.values(label) if one}
    known = [one for one in values if _is_service(one, label, services)]
    if services:
        return f" ({len(known)} of {len(values)} values are services in traces or logs)"
    return f" ({len(values)} values; no traces or logs tell of services)"


def _named(name: str, services: Collection[str]) -> str:
    """The longest service whose words the metric's name begins with."""
    words = NameWords.of(name).words
    found = [one for one in services if _begins(words, NameWords.of(one).words)]
    return max(found, key=len, default="")


def _begins(words: tuple[str, ...], service: tuple[str, ...]) -> bool:
    return bool(service) and any(words[: len(one)] == one for one in _spellings(service))


def _spellings(service: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """``payment-service`` is ``payment`` too, as ``payment_failures_total`` has it."""
    yield service
    if len(service) > 1 and service[-1] in ("service", "svc", "server", "api"):
        yield service[:-1]
