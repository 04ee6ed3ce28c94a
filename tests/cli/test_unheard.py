"""A service that evidence asks for and nothing tells of is no silent "not seen"."""

import pytest

from tests.cli.conftest import Program, recorded
from troubleshoot.load.assets import demos

ALL = ("order-service", "payment-service", "inventory-service")
NAMES = sorted(file.stem for file in demos().glob("*.zip"))


@pytest.mark.parametrize("name", NAMES)
def test_in_a_system_that_has_them_all_nothing_is_said(program: Program, name: str) -> None:
    assert program("demo", name, "-o", "json").document["notices"] == []


@pytest.mark.parametrize("parameter", ["payment_service", "inventory_service", "order_service"])
def test_a_misspelt_name_is_told_with_the_one_that_was_probably_meant(
    program: Program, parameter: str
) -> None:
    meant = parameter.replace("_", "-")
    with recorded("payment-timeouts") as servers:
        program.asks(servers)
        given = ("--set", f"{parameter}={meant}s", "--set", f"services={meant}s,{','.join(ALL)}")
        words = ("high-error-rate", *given, "-o", "json")
        notices = program(*words).document["notices"]
    said = [one["message"] for one in notices if f"'{meant}s'" in one["message"]]
    assert len(said) == 1
    assert f"Did you mean '{meant}'?" in said[0]


def test_a_name_that_the_check_of_instances_does_not_expect_is_refused(program: Program) -> None:
    ran = program("high-error-rate", "--set", "payment_service=pay")
    assert ran.code == 2
    said = " ".join(ran.err.split())
    assert "'service-up' does not expect 'pay'. It expects: order-service, payment-" in said
    assert "(as {{ services }} says: change both)" in said
