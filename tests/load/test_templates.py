"""Values land where they should and nowhere else; templates cannot run away."""

import json
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from troubleshoot.load.text.templates import WORDS, render
from troubleshoot.model.errors import InputError

NASTY = "a\"b'c\\d\ne`$(f){g}"
VARIABLES = {
    "text": NASTY,
    "name": "orders_total",
    "n": 5,
    "half": 0.5,
    "whole": 5.0,
    "tiny": 1e-9,
    "flag": True,
    "items": ("a.b", "c|d"),
    "window": "5m",
}


def fill(text: str, language: str = "plain") -> str:
    return render(text, VARIABLES, language=language, file="q", line=1)


def refused(text: str, language: str = "plain") -> str:
    with pytest.raises(InputError) as caught:
        fill(text, language)
    return str(caught.value)


@given(st.text(alphabet=st.characters(blacklist_characters="\x02\x03", codec="utf-8")))
def test_no_text_breaks_out_of_a_json_string(text: str) -> None:
    filled = render('{"a": "x{{ t }}y"}', {"t": text}, language="json", file="q")
    assert json.loads(filled) == {"a": f"x{text}y"}


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(blacklist_characters="\x00\x02\x03", codec="utf-8")))
@example("$HOME `id` $(id) \\ \" '")
def test_a_real_shell_finds_any_text_whole_whatever_quotes_it_stands_in(text: str) -> None:
    template = "printf '%s|' {{ t }} '{{ t }}' \"{{ t }}\""
    filled = render(template, {"t": text}, language="shell", file="q")
    shown = subprocess.run(["sh", "-c", filled], capture_output=True, check=True).stdout
    assert shown == f"{text}|{text}|{text}|".encode()


def test_a_promql_string_keeps_quotes_backslashes_and_newlines_inside() -> None:
    assert fill('x{a="{{ text }}"}', "promql") == 'x{a="a\\"b\'c\\\\d\\ne`$(f){g}"}'
    assert fill("x{a='{{ text }}'}", "promql") == "x{a='a\"b\\'c\\\\d\\ne`$(f){g}'}"


def test_quotes_in_a_promql_comment_or_raw_string_do_not_confuse_the_reader() -> None:
    text = '# it\'s "half\nx{a=`\\`, b="{{ text }}"}'
    assert fill(text, "promql").endswith('b="a\\"b\'c\\\\d\\ne`$(f){g}"}')


def test_a_quote_behind_a_backslash_ends_nothing() -> None:
    assert fill(r'x{a="\"{{ text }}"}', "promql") == r'x{a="\"a\"b' + "'c\\\\d\\ne`$(f){g}\"}"
    assert json.loads(fill(r'{"a": "\"{{ text }}"}', "json")) == {"a": f'"{NASTY}'}
    filled = fill(r'printf "%s" "\"{{ text }}"', "shell")
    shown = subprocess.run(["sh", "-c", filled], capture_output=True, check=True).stdout
    assert shown == f'"{NASTY}'.encode()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (r'x{a="\{{ text }}"}', "promql"),
        (r"x{a='b\\\{{ text }}'}", "promql"),
        (r'{"a": "\{{ text }}"}', "json"),
        (r'echo "\{{ text }}"', "shell"),
        (r"echo \{{ text }}", "shell"),
    ],
)
def test_a_backslash_may_not_take_the_first_character_of_a_value(text: str, language: str) -> None:
    assert "stands behind a backslash" in refused(text, language)


def test_a_backslash_before_a_value_that_is_only_a_backslash_stays() -> None:
    assert fill(r"C:\{{ name }}") == r"C:\orders_total"
    assert fill(r"x{a=~`\{{ name }}`}", "promql") == r"x{a=~`\orders_total`}"
    assert fill(r'x{a=~"\\{{ name }}"}', "promql") == r'x{a=~"\\orders_total"}'


def test_a_value_cannot_end_a_promql_comment() -> None:
    assert fill("# {{ text }}\nup", "promql") == "# a\"b'c\\d e`$(f){g}\nup"


def test_a_backtick_cannot_stand_between_backticks() -> None:
    assert "cannot stand between backticks" in refused("up\nx{a=`{{ text }}`}", "promql")


@pytest.mark.parametrize("value", ["orders total", 'a{b="c"}', "a or b", "a-b", "", "a\nb"])
def test_outside_quotes_in_promql_only_a_name_can_stand(value: str) -> None:
    with pytest.raises(InputError, match=r"q:2:1: .*stands outside quotes, where only a name"):
        render("# x\nrate({{ v }}[5m])", {"v": value}, language="promql", file="q")


@pytest.mark.parametrize("value", ["orders_total", "job:x:rate5m", "5m", "0.99", "-1", "le, pod"])
def test_names_numbers_durations_and_lists_of_names_stand_outside_quotes(value: str) -> None:
    assert render("f({{ v }})", {"v": value}, language="promql", file="q") == f"f({value})"


