"""YAML as people write it, and what they get wrong."""

import re

import pytest

from troubleshoot.load.text.document import Document, dotted, parse_document
from troubleshoot.model.errors import InputError


def mistake(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_document(text, "p.yaml")
    (only,) = caught.value.mistakes
    return str(only)


def test_every_key_and_value_knows_its_place() -> None:
    document = parse_document("a: 1\nb:\n  - c: {d: x}\n", "p.yaml")
    assert document.data == {"a": 1, "b": [{"c": {"d": "x"}}]}
    assert document.place(("b", 0, "c", "d")) == (3, 12)
    assert document.place(("b", 0, "c", "d"), key=True) == (3, 9)
    assert document.place(("b", 0, "nowhere")) == (3, 5)
    assert document.place(("nowhere", 3)) == (1, 1)


def test_a_word_means_itself_and_only_plain_numbers_are_numbers() -> None:
    text = "a: no\nb: on\nc: 2025-11-07\nd: 010\ne: 1:30\nf: 1_000\ng: 0x1F\nh: .nan\ni: .inf\n"
    data = parse_document(text, "p.yaml").data
    words = ["no", "on", "2025-11-07", "010", "1:30", "1_000", "0x1F", ".nan", ".inf"]
    assert list(data.values()) == words


def test_numbers_truth_and_nothing_are_what_they_look_like() -> None:
    text = "a: 1\nb: -2\nc: 0.5\nd: 1e3\ne: .5\nf: true\ng: FALSE\nh:\ni: ~\nj: null\nk: '1'\n"
    data = parse_document(text, "p.yaml").data
    assert list(data.values()) == [1, -2, 0.5, 1000.0, 0.5, True, False, None, None, None, "1"]
    assert [type(value) for value in list(data.values())[:4]] == [int, int, float, float]


def test_words_that_other_yaml_readers_take_for_true_can_be_keys() -> None:
    assert parse_document("on: 1\nyes: 2\n", "p.yaml").data == {"on": 1, "yes": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5: x", "p.yaml:1:1: the key '5' is read as a number; write it in quotes"),
        (
            "a:\n  true: x",
            "p.yaml:2:3: the key 'true' is read as true or false; write it in quotes",
        ),
        ("? [a]\n: x", "p.yaml:1:3: a key must be text"),
        ("a: {{ b }}", 'p.yaml:1:5: a key must be text; a template needs quotes: "{{ name }}"'),
        ("a: 1\nb: 2\na: 3", "p.yaml:3:1: the key 'a' is here twice"),
        ("x: {a: 1, a: 2}", "p.yaml:1:11: the key 'a' is here twice"),
        ("a: 1\n a: 2", "p.yaml:2:3: not valid YAML: mapping values are not allowed"),
        ("title: orders: failing", "a text with ': ' in it needs quotes"),
        ("a:\n\t- b", "p.yaml:2:1: not valid YAML: found character that cannot start any token"),
        ("a: b\n\tc: d", "p.yaml:2:1: not valid YAML: found a tab character that violates"),
        ('a: "x', "p.yaml:1:6: not valid YAML"),
        ("a: @x", "p.yaml:1:4: not valid YAML"),
        ("a: [1, 2", "not valid YAML"),
        ("a: *unknown", "p.yaml:1:4: not valid YAML: found undefined alias"),
        ("a: 1\n---\nb: 2", "found another document; one file is one document"),
        ("", "p.yaml:1:1: expected a mapping of keys to values"),
        ("# only a comment", "p.yaml:1:1: expected a mapping of keys to values"),
        ("- a\n- b", "p.yaml:1:1: expected a mapping of keys to values"),
        ("just text", "p.yaml:1:1: expected a mapping of keys to values"),
        ("é: 1\né2: \x01", "p.yaml:2:5: not valid YAML: the character U+0001 is not allowed"),
        ("a: !!python/object/apply:os.system [ls]", "p.yaml:1:4: the tag"),
        ("a: !!binary aGVsbG8=", "write plain YAML"),
        ("a: !!set {x, y}", "write plain YAML"),
        ("a: !custom x", "write plain YAML"),
        ("a: !!int twelve", "p.yaml:1:4: this is not what its tag"),
        ("a: " + "9" * 5000, "p.yaml:1:4: this is not what its tag"),
        ("a: {<<: 5}", "p.yaml:1:9: '<<' merges mappings only"),
        ("a: {<<: [5]}", "p.yaml:1:10: '<<' merges mappings only"),
    ],
)
def test_a_mistake_is_named_where_it_stands(text: str, said: str) -> None:
    assert said in mistake(text)


def test_anchors_and_merges_are_laid_open_with_their_places() -> None:
    document = parse_document("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\n", "p.yaml")
    assert document.data["b"] == {"x": 1, "y": 3}
    assert document.data["c"] == {"x": 1, "y": 2}
    assert document.place(("b", "x")) == (1, 11)
    assert document.place(("b", "y")) == (4, 6)


def test_the_first_of_several_merged_mappings_wins() -> None:
    text = "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\n"
    assert parse_document(text, "p.yaml").data["c"] == {"x": 1, "y": 2}


def test_aliases_that_unfold_without_end_are_refused_soon() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "too large or too deep; do aliases repeat here?" in mistake("\n".join(rows))


@pytest.mark.parametrize("first", ["{x: 1}", "{}"])
def test_merges_that_unfold_without_end_are_refused_soon(first: str) -> None:
    rows = [f"a0: &a0 {first}"]
    rows += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12)]
    assert "too large or too deep" in mistake("\n".join(rows))


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}"])
def test_an_alias_inside_itself_is_refused(text: str) -> None:
    assert "too large or too deep" in mistake(text)


def test_a_mapping_merged_into_itself_is_refused() -> None:
    assert "merged into itself" in mistake("a: &a {<<: *a}")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 51,
        "[" * 1_001,
        "[" * 100_000,
        "a: " + "{b: " * 5_000,
        "- " * 100_000,
        "\n".join(f"{' ' * depth}a:" for depth in range(3_000)),
    ],
)
def test_deep_nesting_is_refused_in_one_sentence_before_it_overruns_the_stack(text: str) -> None:
    assert re.fullmatch(r"p\.yaml:\d+:\d+: nested deeper than 50", mistake(text))


def test_a_path_is_written_as_people_read_it_and_odd_keys_are_quoted() -> None:
    assert dotted(("steps", 0, "checks", 2, "judge")) == "steps[0].checks[2].judge"
    assert dotted(("where", "error.type")) == "where.'error.type'"
    assert dotted(("\x1b[31m",)) == "'\\x1b[31m'"


def test_a_document_that_says_nothing_about_a_path_points_at_its_beginning() -> None:
    assert Document("f", "", {}, {}, {}).mistake(("a", 1), "wrong").line == 1
