"""Loading a playbook reads its PromQL: refused where it is none; pitfalls are noticed."""

from pathlib import Path

import pytest

from tests.load.small import PLAYBOOK, QUERIES, WINDOW, Kitchen
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.library import Library
from troubleshoot.load.playbook.loader import assemble, load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.load.playbook.promql.pitfalls import pitfalls
from troubleshoot.load.playbook.promql.syntax import read
from troubleshoot.load.playbook.vocabularies import find_vocabularies, read_vocabulary
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.notice import Notice
from troubleshoot.model.resolved_playbook import QueryFile

SHARE = "promql/share.promql"
HOUSE = """\
vocabulary: house
title: House
phrases:
  - means: traffic
    needs: [x]
    labels: {service: svc}
    query: sum by (svc) (rate(x[{{ window }}])
"""
BY_WORDS = PLAYBOOK.replace(
    "query: promql/share.promql\n        unit", "query: vocabulary/traffic\n        unit"
)


def refused(small: Kitchen, text: str = PLAYBOOK) -> InputError:
    with pytest.raises(InputError) as caught:
        small.load(text)
    return caught.value


def pitfalls_of(small: Kitchen, text: str = PLAYBOOK) -> list[Notice]:
    return [one for one in small.load(text).notices if one.check]


def test_what_is_no_promql_is_refused_at_its_place_with_a_caret(small: Kitchen) -> None:
    file = small.query(SHARE, "# the share\nsum(rate({{ metric }}[{{ window }}])\n")
    error = refused(small)
    assert error.mistakes == (
        Mistake(
            str(file), 2, 4, "", "not PromQL once filled in: unclosed left parenthesis",
            "    sum(rate(orders_total[5m])\n       ^",
        ),
    )  # fmt: skip
    assert str(error).startswith(f"{file}:2:4: not PromQL once filled in")
    assert "# dialect: metricsql" in error.hint


def test_a_parameter_can_break_a_query_too(small: Kitchen) -> None:
    with pytest.raises(InputError) as caught:
        small.load(given=Given(assigned={"metric": "5m"}))
    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.column) == (1, 22)
    assert mistake.excerpt.startswith("    sum(rate(5m{job=")


def test_every_broken_query_is_told_at_once(small: Kitchen) -> None:
    small.query(SHARE, "sum(")
    small.query("promql/other.promql", "x{")
    text = PLAYBOOK.replace(
        f"query: {SHARE}\n        judge", "query: promql/other.promql\n        judge"
    )
    assert len(refused(small, text).mistakes) == 2


def test_the_guides_own_text_must_be_promql_too(small: Kitchen) -> None:
    file = small.query("promql/share.guide.promql", "rate(x")
    text = PLAYBOOK.replace(
        f"{SHARE}\n        unit",
        f"{SHARE}\n        guide_query: promql/share.guide.promql\n        unit",
    )
    assert refused(small, text).mistakes[0].file == str(file)


@pytest.mark.parametrize("name", ["metricsql", "other"])
def test_a_query_in_another_servers_dialect_is_not_read(name: str, small: Kitchen) -> None:
    small.query(SHARE, f"# dialect: {name}\nWITH (a = {{{{ metric }}}}) sum(a) default 0 > 1\n")
    assert pitfalls_of(small) == []


def test_a_dialect_that_nobody_knows_is_refused(small: Kitchen) -> None:
    small.query(SHARE, "sum(x)\n  # dialect: metrixql\n")
    (mistake,) = refused(small).mistakes
    assert (mistake.line, mistake.column) == (2, 14)
    assert "Did you mean 'metricsql'?" in mistake.message


