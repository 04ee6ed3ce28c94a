"""``# dialect: metricsql`` in a query: of another server's language, so that it is not read."""

import re
from dataclasses import dataclass

from troubleshoot.model.spelling import did_you_mean

PROMQL = "promql"
VARIANTS = (PROMQL, "metricsql", "other")
HINT = (
    "written for a server that understands more than PromQL? "
    "`# dialect: metricsql` (or `other`) in the query leaves it unread"
)
_COMMENT = re.compile(r"^[ \t]*#[ \t]*dialect:[ \t]*(?P<name>\S*)", re.M)


@dataclass(frozen=True, slots=True)
class Variant:
    """``offset`` of the name in the text; ``problem`` where there is no such variant."""

    name: str
    offset: int = 0

    @property
    def problem(self) -> str:
        if self.name in VARIANTS:
            return ""
        hint = did_you_mean(self.name, VARIANTS)
        return f"there is no dialect {self.name!r}.{hint} Known: {', '.join(VARIANTS)}"


def variant(text: str) -> Variant:
    found = _COMMENT.search(text)
    return Variant(found["name"], found.start("name")) if found else Variant(PROMQL)
