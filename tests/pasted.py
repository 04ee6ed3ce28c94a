"""What bash makes of text that was copied from the screen: which programs it runs, with what."""

import subprocess
from pathlib import Path

PROGRAMS = ("kubectl", "psql", "curl", "troubleshoot", "mkdir")

# A NUL ends each argument and each run; what "-" stands for is read as well. Whoever reads from a
# pipe is told after whoever writes to it.
_STUB = """#!/bin/sh
{
    printf '%s\\0' "${0##*/}" "$@"
    for last in "$@"; do :; done
    [ "$last" != - ] || { /bin/cat; printf '\\0'; }
    printf '\\036\\0'
} > "$RECORD.$$"
/bin/cat "$RECORD.$$" >> "$RECORD"
"""


def runs(text: str, folder: Path) -> list[list[str]]:
    """The programs that ``text`` starts when bash reads it, each with its arguments.

    Only the stubs are there to be found: anything else that bash takes for a program fails.
    """
    bin_ = folder / "bin"
    if not bin_.exists():
        bin_.mkdir()
        for name in PROGRAMS:
            (bin_ / name).write_text(_STUB)
            (bin_ / name).chmod(0o755)
    record = folder / "record"
    record.write_bytes(b"")
    environ = {"PATH": str(bin_), "RECORD": str(record), "LC_ALL": "C.UTF-8"}
    for options in (["-n"], []):
        ended = subprocess.run(
            ["/bin/bash", *options],
            input=text,
            capture_output=True,
            text=True,
            env=environ,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, ""), f"{ended.stderr}\n{text}"
    found = record.read_text(encoding="utf-8").split("\x1e\0")
    return [each.split("\0")[:-1] for each in found[:-1]]
