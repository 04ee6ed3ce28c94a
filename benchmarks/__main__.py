"""``python -m benchmarks [BUNDLE]``: BUNDLE is a recorded run, by default a shipped one."""

import sys
from pathlib import Path

from benchmarks.backends import backends
from benchmarks.startup import startup
from benchmarks.table import markdown
from troubleshoot.load.assets import demos


def main(arguments: list[str]) -> None:
    bundle = Path(arguments[0]) if arguments else demos() / "payment-timeouts.zip"
    print(markdown([*backends(bundle), *startup()]))


if __name__ == "__main__":
    main(sys.argv[1:])
