"""The command that repeats a request."""

import shlex
from urllib.parse import urlencode

from troubleshoot.model.query import Request


def curl(request: Request, base: str) -> str:
    """A command to paste; credentials are left to the reader."""
    parts = ["curl", "-sS"]
    if request.body:
        query = f"?{urlencode(request.params)}" if request.params else ""
        parts += [f"{base}{request.path}{query}", "-H", "Content-Type: application/json"]
        parts += ["--data-binary", request.body]
        return shlex.join(parts)
    parts += ["-G", f"{base}{request.path}"]
    for name, value in request.params:
        parts += ["--data-urlencode", f"{name}={value}"]
    return shlex.join(parts)
