"""How long it takes until the program has started, against its two libraries alone."""

from benchmarks.process import PYTHON, TROUBLESHOOT, Ended, run
from benchmarks.table import Measured, Row

TIMES = 15
_LIBRARIES = 'python -c "import typer, rich"'
_COMMANDS = {
    _LIBRARIES: (PYTHON, "-c", "import typer, rich"),
    "troubleshoot --version": (TROUBLESHOOT, "--version"),
    "troubleshoot --help": (TROUBLESHOOT, "--help"),
    "troubleshoot demo": (TROUBLESHOOT, "demo", "--fail-on", "never"),
}


def measured() -> list[Row]:
    """In turns, so that a machine that slows down hits all alike; the first turn warms up."""
    ended: dict[str, list[Ended]] = {what: [] for what in _COMMANDS}
    for turn in range(TIMES + 1):
        for what, command in _COMMANDS.items():
            done = run(command)
            if turn:
                ended[what].append(done)
    took = {what: Measured(what, [one.seconds for one in all_]) for what, all_ in ended.items()}
    libraries = took[_LIBRARIES]
    peaks = [one.peak for one in ended["troubleshoot demo"]]
    return [
        Row(libraries),
        Row(took["troubleshoot --version"], libraries),
        Row(took["troubleshoot --help"], libraries, most=1.5),
        Row(took["troubleshoot demo"], most=0.5),
        Row(Measured("peak memory of demo", peaks, "MB"), most=100e6),
    ]
