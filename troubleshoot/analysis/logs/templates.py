"""Masked messages that differ in a few words become one template: the Drain algorithm."""

from collections.abc import Iterable

SIMILAR = 0.7  # of the words must agree; Drain's own 0.4 makes one of "x failed: a" and ": b"
MAX_TEMPLATES = 100  # kept at once while learning; keeps the time linear in the messages
_VARIED = "\0"  # Drain's mark: apart from our own, which is a word like any other
MASKED = "<*>"


def templates(messages: Iterable[str]) -> dict[str, str]:
    """Each of ``messages`` with its template; the same for any order and number of them."""
    from drain3.drain import Drain  # only where there are lines

    drain = Drain(
        sim_th=SIMILAR,
        max_clusters=MAX_TEMPLATES,
        param_str=_VARIED,
        parametrize_numeric_tokens=False,
    )
    # in the order of the alphabet, what is alike stands together
    learned = [(one, drain.add_log_message(one)[0]) for one in sorted(set(messages))]
    return {one: cluster.get_template().replace(_VARIED, MASKED) for one, cluster in learned}
