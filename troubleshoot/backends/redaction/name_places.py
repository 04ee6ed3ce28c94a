"""Where an answer names a component, so that its name is no secret, whatever it looks like."""

import re
from collections.abc import Callable, Collection, Iterable
from itertools import chain

from troubleshoot.backends.redaction.paths import Paths
from troubleshoot.model.peers import PEER_TAGS
from troubleshoot.model.resolved_playbook import ResolvedPlaybook

WORDS = ("service", "host", "source", "instance")  # what a label can be in our words that names one
_TAGS = ("service", "service.name", *PEER_TAGS)
# lists of services, who calls whom, how many lines each service has; the calls that bundles keep
_ALWAYS = "data", "data.parent", "data.child", "aggregations.services.buckets.key", "setup.calls"
_NEAR = 400  # bytes before a value that tell of a tag
# the process of a span, and a tag; a parameter of a request, as bundles keep them
_BEFORE = re.compile(
    rb'(?:"serviceName"\s*:|\{\s*"(?:key|name)"\s*:\s*"(?:%b)"\s*,\s*(?:"type"\s*:\s*"string"\s*,\s*)?'
    rb'"value"\s*:|\[\s*"service"\s*,)\s*\Z' % "|".join(map(re.escape, _TAGS)).encode()
)
_BEFORE_KEYS = (b'"serviceName"', b'"value"', b'"params"')

IsName = Callable[[int, bytes], bool]


class NamePlaces:
    """``labels`` of series and ``fields`` of documents (dotted) that name a component."""

    def __init__(self, labels: Iterable[str] = (), fields: Iterable[str] = ()) -> None:
        labels, fields = {*WORDS, *labels}, {*fields}
        ends = chain(labels, *map(_ends, (*fields, *_ALWAYS)))
        self._keys = frozenset(f'"{one}"'.encode() for one in ends)
        places = (
            _any(_ALWAYS),
            rf"data\.result\.metric\.(?:{_any(labels)})",
            rf"(?:.*\.)?hits\.hits\.(?:_source|fields)\.(?:{_any(fields)})",
        )
        self._place = re.compile("|".join(places).encode(), re.DOTALL)

    def of(self, body: bytes) -> IsName:
        """Whether the value at an offset, under a key, names one; asked in rising order."""
        paths = Paths(body)

        def is_name(start: int, key: bytes) -> bool:
            if key in _BEFORE_KEYS and _BEFORE.search(body[max(start - _NEAR, 0) : start]):
                return True
            return key in self._keys and bool(self._place.fullmatch(paths.at(start)))

        return is_name


def name_places(loaded: ResolvedPlaybook, labels: Iterable[str] = ()) -> NamePlaces:
    """Those that the vocabularies and the fields of log lines of a playbook say, and ``labels``."""
    every, said = loaded.vocabularies, loaded.variables.get("log_service_fields", ())
    theirs = (
        name for one in every for phrase in one.phrases
        for ours, name in phrase.labels.items() if ours in WORDS
    )  # fmt: skip
    logs = (field for one in every if one.logs for field in one.logs.service)
    events = (field for one in every if one.events for field in one.events.service)
    own = said if isinstance(said, tuple) else ()
    return NamePlaces((*labels, *theirs), (*own, *logs, *events))


def _ends(field: str) -> Iterable[str]:
    """``service.name`` may be one key, or the key ``name`` in an object."""
    parts = field.split(".")
    return (".".join(parts[start:]) for start in range(len(parts)))


def _any(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words))) or r"(?!)"
