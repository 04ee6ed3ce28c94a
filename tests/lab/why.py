"""Why a scenario is not found, where somebody has looked: the words beside it in the scoreboard."""

from collections.abc import Mapping

WHY: Mapping[tuple[str, str], str] = {
    ("db-slow", "jaeger"): (
        "no metric or log line names the database: its histogram of queries has no label for the"
        " target, and the error says no more than that a statement timed out"
    ),
    ("tickets-cache-down", "jaeger"): (
        "connections refused are WARN lines, which are not read; the database, slow because"
        " nothing is cached any more, shows in two kinds of metric"
    ),
    ("any-db-slow", "jaeger"): (
        "nothing but traces names the database, so the service that waits for it is named"
    ),
    ("any-slow", "jaeger"): "metrics under names that no vocabulary knows, and no error lines",
    ("any-network", "jaeger"): (
        "a delay on one edge: both services answer as fast as ever by their own metrics, and"
        " nothing but traces shows what lies between them"
    ),
    ("any-canary-bad", "jaeger"): (
        "the failures of one instance in several stay below what counts as a symptom in a service's"
        " own metrics, and what they have in common only traces tell"
    ),
}
"""By scenario and the server that is missing."""
