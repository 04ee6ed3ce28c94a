"""What is copied from the report and pasted is what was meant, however narrow the screen."""

import re
import shlex
from dataclasses import replace
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from tests.pasted import runs
from tests.render import sample
from tests.render.remedies import changed
from tests.render.reports import TIMEOUTS
from tests.render.test_terminal import ESCAPE, render
from troubleshoot.model.finding import Link, Query
from troubleshoot.model.notice import Notice
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.sanitize import clean

WIDTHS = (40, 60, 80, 120)
ONLY_IF = r"  only if [^\n]*(?:\n {10}[^\n]*)*"
BREAKER = (
    "kubectl -n shop set env deployment/payment-service CIRCUIT_BREAKER=on "
    "CIRCUIT_BREAKER_FAILURES=5 CIRCUIT_BREAKER_RECOVERY_SECONDS=30"
)
COMMANDS = {
    "short": "kubectl get pods",
    "as wide as the screen": f"kubectl {'x' * 28}",
    "three settings": BREAKER,
    "double quotes": 'psql -c "select pid, now() - query_start as running, left(query, 80) from '
    "pg_stat_activity where state <> 'idle' order by running desc limit 10\"",
    "single quotes": "curl -sS -G http://prometheus:9090/api/v1/query --data-urlencode "
    "'query=sum by (status) (rate(orders_total{job=\"order  service\"}[5m]))  / 2'",
    "one long word": f"kubectl logs {'pod-' * 80}",
    "as long as Kibana's address": f"curl -sS 'http://kibana/app/discover#/{'a,b:(c)' * 1100}'",
    "wide characters": f"psql -c 'select \"支払いサービス {'注文' * 40}\"'",
    "a pipe": f"curl -sS http://orders/{'x' * 60} | psql --set=ON_ERROR_STOP=1 -f -",
    "two of them": f"kubectl cordon {'node-' * 12} && kubectl drain {'node-' * 12}",
    "continued lines": "kubectl -n shop set env deployment/x \\\n  A=1 \\\n  B=2\n",
    "a string over lines": 'psql -c "select 1,\n         2  \n  from  a"',
    "a here-document": "kubectl apply -f - <<'EOF'\nspec:\n  a: 1\n\n  b: [x, y]\nEOF\n",
    "backticks": "kubectl logs `kubectl get pods` --since=30m --all-containers --prefix --tail=100",
    "markup": "kubectl get pods -o jsonpath='{.items[*].spec} [bold red]x[/] :smile: \\[x]'",
}


def acting(*commands: str) -> Report:
    action = changed(TIMEOUTS.actions[0], commands=commands, snippet="", rollback="")
    return replace(TIMEOUTS, actions=(action,), environment="")


def shown(report: Report, width: int, *, color: bool = False, explain: bool = False) -> str:
    """What is on the screen, without colour."""
    return ESCAPE.sub("", render(report, width, color=color, explain=explain))


def between(page: str, first: str, last: str) -> str:
    """The lines after one that matches ``first``, up to one that matches ``last``."""
    found = re.search(rf"^{first}$\n(.*?)^{last}", page, re.MULTILINE | re.DOTALL)
    assert found, page
    return found[1]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_pasted_is_the_command_of_the_playbook(
    name: str, width: int, tmp_path: Path
) -> None:
    command = COMMANDS[name]
    wanted = runs(command, tmp_path)
    assert wanted
    for color in (False, True):
        page = shown(acting(command), width, color=color)
        assert runs(between(page, ONLY_IF, "  confirm"), tmp_path) == wanted
        first_screen = between(page, r"only if [^\n]*(?:\n {11}[^\n]*)*", "Most likely cause")
        assert runs(first_screen, tmp_path) == wanted
    full = shown(acting(command), width, explain=True)
    assert runs(between(full, "  run", "  confirm"), tmp_path) == wanted


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_on_a_page_is_the_command_of_the_playbook(name: str) -> None:
    command = COMMANDS[name].strip("\n")
    markdown = FORMATS["markdown"](acting(command), Style())
    blocks = [token.content for token in MarkdownIt().parse(markdown) if token.type == "fence"]
    assert f"{command}\n" in blocks
    html = FORMATS["html"](acting(command), Style())
    assert command in map(unescape, re.findall(r"<pre>(.*?)</pre>", html, re.DOTALL))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_command_of_one_line_stays_on_one_and_alone(width: int) -> None:
    for name in ("short", "three settings", "double quotes", "wide characters"):
        lines = [line.strip() for line in shown(acting(COMMANDS[name]), width).splitlines()]
        assert lines.count(COMMANDS[name]) == 3


@pytest.mark.parametrize("width", WIDTHS)
def test_several_commands_are_that_many(width: int, tmp_path: Path) -> None:
    commands = tuple(COMMANDS.values())
    page = shown(acting(*commands), width)
    wanted = [run for each in commands for run in runs(each, tmp_path)]
    assert runs(between(page, ONLY_IF, "  confirm"), tmp_path) == wanted


