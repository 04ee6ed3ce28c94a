"""A recorded run: everything that a replay needs, as one frozen value."""

from dataclasses import dataclass
from datetime import datetime

from troubleshoot.model.notice import Notice
from troubleshoot.model.options import DEFAULTS, RunOptions
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.resolved_playbook import QueryFile, Setting
from troubleshoot.model.window import Window

BUNDLE_VERSION = 2


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request and its answer, the answer redacted."""

    request: Request
    raw: RawResponse


@dataclass(frozen=True, slots=True)
class RunContext:
    """What was decided before the first request; a replay decides the same.

    ``urls`` are (store or page, address a browser reaches), without credentials. ``stores`` are
    (store, address the program reached). ``calls`` are (caller, callee) that the environment
    lists. ``notices``: of the playbook, its queries and the configuration. ``absent``: stores that
    the environment does without on purpose.
    """

    environment: str
    window: Window
    timezone: str
    stores: tuple[tuple[str, str], ...]
    urls: tuple[tuple[str, str], ...]
    options: RunOptions = DEFAULTS
    calls: tuple[tuple[str, str], ...] = ()
    notices: tuple[Notice, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """``complete`` is False for a run that was interrupted. ``redactions`` are (rule, count)."""

    program: str  # version of the program that recorded it
    recorded_at: datetime
    playbook: str  # its file name
    text: str
    queries: tuple[QueryFile, ...]
    settings: tuple[Setting, ...]
    setup: RunContext
    recorded: tuple[Recorded, ...]
    redactions: tuple[tuple[str, int], ...] = ()
    complete: bool = True
