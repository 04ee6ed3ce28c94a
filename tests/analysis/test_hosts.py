"""Addresses become the names of services, and only where they can be meant."""

import pytest

from troubleshoot.analysis.hosts import host, service_at

SERVICES = ("pricing", "payment-service", "Ledger", "api")


@pytest.mark.parametrize(
    "address",
    ["pricing", "PRICING:8080", "http://pricing:8080/quote", "grpc://user@pricing./x", " pricing "],
)
def test_a_host_is_without_scheme_user_port_path_and_capitals(address: str) -> None:
    assert host(address) == "pricing"


def test_an_address_of_numbers_stays_whole() -> None:
    assert host("10.0.0.7:5432") == "10.0.0.7"
    assert host("fe80::1") == "fe80::1"


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("pricing:8080", "pricing"),
        ("pricing.shop", "pricing"),
        ("pricing.shop.svc.cluster.local:8080", "pricing"),
        ("pricing.eu.corp.internal", "pricing"),
        ("payment-service-2.payments.shop.svc", "payment-service"),
        ("payment-service-5d4f8c7b9d-x2x7k", "payment-service"),
        ("ledger:9000", "Ledger"),
    ],
)
def test_inside_a_network_the_first_part_names_the_service(address: str, service: str) -> None:
    assert service_at(address, SERVICES) == service


@pytest.mark.parametrize("address", ["api.bank.example:443", "pricing.vendor.example"])
def test_a_public_name_is_nobody_of_ours(address: str) -> None:
    assert service_at(address, SERVICES) == host(address)


def test_a_host_that_is_no_service_stays_a_host() -> None:
    assert service_at("mysql-main:3306", SERVICES) == "mysql-main"
    assert service_at("orders-db-1.internal", SERVICES) == "orders-db-1.internal"


def test_in_a_cluster_the_first_part_is_the_name_whoever_it_is() -> None:
    assert service_at("redis.cache.svc.cluster.local:6379", SERVICES) == "redis"
