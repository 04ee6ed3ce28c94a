"""The curl repeats the request."""

import shlex

from troubleshoot.engine.plan.curl import curl
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.store import Store


def test_curl_quotes_what_a_shell_would_read() -> None:
    request = Request(
        Store.PROMETHEUS, QueryKind.RANGE, "GET", "/q", (("query", 'a\'b $(rm) "c"'),)
    )
    words = shlex.split(curl(request, "http://here"))
    assert words[-1] == 'query=a\'b $(rm) "c"'
    assert "http://here/q" in words


def test_curl_repeats_a_body() -> None:
    request = Request(
        Store.ELASTICSEARCH, QueryKind.LOGS, "POST", "/i/_search", (("a", "b"),), '{"x":1}'
    )
    words = shlex.split(curl(request, "http://here"))
    assert words[words.index("--data-binary") + 1] == '{"x":1}'
    assert "http://here/i/_search?a=b" in words
