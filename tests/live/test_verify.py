"""`troubleshoot verify`: 0 recovered, 1 not, 4 cannot tell."""

import pytest

from tests.lab.api import Lab
from tests.live.conftest import BY_SCENARIO, Run

pytestmark = pytest.mark.live


@pytest.mark.parametrize(
    ("scenario", "code", "said"),
    [("healthy", 0, "Recovered"), ("payment-timeouts", 1, "Not recovered: Failed orders")],
)
def test_recovery_is_told_from_trouble(scenario: str, code: int, said: str, run: Run) -> None:
    words = ("verify", "high-error-rate", "--output", "json")
    # one in a hundred cards is declined in the lab's normal life, and the guide allows just that
    ran = run(*words, "--set", "recovered_error_share=0.02", at=BY_SCENARIO[scenario].at)
    assert (ran.code, ran.document["headline"].startswith(said)) == (code, True)


def test_without_prometheus_nobody_can_tell(lab: Lab, run: Run) -> None:
    with lab.without("prometheus"):
        ran = run("verify", "high-error-rate", "--output", "json", at=BY_SCENARIO["healthy"].at)
    assert ran.code == 4
