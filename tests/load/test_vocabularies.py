"""Vocabulary files: one small YAML each, with every mistake placed."""

import json
import re
from pathlib import Path

import pytest

from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.vocabularies import (
    find_vocabularies,
    meaning_problem,
    read_vocabulary,
)
from troubleshoot.model.errors import InputError
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.vocabulary import MEANINGS, Vocabulary

GOOD = """vocabulary: v
title: T
phrases:
  - means: errors
    needs: [x]
    labels: {service: job}
    query: sum by (job) (x)
"""


def good(text: str) -> Vocabulary:
    return read_vocabulary(QueryFile("vocabulary/v.yaml", "v.yaml", text))


def read(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_vocabulary(QueryFile("vocabulary/v.yaml", "v.yaml", text))
    return str(caught.value)


def test_every_built_in_vocabulary_can_be_read() -> None:
    files = find_vocabularies([built_in().queries])
    names = {read_vocabulary(file).vocabulary for file in files}
    assert {"otel-http", "otel-rpc", "span-metrics", "istio", "kubernetes", "shop"} <= names
    assert all(file.name == f"vocabulary/{read_vocabulary(file).vocabulary}.yaml" for file in files)


def test_a_users_own_hides_the_built_in_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    mine = tmp_path / "vocabulary" / "istio.yaml"
    mine.write_text(GOOD)
    files = {one.name: one.file for one in find_vocabularies([tmp_path, built_in().queries])}
    assert files["vocabulary/istio.yaml"] == str(mine)
    assert "vocabulary/otel-http.yaml" in files


def test_a_meaning_that_is_not_known_is_told_with_those_that_are() -> None:
    assert "v.yaml:4:12" in read(GOOD.replace("errors", "erors"))
    assert "Did you mean 'errors'?" in read(GOOD.replace("errors", "erors"))
    assert "Did you mean 'latency'?" in meaning_problem("vocabulary/latncy")
    assert meaning_problem("vocabulary/latency") == ""


def test_the_service_must_be_named() -> None:
    needed = "exactly one of the keys 'service' and 'host' is needed, or 'about'"
    assert needed in read(GOOD.replace("service: job", "instance: job"))
    assert needed in read(GOOD.replace("service: job", "service: job, host: address"))


def test_who_calls_is_named_for_calls_and_for_nothing_else() -> None:
    only = "the key 'source' says who calls: it belongs to 'calls', and to nothing else"
    assert only in read(GOOD.replace("errors", "calls"))
    assert only in read(GOOD.replace("service: job", "service: job, source: caller"))
    calls = GOOD.replace("errors", "calls").replace("service: job", "host: job, source: caller")
    assert read_vocabulary(QueryFile("vocabulary/v.yaml", "v.yaml", calls)).phrases


def test_a_key_that_is_not_known_is_a_mistake() -> None:
    assert "unknown key 'quary'" in read(GOOD.replace("query:", "quary:"))


@pytest.mark.parametrize("meaning", sorted({*MEANINGS} - {"calls"}))
def test_each_meaning_can_be_said_of_a_service_by_version(meaning: str) -> None:
    text = GOOD.replace("errors", meaning).replace("service: job", "service: job, version: v")
    assert good(text).phrases[0].means == meaning


def test_a_gauge_about_one_outside_says_whom_without_a_label() -> None:
    text = GOOD.replace("labels: {service: job}", "about: api.payments.example")
    assert good(text).phrases[0].about == "api.payments.example"
    needed = "exactly one of the keys 'service' and 'host' is needed, or 'about'"
    assert needed in read(GOOD.replace("    labels", "    about: x\n    labels"))
    assert needed in read(GOOD.replace("    labels: {service: job}\n", ""))
    calls = text.replace("errors", "calls").replace("about", "labels: {source: job}\n    about")
    assert "for 'calls' a label says whom" in read(calls)


def test_which_statistic_it_is_belongs_to_latency_alone() -> None:
    said = GOOD.replace("    query", "    statistic: mean\n    query")
    assert good(said.replace("errors", "latency")).phrases[0].statistic == "mean"
    assert "v.yaml:7:16: phrases[0].statistic: the key 'statistic' belongs to" in read(said)
    typo = said.replace("errors", "latency").replace(": mean", ": mode")
    assert "Allowed: mean, p50, p90, p95, p99, max" in read(typo)


@pytest.mark.parametrize(
    ("needs", "there", "applies"),
    [
        (["x", "y"], {"x"}, False),
        (["x", "y"], {"x", "y", "z"}, True),
        ([["x", "y"]], {"y"}, True),
        ([["x", "y"], "z"], {"y"}, False),
        (["~app_.*_errors_total"], {"app_cart_errors_total"}, True),
        (["~app_.*_errors_total"], {"my_app_cart_errors_total", "app_errors"}, False),
        ([["x", "~y.?"]], {"yy"}, True),
    ],
)
def test_it_applies_where_all_it_needs_is_there(
    needs: list[object], there: set[str], applies: bool
) -> None:
    (phrase,) = good(GOOD.replace("[x]", json.dumps(needs))).phrases
    assert phrase.applies(there) is applies


def test_a_need_that_nothing_can_meet_is_refused() -> None:
    assert "'a(' is not a regular expression" in read(GOOD.replace("[x]", "['~a(']"))
    assert "v.yaml:5:" in read(GOOD.replace("[x]", "[[]]"))
    assert "v.yaml:5:" in read(GOOD.replace("[x]", "[]"))


def test_a_vocabulary_may_hold_names_alone() -> None:
    text = "vocabulary: v\ntitle: T\naliases: {payments: [payments-lb, pay]}\n"
    assert good(text).aliases == {"payments": ("payments-lb", "pay")}
    twice = text.replace("}", ", cart: [pay]}")
    assert "v.yaml:3:47: aliases.cart: 'pay' is an alias of 'payments' already" in read(twice)
    circle = text.replace("}", ", pay: [x]}")
    assert "'pay' cannot be both a name to say and an alias of 'payments'" in read(circle)


PODS = {
    "checkout-7d9f8b6c5d-x2x7k": "checkout",
    "web-2-7d9f8b6c5d-x2x7k": "web-2",
    "payment-service-x2x7k": "payment-service",
    "node-exporter-9zkqt": "node-exporter",
    "backup-28391234-x2x7k": "backup",
    "redis-master-0": "redis-master",
    "orders-db": "orders-db",
    "frontend": "frontend",
}


@pytest.mark.parametrize("file", ["kubernetes", "kube-limits"])
@pytest.mark.parametrize("pod", PODS)
def test_a_pod_bears_the_name_of_its_workload(pod: str, file: str) -> None:
    text = (built_in().queries / "vocabulary" / f"{file}.yaml").read_text()
    patterns = set(re.findall(r'"service", "\$1", "pod", "(.*)"\)', text))
    assert {re.sub(f"^(?:{one})$", r"\1", pod) for one in patterns} == {PODS[pod]}
