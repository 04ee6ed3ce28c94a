"""Every cause of the playbooks that ship has remedies that fit it, whatever was seen."""

from collections.abc import Mapping

import pytest

from tests.cli.conftest import NOW
from tests.engine.test_rank import finding
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.rank.actions import actions
from troubleshoot.engine.rank.case import Case
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.playbook import DiagnosisRule, Playbook
from troubleshoot.model.report import Action
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.window import Window


def load(name: str, given: Given | None = None) -> ResolvedPlaybook:
    place = built_in()
    file = place.playbooks / f"{name}.yaml"
    return load_playbook(file, [place.queries], Window(NOW), given or Given(), dialects())


LOADED = {name: load(name) for name in ("high-error-rate", "find-culprit")}
SHIPPED = {name: one.playbook for name, one in LOADED.items()}
SHOP = SHIPPED["high-error-rate"]
CAUSES = [(name, rule.id) for name, one in SHIPPED.items() for rule in one.diagnoses]
# what the commands of a cause may reach for; everything else of the shop is not at fault there
DEPLOYMENTS = {
    "payment-provider-timeout": {"payment-service"},
    "payment-provider-refusing": {"payment-service"},
    "payment-own-fault": {"payment-service"},
    "payment-network": {"order-service"},  # from where one looks
    "payment-unreachable": {"order-service"},
    "payment-overloaded": {"payment-service"},
    "instance-down": {"order-service", "payment-service", "inventory-service"},
    "db-pool-exhausted": {"order-service"},
    "db-slow": set(),
    "db-down": {"order-service"},
    "inventory-failing": {"inventory-service"},
    "inventory-slow": {"inventory-service"},
    "inventory-unreachable": {"order-service"},
    "order-own-fault": {"order-service"},
}
ANSWERING = ("db-slow", "db-pool-exhausted")  # a database that can be asked


def findings(playbook: Playbook, outcome: Outcome, **others: Outcome) -> Mapping[str, Finding]:
    """Every check with one outcome, but for ``others``, ``-`` written ``_``."""
    named = {check.replace("_", "-"): one for check, one in others.items()}
    return {
        check.id: finding(check.id, named.get(check.id, outcome)) for _, check in playbook.checks()
    }


def suggested(
    playbook: Playbook, cause: str, seen: Mapping[str, Finding], about: str = ""
) -> tuple[Action, ...]:
    rule = _rule(playbook, cause)
    id_ = f"{cause}:{about}" if about else cause
    found = Diagnosis(
        id_, rule.title, rule.component, Verdict.LIKELY, 4, 0.5, (), (), "",
        remedies=rule.remedies, rule=cause, subject=about,
    )  # fmt: skip
    return actions(Case(playbook.diagnoses, seen), playbook.remedies, (found,), {about})


def _rule(playbook: Playbook, cause: str) -> DiagnosisRule:
    return next(one for one in playbook.diagnoses if one.id == cause)


def commands(found: tuple[Action, ...]) -> str:
    return "\n".join(command for one in found for command in one.remedy.commands)


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.CRITICAL, Outcome.ERROR])
@pytest.mark.parametrize(("name", "cause"), CAUSES)
def test_no_cause_leaves_a_person_without_a_remedy(name: str, cause: str, outcome: Outcome) -> None:
    playbook = SHIPPED[name]
    about = "checkout" if _rule(playbook, cause).each else ""
    assert suggested(playbook, cause, findings(playbook, outcome), about)


@pytest.mark.parametrize("cause", [rule.id for rule in SHOP.diagnoses])
def test_the_commands_of_a_cause_reach_only_for_what_is_at_fault(cause: str) -> None:
    text = commands(suggested(SHOP, cause, findings(SHOP, Outcome.ERROR)))
    services = ("order-service", "payment-service", "inventory-service")
    assert {one for one in services if f"deployment/{one}" in text} <= DEPLOYMENTS[cause]
    assert ("psql" in text) == (cause in ANSWERING)


def test_a_fault_has_a_remedy_for_each_cause_and_each_remedy_has_a_cause() -> None:
    for playbook in SHIPPED.values():
        used = {name for rule in playbook.diagnoses for name in rule.remedies}
        assert used == set(playbook.remedies)


@pytest.mark.parametrize("cause", [rule.id for rule in SHOP.diagnoses])
def test_no_more_cpu_for_a_service_that_has_cpu_to_spare(cause: str) -> None:
    fine = findings(SHOP, Outcome.CRITICAL, payment_cpu=Outcome.OK, payment_memory=Outcome.OK)
    assert "set resources" not in commands(suggested(SHOP, cause, fine))


def test_more_cpu_is_a_remedy_where_there_is_none_left() -> None:
    short = findings(SHOP, Outcome.OK, payment_cpu=Outcome.WARNING)
    assert "set resources" in commands(suggested(SHOP, "payment-overloaded", short))
