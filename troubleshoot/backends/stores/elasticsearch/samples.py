"""Lines that an aggregation picked out of each of its buckets (``top_hits``). Pure."""

from collections.abc import Iterator
from dataclasses import replace

from troubleshoot.backends.parse.shapes import Object, as_count, as_list, as_object
from troubleshoot.backends.stores.elasticsearch.line import read_line
from troubleshoot.model.signal import STANDS_FOR, LogLine


def samples(aggregations: Object) -> Iterator[LogLine]:
    """Every line with the number of documents it stands for, in the store's order."""
    rest: list[object] = [aggregations]
    while rest:  # no recursion: the depth is the sender's choice
        value = rest.pop()
        if isinstance(value, list):
            rest.extend(reversed(value))
        elif isinstance(value, dict) and isinstance(value.get("hits"), dict):
            yield from _picked(as_object(value["hits"]))
        elif isinstance(value, dict):
            rest.extend(reversed(value.values()))


def _picked(hits: Object) -> Iterator[LogLine]:
    page = [as_object(hit) for hit in as_list(hits.get("hits"))]
    total = as_count(as_object(hits.get("total")).get("value"))
    for hit in page:
        line = read_line(hit)
        others = tuple(pair for pair in line.fields if pair[0] != STANDS_FOR)
        stands_for = max(total / len(page), 1.0)
        yield replace(line, fields=(*others, (STANDS_FOR, repr(stands_for))))
