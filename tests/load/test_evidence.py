"""Evidence asks in the words of its check: whatever else is written is refused at its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.load.small import QUERIES, WINDOW, Kitchen, kitchen
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.errors import InputError
from troubleshoot.model.judges.table import KINDS
from troubleshoot.model.where import WORDS, Where

TEXT = """\
format: 2
playbook: small
title: Every judge once
symptom: errors
steps:
  - id: s
    guide: "1"
    title: S
    checks:
      - {id: plain, title: P, query: promql/share.promql, judge: {kind: threshold, critical: "> 1"}}
      - id: by-type
        title: T
        query: promql/share.promql
        judge: {kind: share, by: type, critical: "> 50%"}
      - id: up
        title: U
        query: promql/share.promql
        judge: {kind: presence, by: job, expect: [a, b]}
      - id: errors
        title: E
        query: vocabulary/errors
        judge: {kind: change, floor: "> 0", critical: "> 2x"}
      - {id: versions, title: V, query: vocabulary/version, judge: {kind: changes}}
      - {id: changes, title: C, query: vocabulary/events, judge: {kind: events}}
      - id: origins
        title: O
        query: jaeger/failed.json
        judge: {kind: trace_errors, among: jaeger/failed.json, failed: "> 1%"}
      - id: slow
        title: L
        query: jaeger/failed.json
        judge: {kind: trace_latency, among: jaeger/failed.json, longer: 1, slow: "> 1%"}
      - id: tags
        title: G
        query: jaeger/failed.json
        judge: {kind: trace_tags, among: jaeger/failed.json, failed: "> 1%"}
      - id: logs
        title: M
        query: elasticsearch/logs.json
        judge:
          {kind: log_patterns, level: [l], message: [m], service: [s], trace: [t], critical: "> 5x"}
diagnoses:
  - id: cause
    title: A cause
    component: c
    for:
      - {check: CHECK, where: WHERE, strength: strong}
