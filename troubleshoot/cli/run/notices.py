"""The one place where notices are said: on standard error, before the run or the page."""

import sys
from collections.abc import Iterable

from troubleshoot.model.notice import Notice


def tell(notices: Iterable[Notice]) -> None:
    """Each once, on a line of its own."""
    lines = dict.fromkeys(map(str, notices))
    if lines:
        from troubleshoot.render.sanitize import clean

        sys.stderr.write("".join(f"warning: {clean(line)}\n" for line in lines))
