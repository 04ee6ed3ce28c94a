"""``python -m benchmarks [BUNDLE]``: BUNDLE is a recorded run, by default a shipped one.

A large lab against a small one is `benchmarks.large`: it takes minutes.
"""

import os
import platform
import sys
from pathlib import Path

from benchmarks import backends, components, growth, startup
from benchmarks.table import markdown
from troubleshoot.load.assets import demos


def main(arguments: list[str]) -> None:
    bundle = Path(arguments[0]) if arguments else demos() / "payment-timeouts.zip"
    print(markdown([*backends.measured(bundle), *startup.measured()]))
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} processors, backends that answer"
        f" after {backends.DELAY * 1000:.0f} ms; {backends.TIMES} runs (start-up:"
        f" {startup.TIMES}), taken in turns.\n"
    )
    print(markdown(components.measured()))
    print(
        f"\nProcessor time of this process, {components.TIMES} times in turns; Python's garbage"
        " collector is off, as in a run, but where it says on.\n"
    )
    print(growth.markdown(growth.measured()))
    print(
        f"\nDecoding and analysis: processor time, median of {growth.TIMES}; most memory held at"
        " once by tracemalloc, without the answer's bytes. The exponent is the slope of log-log."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
