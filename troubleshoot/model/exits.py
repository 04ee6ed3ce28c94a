"""Exit codes: each means one thing. A file of its own, because `--help` needs nothing else."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; each means one thing."""

    CLEAR = 0
    FOUND = 1
    USAGE = 2
    BACKEND = 3
    INCONCLUSIVE = 4
    BUG = 70
    INTERRUPTED = 130


EXIT_MEANING: dict[Exit, str] = {
    Exit.CLEAR: "clear: nothing at or above --fail-on, and no gap that could hide it",
    Exit.FOUND: "a diagnosis or finding at or above --fail-on",
    Exit.USAGE: "wrong arguments, configuration or playbook; nothing was sent",
    Exit.BACKEND: "a backend, or its authentication, kept the run from a verdict",
    Exit.INCONCLUSIVE: "inconclusive: no data, partial data, or no cause found",
    Exit.BUG: "a bug in troubleshoot",
    Exit.INTERRUPTED: "interrupted",
}
