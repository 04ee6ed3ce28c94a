"""Vocabulary files: one small YAML each, with every mistake placed."""

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

GOOD = """vocabulary: v
title: T
phrases:
  - means: errors
    needs: [x]
    labels: {service: job}
    query: sum by (job) (x)
"""


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
    needed = "exactly one of the keys 'service' and 'host' is needed"
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
