"""``python -m benchmarks [BUNDLE]``: BUNDLE is a recorded run, by default a shipped one."""

import os
import platform
import sys
from pathlib import Path

from benchmarks import backends, startup
from benchmarks.table import markdown
from troubleshoot.load.assets import demos


def main(arguments: list[str]) -> None:
    bundle = Path(arguments[0]) if arguments else demos() / "payment-timeouts.zip"
    print(markdown([*backends.measured(bundle), *startup.measured()]))
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} processors, backends that answer"
        f" after {backends.DELAY * 1000:.0f} ms; {backends.TIMES} runs (start-up:"
        f" {startup.TIMES}), taken in turns."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
