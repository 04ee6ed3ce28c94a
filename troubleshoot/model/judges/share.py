"""Share of the whole."""

from typing import ClassVar, Literal

from pydantic import Field

from troubleshoot.model.judges.base import Judge
from troubleshoot.model.limits import Limits, Pick


class Share(Limits, Judge):
    """What part of the sum over all series each value of the label ``by`` holds.

    With ``of`` (a value, a list of values, or ``~regex``) the share of those values together is
    judged; when none of them is there but several others are, a wrong name is more likely than a
    share of zero and the check could not tell. Below ``at_least`` (in the query's unit) the total
    is too small for shares to mean anything: the check is ok.
    """

    kind: Literal["share"]
    by: str
    of: Pick = ""
    at_least: float = Field(default=0.0, ge=0)

    sentence: ClassVar[str] = (
        "share by {by}[ of {of:any}][, when the total is at least {at_least:}]"
    )
    measures: ClassVar[str] = "ratio"
