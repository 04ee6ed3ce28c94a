"""What was changed, from the events that a deployment tool or a cluster wrote down."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from troubleshoot.model.facts import ChangeKind
from troubleshoot.model.signal import LogLine
from troubleshoot.model.vocabulary import Events

# Kubernetes names a pod after its workload and one or two random parts, of letters and digits that
# spell no word: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/rand#SafeEncodeString
_RANDOM = "[bcdfghjklmnpqrstvwxz2456789]"
_POD = re.compile(rf"(?P<workload>.+?)(-{_RANDOM}{{8,10}})(-{_RANDOM}{{5}})?")


@dataclass(frozen=True, slots=True)
class Changed:
    """All events of one kind about one version of a service.

    ``time`` is that of the first, in Unix seconds; ``message`` that of the last.
    """

    time: float
    kind: ChangeKind
    service: str
    version: str
    message: str
    times: int


def changes(lines: Iterable[LogLine], schemas: Sequence[Events]) -> tuple[Changed, ...]:
    """First one first. Lines that no schema knows as a change are left out."""
    found: dict[tuple[str, str, str], Changed] = {}
    for line in sorted(lines, key=lambda one: one.time):
        if one := _read(line, schemas):
            key = (one.kind, one.service, one.version)
            first = found.get(key, one)
            times = first.times + 1 if key in found else 1
            found[key] = Changed(first.time, *key, one.message, times)
    return tuple(found.values())


def workload(name: str) -> str:
    """``pricing-7d9f8c6b5-x2x4q`` and ``pricing-7d9f8c6b5`` are both of ``pricing``."""
    found = _POD.fullmatch(name)
    return found["workload"] if found else name


def _read(line: LogLine, schemas: Sequence[Events]) -> Changed | None:
    for schema in schemas:
        word = line.first(schema.kind).casefold()
        for kind, words in schema.means.items():
            if word in map(str.casefold, words):
                service = workload(line.first(schema.service))
                version, message = line.first(schema.version), line.first(schema.message)
                return Changed(line.time, kind, service, version, message, 1)
    return None