def test_a_vocabulary_that_is_used_must_be_promql(small: Kitchen) -> None:
    file = small.query("vocabulary/house.yaml", HOUSE)
    (mistake,) = refused(small, BY_WORDS).mistakes
    assert (mistake.file, mistake.line, mistake.column) == (str(file), 7, 25)
    assert mistake.path == "phrases[0].query"
    assert mistake.excerpt.endswith("^")
    small.query(
        "vocabulary/house.yaml",
        HOUSE.replace("query: ", "query: |\n      # dialect: other\n      "),
    )
    assert small.load(BY_WORDS)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("query: 'rate(x[5m]'", (7, 17)),
        ("query: |\n      sum(\n        rate(x[{{ window }}])", (8, 10)),
        ("query: |\n      sum(\n        rate(x[{{ windw }}])\n      )", (9, 19)),
        ("query: >\n      sum(\n      rate(x[5m])", (7, 12)),
    ],
)
def test_in_a_vocabulary_the_very_place_is_told_that_is_no_promql(
    query: str, place: tuple[int, int], small: Kitchen
) -> None:
    text = HOUSE.replace("query: sum by (svc) (rate(x[{{ window }}])", query)
    file = small.query("vocabulary/house.yaml", text)
    (mistake,) = refused(small, BY_WORDS).mistakes
    assert (mistake.file, mistake.line, mistake.column) == (str(file), *place)
    assert mistake.path == "phrases[0].query"


def test_a_pitfall_is_noticed_with_its_place_and_its_check(small: Kitchen) -> None:
    file = small.query(SHARE, "sum(rate({{ metric }}[{{ window }}])) > 0.5\n")
    first, second = pitfalls_of(small)
    assert str(first).startswith(f"{file}:1:39: `> 0.5` filters")
    assert (first.check, second.check) == ("share", "by-type")
    assert str(first) == str(second)


def test_each_pitfall_of_a_query_is_noticed(small: Kitchen) -> None:
    small.query(SHARE, '{{ metric }}{s="a"} / {{ metric }} > 0.5\n')
    columns = [one.column for one in pitfalls_of(small) if one.check == "share"]
    assert columns == [1, 21, 23, 36]


def test_the_guides_own_text_may_hold_one_because_it_is_not_judged(small: Kitchen) -> None:
    small.query("promql/share.guide.promql", "{{ metric }} > 3")
    text = PLAYBOOK.replace(
        f"{SHARE}\n        unit",
        f"{SHARE}\n        guide_query: promql/share.guide.promql\n        unit",
    )
    assert pitfalls_of(small, text) == []
    judged = PLAYBOOK.replace(f"{SHARE}\n        unit", "promql/share.guide.promql\n        unit")
    assert {one.check for one in pitfalls_of(small, judged)} == {"share"}


def test_where_nothing_counts_as_zero_a_count_may_filter(small: Kitchen) -> None:
    small.query(SHARE, "count(up == 0)")
    zero = PLAYBOOK.replace("unit: ratio\n        judge", "absent: zero\n        judge")
    assert {one.check for one in pitfalls_of(small, zero)} == {"by-type"}


def test_where_only_labels_are_looked_at_a_counter_needs_no_rate(small: Kitchen) -> None:
    small.query(SHARE, "max by (service, version) ({{ metric }})")
    judge = 'judge: {kind: threshold, warning: "> 0.02", critical: "> {{ limit }}"}'
    text = PLAYBOOK.replace(judge, "judge: {kind: changes}")
    assert {one.check for one in pitfalls_of(small, text)} == {"by-type"}


def test_a_recorded_run_is_replayed_whatever_the_parser_says_today() -> None:
    broken = QueryFile(SHARE, SHARE, "sum(")
    queries = {name: QueryFile(name, name, text) for name, text in QUERIES.items()}
    library = Library(lambda name: (queries | {SHARE: broken})[name], dialects())
    assert assemble(PLAYBOOK, "small.yaml", library, WINDOW, Given()).query(SHARE) == broken


@pytest.mark.parametrize("file", sorted(built_in().playbooks.glob("*.yaml")), ids=lambda f: f.stem)
def test_what_ships_has_no_pitfall(file: Path) -> None:
    assert load_playbook(file, (built_in().queries,), WINDOW, Given(), dialects()).notices == ()


@pytest.mark.parametrize(
    "file", find_vocabularies((built_in().queries,)), ids=lambda file: str(file.name)
)
def test_the_vocabularies_that_ship_are_promql_without_a_pitfall(file: QueryFile) -> None:
    for phrase in read_vocabulary(file).phrases:
        filled = phrase.query.replace("{{ window }}", "5m").replace("{{ lookback }}", "1h")
        assert pitfalls(read(filled.replace("{{ at }}", "1").replace("{{ step }}", "30s"))) == ()
