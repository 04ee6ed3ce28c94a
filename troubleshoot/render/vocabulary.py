"""A suggested vocabulary as the file that a person reviews and keeps."""

import json
import re
from collections.abc import Iterator, Mapping

from troubleshoot.model.suggestion import SuggestedPhrase, Suggestion
from troubleshoot.render.sanitize import clean

WIDTH = 100
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
_LISTED = 30  # names of one reason; more are counted


def vocabulary(found: Suggestion, header: Mapping[str, str]) -> str:
    """``header``: what was looked at, by what it is called."""
    return "\n".join(_page(found, header)) + "\n"


def _page(found: Suggestion, header: Mapping[str, str]) -> Iterator[str]:
    yield "# Suggested by `troubleshoot vocabulary suggest`. Review it, above all whom a phrase is"
    yield "# about, and keep it as queries/vocabulary/suggested.yaml in your configuration folder."
    for name, value in header.items():
        yield from _comment(f"{name}: {value}")
    for note in found.notes:
        yield from _comment(f"could not be asked: {note}")
    if found.known:
        yield from _comment(f"known already, by other vocabularies: {_named(found.known)}")
    sure = [one for one in found.phrases if not one.unsure]
    unsure = [one for one in found.phrases if one.unsure]
    mark = "" if sure else "#"  # a vocabulary that says nothing is none
    yield f"{mark}vocabulary: suggested"
    yield f"{mark}title: Suggested by names and behaviour"
    yield f"{mark}phrases:"
    for one in sure:
        yield from _phrase(one)
    if unsure:
        yield ""
        yield "# Needs a word from you: say whom it is about, and take the # away"
    for one in unsure:
        yield from (f"#{line}" for line in _phrase(one))
    if found.unassigned:
        yield ""
        yield "# Left unassigned"
    for left in found.unassigned:
        yield from _comment(f"- {left.reason}: {_named(left.metrics)}")


def _phrase(one: SuggestedPhrase) -> Iterator[str]:
    yield from _comment(one.reason, "  ")
    for example in one.examples:
        yield from _comment(f"e.g. {example}", "  ", fold=False)
    yield f"  - means: {one.means}"
    yield f"    needs: [{', '.join(map(_scalar, one.needs))}]"
    if one.unsure:
        yield "    about: WHOM"
    elif one.labels:
        pairs = ", ".join(f"{ours}: {_scalar(theirs)}" for ours, theirs in one.labels)
        yield f"    labels: {{{pairs}}}"
    for key, value in (("about", one.about), ("of", one.of), ("statistic", one.statistic)):
        if value:
            yield f"    {key}: {_scalar(value)}"
    yield "    query: |"
    yield from (f"      {line}" for line in one.query.split("\n"))


def _scalar(text: str) -> str:
    """As YAML reads it back, whatever a server has called it."""
    plain = _BARE.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(clean(text))


def _comment(text: str, indent: str = "", *, fold: bool = True) -> Iterator[str]:
    """Untrusted text: on lines of its own, each of them a comment."""
    words = clean(text)
    if not fold:
        yield f"{indent}# {words[: WIDTH - len(indent) - 3]}"
        return
    line = f"{indent}#"
    for word in words.split(" "):
        if len(line) + 1 + len(word) > WIDTH and line.strip() != "#":
            yield line
            line = f"{indent}#  "
        line += f" {word}"
    yield line


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
