"""More of the same: an incident's files again and again, as of other instances and requests.

Each copy of a series is of an instance of its own, each copy of a trace or a log line is of a
request of its own, at the same times: the incident stays what it is, in a larger system.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_INSTANCE = re.compile(r'\b(instance|pod)="([^"]*)"')
_TRACE_IN_SPAN, _SPAN = re.compile(rb'"traceId":"....'), b'"spanId":'
_TRACE_IN_LINE, _ID = re.compile(rb'"trace_id":"....'), b'"_id":"'


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each there is at least."""

    series: int
    spans: int
    lines: int


def write_more(small: Path, target: Path, size: Size) -> None:
    """Into ``target`` what has to be added to the incident in ``small`` until there is ``size``."""
    target.mkdir(parents=True, exist_ok=True)
    families = list(_families(small / "metrics.om"))
    copies = -(-size.series // sum(_series(text) for text in families)) - 1
    with (target / "metrics.om").open("w") as metrics:
        for text in families:
            head, _, samples = text.partition("\n")
            metrics.write(f"{head}\n")
            for number in range(copies):
                metrics.write(_INSTANCE.sub(rf'\1="\2-more-{number}"', samples))
        metrics.write("# EOF\n")
    with (target / "spans.jsonl").open("wb") as spans:
        spans.writelines(_spans((small / "spans.jsonl").read_bytes().splitlines(True), size.spans))
    with (target / "logs.ndjson").open("wb") as logs:
        logs.writelines(_lines((small / "logs.ndjson").read_bytes().splitlines(True), size.lines))


def _families(file: Path) -> Iterator[str]:
    """Each with its ``# TYPE`` first."""
    text = file.read_text().removesuffix("# EOF\n")
    yield from (f"# TYPE{one}" for one in text.split("# TYPE")[1:])


def _series(family: str) -> int:
    return len({line.rpartition("}")[0] for line in family.splitlines()[1:]})


def _spans(requests: list[bytes], wanted: int) -> Iterator[bytes]:
    """Export requests, until there are ``wanted`` together with those that were there."""
    there = sum(one.count(_SPAN) for one in requests)
    for number in count(1):
        for one in requests:
            if there >= wanted:
                return
            there += one.count(_SPAN)
            yield _TRACE_IN_SPAN.sub(b'"traceId":"%04x' % number, one)


def _lines(bulk: list[bytes], wanted: int) -> Iterator[bytes]:
    """Actions and documents in pairs."""
    there = len(bulk) // 2
    for number in count(1):
        for action, document in zip(bulk[::2], bulk[1::2], strict=True):
            if there >= wanted:
                return
            there += 1
            yield action.replace(_ID, b"%s%d-" % (_ID, number))
            yield _TRACE_IN_LINE.sub(b'"trace_id":"%04x' % number, document)
