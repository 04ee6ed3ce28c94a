"""Threshold."""

from typing import Literal

from troubleshoot.model.judges.base import Judge
from troubleshoot.model.limits import Limits


class Threshold(Limits, Judge):
    """The value at the time of the run against limits; every series is judged, the worst counts."""

    kind: Literal["threshold"]
