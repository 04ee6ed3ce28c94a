"""One word out of a closed set."""

from collections.abc import Sequence

from troubleshoot.model.errors import UsageError


def one_of(option: str, word: str, allowed: Sequence[str]) -> None:
    """Raises UsageError with what is allowed."""
    if word not in allowed:
        from troubleshoot.model.spelling import did_you_mean

        hint = did_you_mean(word, list(allowed))
        raise UsageError(f"{option}: {word!r} is not known.{hint} Allowed: {', '.join(allowed)}")
