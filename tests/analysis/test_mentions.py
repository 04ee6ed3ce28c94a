"""Whom an error message names as the one that failed."""

import pytest

from troubleshoot.analysis.logs.mentions import named

SERVICES = ("edge", "order", "booking", "payment-service", "inventory-service")


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("no answer from inventory-service at inventory-service-1:8080", "inventory-service"),
        ("lookup inventory-service-0: no such host", "inventory-service"),
        ("dial tcp: lookup cart on 10.96.0.10:53: no such host", "cart"),
        ("connect to orders-db:5432: connection refused", "orders-db"),
        ("TLS handshake with api.bank.example:443: certificate verify failed", "api.bank.example"),
        ("HTTPSConnectionPool(host='api.bank.example', port=443): timed out", "api.bank.example"),
        ('could not translate host name "orders-db" to address', "orders-db"),
        ("getaddrinfo ENOTFOUND redis.internal", "redis.internal"),
        ("Unable to connect to cache-main/10.1.2.3:6379", "cache-main"),
        ("Unable to resolve host stock.shop.svc", "stock"),
        ("name resolver error: produced zero addresses for stock.shop.svc", "stock"),
        ("failed to connect to `host=orders-db user=app`: dial error", "orders-db"),
        ("stock: Name or service not known", "stock"),
        ("stock.shop.svc.cluster.local: unexpected status code 503", "stock"),
        ("java.net.UnknownHostException: stock: Name or service not known", "stock"),
        ('I/O error on POST request for "http://payments/charge": refused', "payments"),
        ("Can't connect to MySQL server on 'mysql-main' (111)", "mysql-main"),
        ("charge ch-1 failed: payment provider did not answer within 3 s", "payment-provider"),
        ("charge failed because the bank answered 503 Service Unavailable", "bank"),
        ("upstream stockist returned 502, giving up", "stockist"),
        ("call to order timed out", "order"),
        ("booking answered 500: no details", "booking"),
    ],
)  # fmt: skip
def test_a_service_a_host_or_who_did_not_answer_is_named(message: str, name: str) -> None:
    assert named(message, SERVICES, "edge") == (name,)


@pytest.mark.parametrize(
    "message",
    [
        "order 4711 failed: division by zero",
        "to order 4711 belongs no booking",
        "the upstream server did not respond",
        "upstream returned 502",
        "request from booking timed out waiting for a lock",
        "ZeroDivisionError in pricing.py:4242, status:503, code:1062",
        "connect ECONNREFUSED 10.1.2.3:6379",
        "wrong value; for more information see https://docs.vendor.example/errors",
        "no rows (Background on this error at: https://sqla.example/e/14/e3q8)",
        "listening on localhost:8080",
        "edge answered 500",
        "",
    ],
)
def test_ordinary_words_callers_files_and_numbers_name_nobody(message: str) -> None:
    assert named(message, SERVICES, "edge") == ()


def test_what_comes_after_a_colon_is_the_reason() -> None:
    message = "order 1 failed: payment-service answered 502: connect to bank.example:443: refused"
    assert named(message, SERVICES, "order") == ("payment-service", "bank.example")


def test_a_second_name_that_is_no_reason_is_left_out() -> None:
    message = "no answer from payment-service while inventory-service waited"
    assert named(message, SERVICES, "order") == ("payment-service",)
