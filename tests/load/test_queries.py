"""Query files: found, readable, and still a query once filled in."""

import re
from pathlib import Path

import pytest

from tests.load.small import Kitchen
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.playbook.queries import find_query
from troubleshoot.load.playbook.rendered_queries import query_mistakes
from troubleshoot.model.resolved_playbook import QueryFile

VARIABLES = {
    "metric": "orders_total",
    "spaced": "orders total",
    "window": "5m",
    "flag": True,
    "n": 5,
    "services": ("a", "b"),
}


def mistakes(name: str, text: str) -> list[str]:
    file = QueryFile(name, "q", text)
    return [str(one) for one in query_mistakes(file, VARIABLES, dialects().of(file.store))]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("promql/shar.promql", "Did you mean 'promql/share.promql'? Looked in: "),
        ("share.promql", "must begin with one of: promql/, jaeger/, elasticsearch/"),
        ("promql/share.txt", "must end in .promql"),
        ("promql/share.json", "must end in .promql"),
        ("promql", "must end in .promql"),
        ("", "must be written '.'"),
        ("../promql/share.promql", "must be a path inside queries/"),
        ("/etc/passwd", "must be a path inside queries/"),
        ("promql\\share.promql", "must be a path inside queries/"),
        ("./promql/share.promql", "must be written 'promql/share.promql'"),
        ("promql//share.promql", "must be written 'promql/share.promql'"),
        (f"promql/{'x' * 5000}.promql", "there is no query"),
        ("promql/a\0b.promql", "there is no query 'promql/a\\x00b.promql'"),
    ],
)
def test_a_query_that_cannot_be_found_says_why(small: Kitchen, name: str, said: str) -> None:
    found = find_query(name, (small.root / "queries",))
    assert isinstance(found, str)
    assert said in found


def test_without_any_query_folder_the_message_says_so(tmp_path: Path) -> None:
    assert "Looked in: no folder" in str(find_query("promql/x.promql", (tmp_path / "queries",)))


def test_the_first_folder_that_has_the_query_wins(small: Kitchen, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "promql").mkdir(parents=True)
    (own / "promql" / "share.promql").write_text("up\n")
    found = find_query("promql/share.promql", (own, small.root / "queries"))
    assert found == QueryFile("promql/share.promql", f"{own}/promql/share.promql", "up\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"up{job=\n'\xff'}", "share.promql:2:2: not UTF-8 text"),
        (b"u" * 200_001, "share.promql: larger than 200,000 bytes"),
    ],
)
def test_a_query_file_that_cannot_be_read_is_named(
    small: Kitchen, content: bytes, said: str
) -> None:
    file = small.query("promql/share.promql", content)
    found, _ = small.broken().values()  # two checks name it
    assert found.message == f"{file.parent}/{said}"
    assert found.path == "steps[0].checks[0].query"


def test_a_byte_order_mark_and_windows_line_ends_do_not_reach_a_backend(small: Kitchen) -> None:
    small.query("promql/share.promql", b"\xef\xbb\xbf# share\r\nup\r\n")
    found = find_query("promql/share.promql", (small.root / "queries",))
    assert isinstance(found, QueryFile)
    assert found.text == "# share\nup\n"