def test_numbers_and_durations_are_written_unchanged_in_every_language() -> None:
    for language in ("plain", "promql", "json", "shell"):
        text = "{{ n }} {{ half }} {{ whole }} {{ tiny }}"
        assert fill(text, language) == "5 0.5 5 1e-09"
    assert fill("[{{ window }}]", "promql") == "[5m]"


def test_truth_is_written_in_lower_case() -> None:
    assert fill('{"a": {{ flag }}}', "json") == '{"a": true}'


def test_a_list_becomes_literal_alternatives_or_json() -> None:
    assert fill('"{{ items | alternatives }}"', "promql") == '"a\\\\.b|c\\\\|d"'
    assert fill("{{ items | tojson }}", "json") == '["a.b", "c|d"]'
    assert "a list needs '| alternatives' or '| tojson'" in refused("{{ items }}")


def test_text_made_by_a_template_may_join_expressions() -> None:
    text = '{% for i in items %}{{ i | replace(".", "_") | replace("|", "_") }}'
    text += '{{ " or " if not loop.last }}{% endfor %}'
    assert fill(text, "promql") == "a_b or c_d"


def test_control_characters_that_mark_values_are_refused() -> None:
    with pytest.raises(InputError, match="has control characters in it"):
        render("{{ t }}", {"t": "a\x02b"}, language="plain", file="q")


def test_a_text_without_templates_is_left_alone() -> None:
    assert fill('{"a": 1} # {x} \x02d', "promql") == '{"a": 1} # {x} \x02d'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{{ nme }}", "q:2:4: unknown variable 'nme'. Did you mean 'name'? Available: flag,"),
        ("{{ range(10**9) }}", "unknown variable 'range'"),
        ("{{ text.__class__ }}", "q:1:8: '.__class__' is not available: values have no attributes"),
        ("{{ text['__class__'] }}", "access to attribute '__class__'"),
        ("{% for i in items %}{{ loop.__init__ }}{% endfor %}", "access to attribute '__init__'"),
        ("{{ text.format(1) }}", "'.format' is not available"),
        ("{{ name() }}", "a call is not available here"),
        ("{% include 'x' %}", "'include' is not available: only values, 'if', 'for' and 'set'"),
        ("{% import 'x' as x %}", "'import' is not available"),
        ("{% from 'x' import y %}", "'from' is not available"),
        ("{% extends 'x' %}", "'extends' is not available"),
        ("{% block a %}{% endblock %}", "'block' is not available"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "'macro' is not available"),
        ("{% filter upper %}x{% endfilter %}", "'filter' is not available"),
        ("{% set x %}y{% endset %}{{ x }}", "'endset' is not available"),
        ("{% for c in 'a' recursive %}{{ loop(c) }}{% endfor %}", "a call is not available here"),
        ("a\n{{ 'a' * 1000000000 }}", "q:2:1: the template cannot be filled in: the operator *"),
        ("a\n{{ 9 ** 9 ** 9 }}", "q:2:1: the template cannot be filled in: the operator **"),
        ("{{ '%1000000000d' % 1 }}", "the operator % is not available"),
        ("{{ name | center(1000000000) }}", "No filter named 'center'. Available: alternatives,"),
        ("{{ name | attr('__class__') }}", "No filter named 'attr'"),
        ("{{ name | uper }}", "No filter named 'uper'. Did you mean 'upper'? Available:"),
        ("{% for i in items %}{% endfor %}\n{{ i }}", "q:2:1: the template cannot be filled in"),
        ("a\n{{ items[5] }}", "q:2:1: the template cannot be filled in"),
        ("a\n{{ n / 0 }}", "q:2:1: the template cannot be filled in"),
        ("{{ none }}", "None is not text or a number"),
        ("{% call name() %}x{% endcall %}", "'call' is not available"),
        ("{% autoescape true %}x{% endautoescape %}", "'autoescape' is not available"),
        ("{{ 'x' | int }}", "No filter named 'int'"),  # would quietly be 0
        ("{{ 1e400 }}", "a number is larger than this program can count"),
        ("{{ 1e308 + 1e308 }}", "inf is not a finite number"),
        ("{{" * 5000, "q:1:1: nested too deeply"),
        ("{{ " + "-" * 20_000 + "1 }}", "q:1:1: nested too deeply"),
        ("{% if n %}" * 2000 + "{% endif %}" * 2000, "q:1:1: nested too deeply"),
        ("{{ ", "q:1:1: not a valid template"),
        ("a\n{{ $x }}", "q:2:1: not a valid template: unexpected char '$'"),
        ("a\n{% bogus %}", "q:2:1: not a valid template: Encountered unknown tag 'bogus'"),
    ],
)
def test_what_a_template_may_not_do_is_refused_at_its_place(text: str, said: str) -> None:
    assert said in refused(text)


def test_all_unknown_variables_are_named_at_once() -> None:
    assert refused("{{ a }}\n{{ b }}").count("unknown variable") == 2


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_template_language_would_hide_a_parameter_of_that_name(word: str) -> None:
    text = f"{{% for i in (1,) %}}{{{{ {word} }}}}{{% endfor %}}"
    try:
        filled = render(text, {word: "mine"}, language="plain", file="q")
    except InputError:
        return
    assert filled != "mine"