@pytest.mark.parametrize("width", WIDTHS)
def test_what_undoes_and_what_confirms_can_be_pasted(width: int, tmp_path: Path) -> None:
    for rollback in (BREAKER, COMMANDS["a here-document"]):
        action = changed(TIMEOUTS.actions[0], rollback=rollback, commands=())
        environment = "an environment whose name has spaces, and is longer than the screen is wide"
        report = replace(TIMEOUTS, actions=(action,), environment=environment)
        page = shown(report, width)
        verify = between(page, "then confirm with:", "Ruled out")
        words = ["troubleshoot", "verify", report.playbook, "--env", environment]
        assert runs(verify, tmp_path) == [words]
        undo = between(page, r"  confirm [^\n]*(?:\n {10}[^\n]*)*", "then confirm with:")
        label = re.match(r"  undo\s+", undo)
        assert label
        assert runs(undo[label.end() :], tmp_path) == runs(rollback, tmp_path)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_snippet_keeps_its_lines_and_its_indentation(width: int) -> None:
    snippet = (
        f"async def pay(order):\n    return await call(order, {'timeout=1, ' * 12})\n\n\nx = 1\n"
    )
    action = changed(TIMEOUTS.actions[0], snippet=snippet)
    follow_up = replace(TIMEOUTS.follow_ups[0], snippet=snippet)
    report = replace(TIMEOUTS, actions=(action,), follow_ups=(follow_up,))
    assert shown(report, width, explain=True).count(f"\n{snippet}") == 2


def explained(query: Query, *links: Link) -> Report:
    finding = replace(sample.PAYMENTS, queries=(query,), links=links)
    return replace(
        TIMEOUTS, symptom=finding, findings=(finding,), diagnoses=(), as_written=(), actions=()
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [each for each in COMMANDS if "curl" in COMMANDS[each]])
def test_a_curl_that_is_pasted_asks_what_was_asked(name: str, width: int, tmp_path: Path) -> None:
    curl = COMMANDS[name]
    query = Query("prometheus", "queries/promql/x.promql", "sum(\n  rate(x[5m])\n)", curl)
    page = shown(explained(query), width, explain=True)
    assert runs(between(page, "  curl", "Parameters"), tmp_path) == runs(curl, tmp_path)
    assert f"\n{query.text}\n" in page


WORDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
    .map(lambda word: clean(word, several_lines=True))
    .filter(lambda word: word.strip("\n") == word),
    max_size=5,
)


@settings(max_examples=50)
@given(WORDS, st.sampled_from(WIDTHS))
def test_any_arguments_come_through(words: list[str], width: int) -> None:
    curl = shlex.join(["curl", *words, "end"])
    page = shown(explained(Query("jaeger", "x.json", "x", curl)), width, explain=True)
    with TemporaryDirectory() as folder:
        pasted = runs(between(page, "  curl", "Parameters"), Path(folder))
    assert pasted == [["curl", *words, "end"]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("length", [30, 60, 79, 80, 81, 200, 399])
@pytest.mark.parametrize("explain", [False, True])
def test_an_address_is_on_one_line_and_clickable_as_a_whole(
    length: int, width: int, explain: bool
) -> None:
    url = ("https://kibana.example/" + "%20a(b:'c')," * 32)[:length]
    report = explained(Query("prometheus", "x.promql", "x", "curl x"), Link("Kibana", url))
    page = render(report, width, color=True, explain=explain)
    assert url in ESCAPE.sub("", page).split()
    targets = re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\([^\x1b]*(?:\x1b\[[^\x1b]*)*)", page)
    assert (url, True) in [(target, url in label) for target, label in targets]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_address_of_kibana_is_whole_where_everything_is_explained(width: int) -> None:
    url = f"http://kibana/app/discover#/?_a=(filters:!({'(meta:(type:custom)),' * 365}))"
    report = explained(Query("elasticsearch", "x.json", "{}", "curl x"), Link("Kibana", url))
    assert len(url) > 7_600
    assert url in shown(report, width, explain=True).split()
    brief = shown(report, width)
    assert "http://kibana" not in brief
    assert f"(an address of {len(url)} characters:" in " ".join(brief.split())
    assert max(map(cell_len, brief.splitlines())) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_addresses_and_commands_within_a_sentence_are_whole(width: int) -> None:
    url = f"http://{'elasticsearch.' * 8}example:9200/shop-logs/_search?ignore_unavailable=true"
    command = "troubleshoot trust '/srv/incident folder/of the day'"
    store = replace(
        TIMEOUTS.stores[0], url=url, failed=1, problem=f"nothing listens at {url} (refused)",
        hint=f"is the address right? set it, or run `{command}` once",
    )  # fmt: skip
    page = shown(replace(TIMEOUTS, stores=(store,)), width)
    assert page.count(url) == 2
    assert f"`{command}`" in page


@pytest.mark.parametrize("width", WIDTHS)
def test_a_path_is_on_one_line_also_where_it_has_spaces(width: int) -> None:
    path = f"/home/somebody/my playbooks/{'very long folder/' * 8}error rate.promql"
    report = explained(Query("prometheus", path, "x", "curl x"))
    value = "(?i)timed? ?out|did not  answer|" * 10
    noted = (Notice(path, 3, 7, "nothing uses it", ""),)
    report = replace(report, parameters=(("late_words", value, path),), notices=noted)
    lines = shown(report, width, explain=True).splitlines()
    assert f"! {path}:3:7:" in lines
    assert f"  file  {path}" in lines
    assert f"late_words = {value}  ({path})" in lines


@pytest.mark.parametrize("width", WIDTHS)
def test_prose_between_them_still_fits_the_screen(width: int) -> None:
    page = shown(acting(BREAKER), width).splitlines()
    wide = {line.strip() for line in page if cell_len(line) > width}
    links = {link.url for finding in TIMEOUTS.findings for link in finding.links}
    assert wide <= {BREAKER, *links}
