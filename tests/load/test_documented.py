"""Public conventions: what a phrase asks for stands in what their documentation shows."""

import re

import pytest

from tests.load.documented import FILES, samples
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.promql.syntax import Node, read
from troubleshoot.load.playbook.vocabularies import read_vocabulary
from troubleshoot.model.promql import selectors
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.vocabulary import MetricMapping, Vocabulary

# labels of the target, which its scraper adds; others of the sample's are optional
TARGET = {"job", "instance", "app", "app_kubernetes_io_name", "service_name", "le"}


def vocabulary(name: str) -> Vocabulary:
    file = built_in().queries / "vocabulary" / f"{name}.yaml"
    return read_vocabulary(QueryFile(f"vocabulary/{name}.yaml", str(file), file.read_text()))


def filled(phrase: MetricMapping) -> str:
    return phrase.query.replace("{{ window }}", "5m").replace("{{ at }}", "1")


def phrases() -> list[tuple[str, MetricMapping]]:
    return [(name, phrase) for name in FILES for phrase in vocabulary(name).phrases]


@pytest.mark.parametrize("name", FILES)
def test_a_convention_is_named_with_its_documentation(name: str) -> None:
    text = (built_in().queries / "vocabulary" / f"{name}.yaml").read_text()
    assert "https://" in text.partition("vocabulary:")[0]
    assert vocabulary(name).phrases


@pytest.mark.parametrize(("name", "phrase"), phrases())
def test_each_metric_that_a_phrase_needs_or_reads_is_documented(
    name: str, phrase: MetricMapping
) -> None:
    there = {one.name for one in samples(FILES[name])}
    assert phrase.applies(there)
    assert {one.metric for one in selectors(filled(phrase))} <= there


@pytest.mark.parametrize(("name", "phrase"), phrases())
def test_each_label_that_a_phrase_reads_is_documented(name: str, phrase: MetricMapping) -> None:
    there = {label for one in samples(FILES[name]) for label in one.labels} | TARGET
    matchers = [one for each in selectors(filled(phrase)) for one in each.matchers]
    assert {label for label, _, _ in matchers} <= there
    assert _grouped(read(filled(phrase))) <= there


@pytest.mark.parametrize(("name", "phrase"), phrases())
def test_each_value_that_a_phrase_asks_for_is_documented(name: str, phrase: MetricMapping) -> None:
    """A status ``5xx`` where the documentation has ``500`` would be silence for ever."""
    every = samples(FILES[name])
    for one in selectors(filled(phrase)):
        for label, sign, wanted in one.matchers:
            values = {each.labels.get(label, "") for each in every}
            assert any(_holds(sign, wanted, value) for value in values), (one.metric, label)


def _holds(sign: str, wanted: str, value: str) -> bool:
    same = re.fullmatch(wanted, value) is not None if "~" in sign else value == wanted
    return same is not sign.startswith("!")


def _grouped(root: Node) -> set[str]:
    """The labels by which its aggregations group."""
    found: set[str] = set()
    for node in root.walk():
        modifier = getattr(node.expr, "modifier", None)
        found |= set(getattr(modifier, "labels", ()) or ())
    return found
