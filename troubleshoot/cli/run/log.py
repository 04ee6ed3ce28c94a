"""What a run does, as it happens: on standard error (``--verbose``), in a file (``--log-file``).

Own lines rather than the module ``logging``: that one prints a traceback where a disk is full, and
the lines of libraries in it could hold what our redactor never saw.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from troubleshoot.cli.world import World
from troubleshoot.engine.collect.collector import Heard
from troubleshoot.model.errors import UsageError
from troubleshoot.model.options import RunOptions
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.render.sanitize import clean
from troubleshoot.render.units import duration, quantity

HEAD = b"# log of troubleshoot\n"


@dataclass
class RunLog:
    """``file`` is a descriptor, None where there is none. Each line passes the redactor.

    ``urls``: the address of each store. ``started``: when the run began.
    """

    verbose: bool
    file: int | None
    world: World
    started: datetime
    urls: Mapping[str, str]
    redact: Callable[[str], str]

    @classmethod
    def of(cls, options: RunOptions, world: World, urls: Mapping[str, str] = {}) -> Self:
        """Raises UsageError for a file that is no log of ours or cannot be written."""
        file = _opened(Path(options.log_file).expanduser()) if options.log_file else None
        told = options.verbose or file is not None
        return cls(options.verbose, file, world, world.now(), urls, _redact() if told else str)

    def decided(self, lines: Iterable[str]) -> None:
        """Told to the file alone."""
        if self.file is not None:
            for line in lines:
                self._write(line)

    def heard(self, one: Heard) -> None:
        """A request and its answer, on one line."""
        if not self.verbose and self.file is None:
            return
        request = one.answer.request
        line = f"{_answered(one.answer.raw)}  {self._asked(request)}"
        if self.verbose:
            sent = self.started + timedelta(seconds=one.after)
            sys.stderr.write(f"{_time(sent)} {request.store} {self._safe(line)}\n")
        self._write(f"{request.store} after {duration(one.after)}: {line}")

    def _asked(self, request: Request) -> str:
        params = (f"{name}={value}" for name, value in request.params)
        url = f"{self.urls.get(request.store, '')}{request.path}"
        return " ".join((request.method, url, *params, *request.body.split()))

    def _safe(self, line: str) -> str:
        return clean(" ".join(self.redact(line).split()))

    def _write(self, line: str) -> None:
        if self.file is None:
            return
        now = self.world.now()
        try:
            os.write(self.file, f"{now:%Y-%m-%d}T{_time(now)} {self._safe(line)}\n".encode())
        except OSError as error:
            self.file = None
            sys.stderr.write(f"warning: --log-file cannot be written: {error.strerror}\n")


def _redact() -> Callable[[str], str]:
    """Imported where a line is told: a replay without one needs none."""
    from troubleshoot.backends.redaction.redact import Redactor

    return Redactor(os.urandom(16)).text


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def _answered(raw: RawResponse) -> str:
    status = raw.failure.partition("\n")[0] or str(raw.status)
    size = quantity(len(raw.body), "bytes")
    twice = f", sent twice: {raw.retried}" if raw.retried else ""
    return f"{status} in {duration(raw.took)}, {size}{twice}"


def _opened(file: Path) -> int:
    """To add to, readable by its owner only."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    try:
        found = os.open(file, flags, 0o600)
        if not stat.S_ISREG(os.fstat(found).st_mode):
            raise UsageError(f"--log-file: {file} is no plain file")
        start = os.pread(found, len(HEAD), 0)
        if start not in (b"", HEAD):
            raise UsageError(
                f"--log-file: {file} is there and is no log of troubleshoot", "give another name"
            )
        os.fchmod(found, 0o600)
        if not start:
            os.write(found, HEAD)
    except OSError as error:
        raise UsageError(f"--log-file: {file} cannot be written: {error.strerror}") from None
    return found
