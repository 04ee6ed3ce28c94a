"""What somebody who mistyped a word probably meant."""

from difflib import get_close_matches


def did_you_mean(word: str, allowed: list[str] | tuple[str, ...]) -> str:
    """`` Did you mean 'title'?`` or nothing."""
    close = get_close_matches(word, allowed, n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""
