"""What the names of tags tell, in the conventions that are met."""

import pytest

from troubleshoot.analysis.traces.tag_kinds import Kind, kind_of, names_something

NAMES = {
    Kind.VERSION: "service.version version app.version appVersion git.commit container.image.tag "
    "istio.canonical_revision buildSHA k8s.replicaset.name",
    Kind.INSTANCE: "service.instance.id k8s.pod.name pod host.name hostname ip net.host.name "
    "container.id instance",
    Kind.ZONE: "cloud.availability_zone cloud.region k8s.cluster.name zone db.shard",
    Kind.PEER: "server.address net.peer.name network.peer.address peer.address upstream_cluster "
    "peer.hostname",
    Kind.REQUEST: "http.route http.method http.request.method tenant.id tenantId customer.tier "
    "url.path operation http.host feature_flag.variant user.id user_agent.version",
    Kind.OTHER: "article.sku db.name db.instance db.statement payment.provider currency.code "
    "process.runtime.version net.protocol.version order.id",
    Kind.SYMPTOM: "error error.type exception.message otel.status_description http.status_code "
    "http.response.status_code rpc.grpc.status_code retry.attempt response_flags errorCode "
    "order.status",
    Kind.PLUMBING: "otel.scope.name telemetry.sdk.version span.kind sampler.type net.peer.port "
    "process.pid thread.name peer.service jaeger.version internal.span.format",
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for kind, names in NAMES.items() for name in names.split()]
)
def test_the_usual_names_are_known(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize("name", ["", "...", "名前", "\x00"])
def test_names_without_words_are_of_no_special_kind(name: str) -> None:
    assert kind_of(name) is Kind.OTHER


@pytest.mark.parametrize("value", ["12", "-1.5", "3s", "250 ms", "50%", "4KiB", "deadbeef"])
def test_a_number_names_something_only_where_the_tag_says_what(value: str) -> None:
    assert not names_something(Kind.OTHER, value)
    assert names_something(Kind.VERSION, value)


@pytest.mark.parametrize("value", ["2.1.0", "10.0.0.3", "eu-1", "true", "v2", "pay-0", "face"])
def test_versions_addresses_and_words_name_something_anywhere(value: str) -> None:
    assert names_something(Kind.OTHER, value)


def test_nothing_names_nothing() -> None:
    assert not names_something(Kind.VERSION, "")