"""
PLAIN = {
    "promql/share.promql": "orders_total\n",
    "jaeger/failed.json": '{"service": "shop", "limit": 20}\n',
    "elasticsearch/logs.json": QUERIES["elasticsearch/logs.json"],
}
WRONG = [
    # misspelt words
    ("origins", "{seenby: shop}", "seenby", "unknown key 'seenby'"),
    ("origins", "{seen_by: shop}", "seen_by", "unknown key 'seen_by'"),
    ("origins", "{calller: shop}", "calller", "Did you mean 'caller'?"),
    ("origins", "{sevice: shop}", "sevice", "Did you mean 'service'?"),
    ("origins", "{partie: remote}", "partie", "Did you mean 'party'?"),
    ("origins", "{observd: inside}", "observd", "Did you mean 'observed'?"),
    ("origins", "{answer: late}", "answer", "Did you mean 'answers'?"),
    ("logs", "{mesage: {any: [timeout]}}", "mesage", "Did you mean 'message'?"),
    ("logs", "{mentions: shop}", "mentions", "unknown key 'mentions'"),
    ("changes", "{corelates: true}", "corelates", "Did you mean 'correlates'?"),
    ("tags", "{kind: version}", "kind", "unknown key 'kind'"),
    ("up", "{job: a}", "job", "unknown key 'job'"),
    # values that cannot be
    ("origins", "{party: remoet}", "remoet", "'remoet' is not allowed. Did you mean 'remote'?"),
    ("origins", "{party: [remote, db]}", "db]", "'db' is not allowed"),
    ("origins", "{observed: outside}", "outside", "Allowed: inside, by_caller"),
    ("origins", "{answers: lat}", "lat}", "Did you mean 'late'?"),
    ("tags", "{dimension: verison}", "verison", "Did you mean 'version'?"),
    ("changes", "{change: deploy}", "deploy}", "'deploy' is not allowed"),
    ("changes", "{correlates: sometimes}", "sometimes", "'sometimes' is not allowed"),
    ("changes", "{correlates: false}", "false", "false is not allowed"),
    ("errors", "{downstream_failing: maybe}", "maybe", "expected true or false"),
    ("origins", "{service: 5}", "5}", "expected text or a list or a mapping, not 5"),
    ("origins", "{service: []}", "[]", "the list is empty"),
    ("origins", "{service: {att: shop}}", "att", "unknown key 'att'. Did you mean 'at'?"),
    ("origins", "{message: timeout}", "timeout", "expected a mapping, not 'timeout'"),
    ("logs", "{message: {}}", "{}", "it asks for nothing"),
    ("logs", "{message: {anny: [timeout]}}", "anny", "Did you mean 'any'?"),
    ("logs", "{message: {any: [timeotu]}}", "timeotu", "Did you mean 'timeout'? Known: "),
    ("logs", "{message: {matches: 'a('}}", "'a('", "is not a regular expression"),
    ("by-type", "{labels: {type: {none: [refusd]}}}", "refusd", "Did you mean 'refused'?"),
    # words of other judges
    (
        "errors",
        "{caller: shop}",
        "caller",
        "'errors' has no word 'caller'. It has: demanded, downstream",
    ),
    ("errors", "{message: {any: [timeout]}}", "message", "'errors' has no word 'message'"),
    ("slow", "{answers: late}", "answers", "'slow' has no word 'answers'"),
    ("plain", "{service: shop}", "service", "'plain' has no word 'service'. It has: labels"),
    ("origins", "{labels: {service: shop}}", "labels", "'origins' has no word 'labels'"),
    ("versions", "{change: deployment}", "change", "'versions' has no word 'change'"),
    # labels and values that the judge's rows never have
    ("by-type", "{labels: {tpye: timeout}}", "tpye", "have no label but 'type'"),
    ("up", "{labels: {job: c}}", "c}}", "'up' does not expect 'c'"),
]


def written(check: str, where: str) -> str:
    return TEXT.replace("CHECK", check).replace("WHERE", where)


@pytest.fixture
def house(tmp_path: Path) -> Kitchen:
    made = kitchen(tmp_path)
    for name, text in PLAIN.items():
        made.query(name, text)
    made.query("messages.yaml", (built_in().queries / "messages.yaml").read_text())
    made.query(
        "vocabulary/v.yaml",
        "vocabulary: v\ntitle: V\nphrases:\n"
        "  - {means: errors, needs: [e], labels: {service: s}, query: e}\n",
    )
    return made


@pytest.mark.parametrize(
    ("check", "where", "at", "said"), WRONG, ids=[f"{row[0]} {row[1]}" for row in WRONG]
)
def test_a_word_that_a_check_does_not_have_is_refused_where_it_stands(
    house: Kitchen, check: str, where: str, at: str, said: str
) -> None:
    text = written(check, where)
    found = house.mistakes(text)
    row = next(row for row in text.splitlines() if "strength: strong" in row)
    line = text.splitlines().index(row) + 1
    place = f"{line}:{row.index(at, row.index('where')) + 1}"
    assert {one.partition(":")[0] for one in found} == {str(line)}
    assert said in found[place].message


@pytest.mark.parametrize(
    ("check", "where"),
    [
        ("plain", "{labels: {anything: x}}"),
        ("by-type", "{labels: {type: [a, b]}}"),
        ("up", "{labels: {job: a, instance: i}}"),
        ("errors", "{service: shop, downstream_failing: true}"),
        ("changes", "{change: [deployment, flag], correlates: [version, onset]}"),
        ("origins", "{service: {at: shop}, party: remote, answers: [late, never]}"),
        ("logs", "{message: {any: [timeout], none: [refused], names: shop}, level: FATAL}"),
        ("tags", "{dimension: version, value: {matches: '^2'}}"),
    ],
)
def test_a_word_that_a_check_has_is_taken(house: Kitchen, check: str, where: str) -> None:
    loaded = house.load(written(check, where))
    assert loaded.playbook.diagnoses[0].for_[0].where.asked


def test_a_cause_for_each_that_nothing_asks_for_is_refused(house: Kitchen) -> None:
    text = written("errors", "{service: shop}").replace(
        "title: A c", "each: service\n    title: A c"
    )
    (mistake,) = house.mistakes(text).values()
    assert "nothing in 'for' asks for <service>" in mistake.message


def test_format_1_is_refused_with_what_to_change(house: Kitchen) -> None:
    for head in ("", "format: 1\n"):
        text = head + written("errors", "{service: shop}").removeprefix("format: 2\n")
        (mistake,) = house.mistakes(text).values()
        assert mistake.line == 1
        assert "write 'format: 2'" in mistake.message


def test_every_word_belongs_to_a_judge_and_every_judge_names_words_that_are_there() -> None:
    named = {word for judge in KINDS.values() for word in judge.words}
    assert named == set(WORDS) - {"labels"}


SHIPPED = sorted(built_in().playbooks.glob("*.yaml"))


def mutants(where: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each key misspelt, and each value that stands for something, one at a time.

    Names of services and labels come from parameters: these may be anybody's.
    """
    for word, value in where.items():
        rest = {key: one for key, one in where.items() if key != word}
        yield rest | {f"{word}x": value}
        if word == "labels":
            for inner in value.values():
                if isinstance(inner, dict):
                    yield from (rest | {word: {"l": one}} for one in mutants(inner))
        elif isinstance(value, dict):
            yield from (rest | {word: one} for one in mutants(value))
        elif word in ("any", "all", "none") or word not in (
            "service", "caller", "blames", "blames_unmonitored", "at", "names",
        ):  # fmt: skip
            several = value if isinstance(value, list) else [value]
            for place, one in enumerate(several):
                yield rest | {word: [*several[:place], f"{one}x", *several[place + 1 :]]}


def pieces(data: Any) -> dict[str, dict[str, Any]]:
    """Every piece of evidence with a ``where``, by its path."""
    return {
        f"diagnoses[{row}].{side}[{column}].where": one
        for row, cause in enumerate(data["diagnoses"])
        for side in ("for", "against")
        for column, one in enumerate(cause.get(side, ()))
        if "where" in one
    }


def refused(data: Any, file: Path) -> set[str]:
    """The paths of the mistakes in a playbook."""
    file.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, width=10_000))
    with pytest.raises(InputError) as caught:
        load_playbook(file, [built_in().queries], WINDOW, Given(), dialects())
    return {one.path for one in caught.value.mistakes}


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_each_mutant_of_each_where_that_ships_is_refused(file: Path, tmp_path: Path) -> None:
    data = yaml.safe_load(file.read_text())
    every = pieces(data)
    originals = {path: piece["where"] for path, piece in every.items()}
    rest = {path: list(mutants(where)) for path, where in originals.items()}
    tried = 0
    while waiting := {path for path, left in rest.items() if left}:  # one mutant of each at a time
        for path in waiting:
            every[path]["where"] = rest[path].pop()
        tried += len(waiting)
        while waiting:  # some mistakes are only looked for once there are no others
            found = refused(data, tmp_path / file.name)
            told = {path for path in waiting if any(one.startswith(path) for one in found)}
            assert told, [every[path]["where"] for path in waiting]
            for path in told:
                every[path]["where"] = originals[path]
            waiting -= told
    assert tried > 60


def test_where_asks_only_for_what_is_written() -> None:
    assert Where().asked == ()
