"""One kind of request that may leave, and whether a request that is about to leave is one of them.

Each store has its closed list of these beside its client. What is compared is what httpx will
really send, byte for byte: nothing is decoded, so no way of writing a path means another one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx

from troubleshoot.model.settings import rewrites

Problem = Callable[[str], str]  # why a text cannot be sent, or nothing


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``values`` are the parts of ``path`` that differ, as ``{index}``, and what they may be.

    ``parameters`` are those of the query string; ``body`` is None where there is none.
    """

    method: str
    path: str
    parameters: tuple[str, ...] = ()
    values: Mapping[str, Problem] = field(default_factory=dict)
    body: Problem | None = None

    def is_at(self, method: str, path: str) -> bool:
        wanted, found = self.path.split("/"), path.split("/")
        return (
            method == self.method
            and len(wanted) == len(found)
            and all(map(self._same, wanted, found))
        )

    def _same(self, wanted: str, found: str) -> bool:
        return not self.values[wanted](found) if wanted in self.values else wanted == found


def refusal(request: httpx.Request, base: httpx.URL, endpoints: Iterable[Endpoint]) -> str:
    """Why ``request`` is none of ``endpoints`` below the address ``base``, or nothing."""
    url = request.url
    if _server(url) != _server(base):
        return "it would go to another server"
    path, _, query = url.raw_path.decode("ascii").partition("?")
    below = base.raw_path.decode("ascii").rstrip("/")
    inner = path.removeprefix(below) if path.startswith(below) else ""
    endpoint = next((one for one in endpoints if one.is_at(request.method, inner)), None)
    if endpoint is None or url.fragment:
        return f"{request.method} {inner or path} is not a way to read"
    if header := next((name for name in request.headers if rewrites(name)), ""):
        return f"the header {header} can make a server see another request"
    return _wrong_parameter(endpoint, query) or _wrong_body(endpoint, request.content)


def _server(url: httpx.URL) -> tuple[str, str, int | None, bytes]:
    return url.scheme, url.host, url.port, url.userinfo


def _wrong_parameter(endpoint: Endpoint, query: str) -> str:
    """Some servers also split at a semicolon."""
    pairs = parse_qsl(query, keep_blank_values=True)
    other = next((name for name, _ in pairs if name not in endpoint.parameters), None)
    if other is None and ";" not in query:
        return ""
    return f"{endpoint.path} is not asked with the parameter {other or query!r}"


def _wrong_body(endpoint: Endpoint, content: bytes) -> str:
    if endpoint.body is None:
        return f"{endpoint.method} {endpoint.path} has no body" if content else ""
    try:
        return endpoint.body(content.decode("utf-8"))
    except UnicodeDecodeError:
        return "its body is not UTF-8"
