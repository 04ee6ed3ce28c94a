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
    ("any-exception", "jaeger"): (
        "a caller further up fails as loudly as the culprit, its client's error message names"
        " nobody, and no metric tells who calls whom"
    ),
    ("any-canary-bad", "jaeger"): (
        "metrics under names that no vocabulary knows; the logs alone name the service, and without"
        " traces or known metrics they weigh too little to let a diagnosis stand"
    ),
    ("any-canary-bad", "prometheus"): (
        "too few sampled traces fail to be a symptom; the caller's and the culprit's error lines"
        " count alike, as whom a message names is not asked where traces answer; and a release only"
        " counts where it separates good requests from failed ones"
    ),
    ("any-slow", "jaeger"): (
        "metrics under names that no vocabulary knows, and no error lines (61); the culprit only"
        " is slow, its caller times out and is slow too, and no message or metric tells that the"
        " one calls the other (62)"
    ),
    ("any-leak", "jaeger"): (
        "no metric tells restarts or memory, the callers' gRPC errors name nobody, and instances"
        " that come and go all the time were all up at the moment that is judged"
    ),
    ("any-gone", "jaeger"): (
        "the caller's error tells an address and no name, so nothing ties its failures to the"
        " service whose instances are missing, and failures and logs outweigh the missing instances"
    ),
    ("any-db-slow", "jaeger"): (
        "the database's client metric is there, but the scrape job it carries is the same for all"
        " services, so theirs are not explained by it (61); a mesh that counts no calls to"
        " databases, and lines that are whole in a field `log`, which were not read on that day"
        " (62, 63)"
    ),
    ("any-db-down", "jaeger"): (
        "metrics under names that no vocabulary knows, and the error tells an address where it"
        " should name the database"
    ),
    ("any-partner-timeout", "jaeger"): (
        "the partner is named by one caller's log; the entry above it fails, is slow and logs, its"
        " error names nobody, and no metric tells who calls whom"
    ),
    ("any-partner-refuses", "jaeger"): (
        "the partner is named by one caller's log, but the entry above it fails and logs, and its"
        " error names nobody (62); no metric is known and no error names the partner (63)"
    ),
    ("any-network", ""): (
        "retries raise the traffic of the callee, which speaks against its being slow; it then has"
        " the sum of an entry whose failures are explained, and the order of equals decides"
    ),
    ("any-network", "jaeger"): (
        "the callee answers as fast as ever by its own metrics, and no metric of the caller's calls"
        " is there (61) or, of a mesh, compared with the callee's own (62); retries raise the"
        " traffic of the callee, which cancels the caller's log that names it (63)"
    ),
}
"""By scenario and the server that is missing."""
