"""A family of messages of one's own counts in a run, and in the replay of its record."""

from tests.cli.conftest import Program, recorded
from troubleshoot.load.assets import built_in

OWN = """\
families:
  gone_quiet:
    means: the provider did not answer
    patterns:
      - {pattern: "provider did not answer pay-", example: "provider did not answer pay-1"}
"""


def test_it_is_evidence_and_travels_with_the_record(program: Program) -> None:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    text = shipped.replace("playbook: high-error-rate", "playbook: mine")
    text = text.replace("{any: [timeout]}", "{any: [gone_quiet]}")
    file = program.write("own/playbooks/mine.yaml", text)
    program.write("own/queries/messages.yaml", OWN)
    record = program.folder / "x.zip"
    with recorded("payment-timeouts") as servers:
        words = ("run", str(file), "--record", str(record), "-o", "json")
        found = program.asks(servers)(*words).document
    logs = [one for one in found["diagnoses"][0]["arguments_for"] if one["check"] == "error-logs"]
    assert [one["bearing"] for one in logs] == ["holds"]
    (program.folder / "own/queries/messages.yaml").unlink()
    again = program("replay", str(record), "-o", "json").document
    assert again["diagnoses"] == found["diagnoses"]
