"""The ranking formula, which stands here alone: `--explain`, the pages and the ranking use it."""

from troubleshoot.model.diagnosis import Strength

HALVING = int(Strength.STRONG)  # points that halve the doubt that is left: one strong piece
LIKELY_FROM = int(Strength.STRONG)  # one strong piece, or two moderate ones
CONFIRMED_FROM = int(Strength.DECISIVE)  # and two independent kinds of signal
KINDS = 2


def confidence(score: int) -> float:
    """0 to 1: every ``HALVING`` points halve the doubt that is left."""
    return 1 - 0.5 ** (score / HALVING) if score > 0 else 0.0


def formula(score: object = "score") -> str:
    """``1 - 0.5^(score/4)``, or with a number in the place of the word."""
    return f"1 - 0.5^({score}/{HALVING})"


def in_words() -> str:
    """The whole ranking in one paragraph of Markdown."""
    strengths = ", ".join(f"{one.name.lower()} {one.value}" for one in Strength)
    return (
        f"Evidence has a strength: {strengths}. The score of a cause is the sum of what holds for"
        f" it minus what holds against it, and its confidence is `{formula()}`: each strong piece"
        f" halves the doubt that is left. From {LIKELY_FROM} it is *likely*, from {CONFIRMED_FROM}"
        f" with {KINDS} kinds of signal (metrics, traces, logs) and nothing strong against it"
        " *confirmed*. What could not be checked counts nothing, and is listed with the causes it"
        " could change."
    )