def test_a_mistake_inside_a_query_is_placed_in_the_query_file(small: Kitchen) -> None:
    file = small.query("promql/share.promql", "# the share\nrate({{ metirc }}[{{ window }}])\n")
    (found,) = small.broken().values()
    assert str(found).startswith(f"{file}:2:9: unknown variable 'metirc'. Did you mean 'metric'?")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("promql/x.promql", "", "q:1:1: the file is empty"),
        ("promql/x.promql", " \n\n", "q:1:1: the file is empty"),
        ("jaeger/x.json", "", "q:1:1: the file is empty"),
        ("promql/x.promql", "# one\n  # two\n", "q:1:1: there is no query in this file, only"),
        ("promql/x.promql", "up\n{{ metric }", "q:2:1: not a valid template: unexpected '}'"),
        ("promql/x.promql", "up\n{% if flag %}", "q:2:1: not a valid template"),
        ("promql/x.promql", "up\n{{ metric | uper }}", "q:2:1: not a valid template: No filter"),
        ("promql/x.promql", "up\nrate({{ spaced }})", "q:2:1: the template cannot be filled in"),
        (
            "promql/x.promql",
            "up\n{{ services }}",
            "q:2:1: the template cannot be filled in: a list",
        ),
        ("jaeger/x.json", '{\n  "service" "a"\n}', "q:2:13: not JSON once filled in: Expecting"),
        ("jaeger/x.json", '{\n  "service": "a",\n}', ": not JSON once filled in: "),
        ("jaeger/x.json", '{"service": "{{ metric }}", ,}', "q:1:1: not JSON once filled in"),
        ("jaeger/x.json", '{"service": "a", ,}', "q:1:18: not JSON once filled in"),
        ("jaeger/x.json", '{"service": {{ metric }}}', "stands outside quotes in JSON"),
        (
            "jaeger/x.json",
            '{"limit": 1,\n"service": "\\udcff"}',
            "q:2:1: not UTF-8 text",
        ),
        ("jaeger/x.json", '["service"]', "q:1:1: expected a JSON object"),
        ("jaeger/x.json", "[" * 100_000, "q:1:1: nested too deeply"),
        ("jaeger/x.json", "{}", "q:1:1: the key 'service' must name a service"),
        ("jaeger/x.json", '{"service": "a", "limit": "5"}', "whole number above zero, not '5'"),
        ("jaeger/x.json", '{"service": "a", "limit": true}', "whole number above zero, not True"),
        ("jaeger/x.json", '{"service": "a", "tag": 1}', "unknown key 'tag'. Did you mean 'tags'?"),
        (
            "elasticsearch/x.json",
            '{"a": "{{ frm }}"}',
            "unknown variable 'frm'. Did you mean 'from'",
        ),
    ],
)
def test_what_is_no_query_once_filled_in_is_refused(name: str, text: str, said: str) -> None:
    (found,) = mistakes(name, text)
    assert said in found


LOOP = '{"service": "a", "tags": [\n{% for s in services %}\n"{{ s }}",\n{% endfor %}\n'


def test_a_json_mistake_behind_a_loop_quotes_the_line_and_finds_it_in_the_file() -> None:
    (found,) = mistakes("jaeger/x.json", LOOP + '"z" 1]}\n')
    said = "not JSON once filled in: Expecting ',' delimiter, in the line '\"z\" 1]}'"
    assert found == f"q:5:1: {said}"


def test_a_comma_too_many_made_by_a_loop_is_shown_with_a_line_of_what_it_made() -> None:
    (found,) = mistakes("jaeger/x.json", LOOP + "]}\n")
    assert re.search(
        r"not JSON once filled in: .*, in the line '(\"b\",|]})'", found
    )  # 3.13 the first


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "promql/x.promql",
            'rate({{ metric }}{job=~"{{ services | alternatives }}"}[{{ window }}])',
        ),
        ("promql/x.promql", "sum by ({{ services | join(', ') }}) (up)"),
        ("jaeger/x.json", '{"service": "{{ metric }}", "tags": {"error": {{ flag }}}}'),
        (
            "elasticsearch/x.json",
            '{"fields": {{ services | tojson }}, "sort": "{{ first_field(services) }}"}',
        ),
        (
            "elasticsearch/x.json",
            '{"query": {"range": {"@timestamp": {"gt": "{{ from }}", "lt": "{{ to }}"}}},'
            ' "size": {{ n }}}',
        ),
    ],
)
def test_good_queries_have_no_mistakes(name: str, text: str) -> None:
    assert mistakes(name, text) == []
