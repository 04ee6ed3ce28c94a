"""New versions in metrics."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.base import Judge


class Changes(Judge):
    """Services that run a version which they did not run in the baseline; a warning at most."""

    kind: Literal["changes"]

    sentence: ClassVar[str] = "versions that did not run in the baseline"
    words: ClassVar[tuple[str, ...]] = ("service", "instance", "version")
