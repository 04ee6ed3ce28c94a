"""Whatever a command prints to be copied is whole, at every width of the terminal."""

import re
import shlex

import pytest

from tests.cli.conftest import Program, recorded
from tests.pasted import runs
from troubleshoot.load.assets import built_in

WIDTHS = ("40", "60", "80", "120")


@pytest.fixture(params=WIDTHS)
def narrow(request: pytest.FixtureRequest, program: Program) -> Program:
    program.environ["COLUMNS"] = request.param
    return program


def mine(program: Program) -> str:
    """A playbook of one's own, in a folder whose name is long and has spaces."""
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    text = shipped.replace("playbook: high-error-rate", "playbook: mine")
    folder = f"our playbooks/{'a rather long folder/' * 4}"
    file = program.write(f"{folder}mine.yaml", text)
    program.environ["TROUBLESHOOT_PLAYBOOKS"] = str(file.parent)
    return str(file)


def test_list_and_show_print_a_path_on_one_line(narrow: Program) -> None:
    file = mine(narrow)
    assert any(line.endswith(f": {file}") for line in narrow("list").out.splitlines())
    assert f"file     {file}" in narrow("show", "mine").out.splitlines()


def test_show_prints_each_command_and_each_value_on_one_line(narrow: Program) -> None:
    commands, settings = narrow("show", "high-error-rate").out.split("\nParameters", 1)
    lines = [line.strip() for line in commands.splitlines()]
    for start, words in (("kubectl -n shop set env deployment/payment-service", 9), ("psql -c", 3)):
        found = [line for line in lines if line.startswith(start)]
        assert found
        assert {len(shlex.split(line)) for line in found} == {words}
    values = re.findall(r"^[a-z_]+ = .*  \(default\)$", settings, re.MULTILINE)
    assert len(values) == settings.count("(default)") > 20


def test_config_show_prints_a_path_on_one_line(narrow: Program) -> None:
    path = f"/etc/ssl/certificates of the company/{'and of its many branches/' * 6}ca.pem"
    backend = f"{{url: 'http://p', ca_file: '{path}'}}"
    narrow.write("config/config.yaml", f"environments: {{local: {{prometheus: {backend}}}}}\n")
    assert f"    ca_file: {path}" in narrow("config", "show").out.splitlines()


def test_a_dry_run_can_be_pasted_as_it_is(narrow: Program) -> None:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    odd = shipped.replace("title: Instances up", r'title: "Instances\nkubectl delete pods"')
    for name in ("high-error-rate", str(narrow.write("odd/high-error-rate.yaml", odd))):
        words = (name,) if name == "high-error-rate" else ("run", name)
        asked = runs(narrow(*words, "--dry-run").out, narrow.folder)
        assert len(asked) == 25
        assert {each[0] for each in asked} == {"curl"}


@pytest.mark.parametrize("demo", ["payment-timeouts", "tickets-ledger-bug"])
def test_each_curl_and_each_page_of_an_explained_report_is_whole(
    demo: str, narrow: Program
) -> None:
    page = narrow("demo", demo, "--explain").out
    document = narrow("demo", demo, "-o", "json").document
    links = [link["url"] for each in document["findings"] for link in each["links"]]
    curls = [
        query["curl"].strip("\n") for each in document["findings"] for query in each["queries"]
    ]
    assert len(curls) > 20
    assert max(map(len, links)) > 2_000
    for curl in curls:
        margin = "" if "\n" in curl else "    "
        assert f"\n{margin}{curl}\n" in page
    words = set(page.split())
    pages = page[page.index("\nPages at exactly") :]
    assert set(re.findall(r"https?://\S+", pages.split("\nBackends", 1)[0])) <= words & set(links)


def test_the_commands_of_a_report_are_those_of_the_playbook(narrow: Program) -> None:
    page = narrow("demo").out
    document = narrow("demo", "-o", "json").document
    for action in document["actions"]:
        for command in action["commands"]:
            assert f"\n    {command}\n" in page
    assert "\n    troubleshoot verify high-error-rate\n" in page


def test_a_hint_that_is_a_command_can_be_pasted(narrow: Program) -> None:
    folder = narrow.folder / f"the incidents/{'of the year/' * 8}now"
    ran = narrow("demo", "--output", f"html={folder}/it.html")
    assert ran.code == 2
    (hint,) = re.findall(r"^hint: (.*)$", ran.err, re.MULTILINE)
    assert runs(hint, narrow.folder) == [["mkdir", "-p", str(folder)]]


def test_an_error_names_a_file_on_one_line(narrow: Program) -> None:
    file = mine(narrow)
    with open(file, "a", encoding="utf-8") as more:
        more.write("stepz: []\n")
    ran = narrow("run", file)
    assert ran.code == 2
    assert [line for line in ran.err.splitlines() if f"{file}:" in line]


def test_a_verification_names_an_address_whole(narrow: Program) -> None:
    with recorded("healthy") as servers:
        narrow.asks(servers)
        address = f"{next(iter(servers.urls.values()))}/{'a-long-base-path/' * 6}"
        narrow.environ["TROUBLESHOOT_PROMETHEUS_URL"] = address
        page = narrow("verify", "high-error-rate").out
    assert address.rstrip("/") in page


def test_the_command_that_trusts_a_folder_can_be_pasted(narrow: Program) -> None:
    folder = narrow.folder / f"the shop's own/{'and of its many branches/' * 4}here"
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    narrow.write(
        str(folder / "playbooks/mine.yaml"),
        shipped.replace("playbook: high-error-rate", "playbook: mine"),
    )
    narrow.folder = folder
    ran = narrow("show", "mine")
    assert ran.code == 2
    (hint,) = re.findall(r"then: (.*)$", ran.err, re.MULTILINE)
    assert runs(hint, folder) == [["troubleshoot", "trust", str(folder)]]
