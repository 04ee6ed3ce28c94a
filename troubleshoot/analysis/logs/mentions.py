"""Whom an error message names as the one that failed."""

import re
from collections.abc import Collection, Iterator
from itertools import dropwhile

from troubleshoot.analysis.hosts import service_at

_HOST = r"([A-Za-z0-9](?:[\w-]*\w)?(?:\.[A-Za-z0-9](?:[\w-]*\w)?)*)"
# a port: none of the numbers that also stand after a colon, a status or a line of a file
_PORT = r":(?:\d{4,5}|25|53|80|389|443|465|587|636|993|995)(?!\w|:\d)"
_ADDRESS = tuple(
    map(
        re.compile,
        (
            rf"\b[a-z][a-z0-9+.-]{{1,20}}://(?:[^@/\s]{{1,100}}@)?{_HOST}",
            rf"(?<![\w./:@-]){_HOST}{_PORT}",
            rf"(?<![\w./:@-]){_HOST}/\d+(?:\.\d+){{3}}:\d",
            rf"\blookup {_HOST}(?=:| on\b)",
            rf"\b(?:ENOTFOUND|EAI_AGAIN|UnknownHostException:|[Hh]ost(?:name)?\s?[=:])\s?{_HOST}",
            rf"\b(?:resolve (?:host|address)|addresses for) {_HOST}",
            r"\b(?:[Hh]ost(?: ?name)?|resolve|resolving|server (?:on|at))"
            rf"\s?[=:]?\s?[\"'`]{_HOST}",
            rf"(?<![\w./:@-]){_HOST}: (?:Name or service not known|nodename nor servname"
            r"|No such host|Temporary failure in name resolution|unexpected status)",
        ),
    )
)
# what only somebody does, or fails to do, who was asked
_REPLY = (
    r"(?:(?:(?:did|does) not|didn't|doesn't) (?:answer|respond|reply)"
    r"|(?:answered|returned|responded|replied)(?: with)?(?: an?)?(?: HTTP| status| code)*"
    r" [45]\d\d)\b"
)
_WORDS = r"([A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,2})"
_SPOKEN = (
    re.compile(rf"(?:^|[:;,(] |\b(?:because|as|since|but|and|that) )(?:the )?{_WORDS} {_REPLY}"),
    re.compile(r"\bno (?:answer|response|reply) from (?:the )?([A-Za-z][\w-]*(?:\.\w[\w-]*)*)"),
)
# whoever was asked, without a name; and what else stands before a colon and a number
_NOBODY = frozenset(
    {
        *("code", "errno", "error", "line", "status"),
        *("a", "an", "api", "backend", "call", "client", "connection", "database", "endpoint"),
        *("gateway", "host", "it", "localhost", "peer", "proxy", "query", "remote", "request"),
        *("server", "service", "target", "they", "upstream", "which", "who"),
    }
)
_SOURCE_FILE = re.compile(r"\.(?:c|cc|cpp|cs|ex|go|h|java|js|kt|mjs|php|py|rb|rs|scala|ts)$")
_ASKED_BY = re.compile(
    r"(?:(?:requests?|calls?|messages?) from|called by|sent by|on behalf of|client|caller) [\"'`]?$"
)
_TO_READ = re.compile(
    r"\b(?:see|visit|refer to|info|information|details?|documentation|docs?|help|background[\w ]*)"
    r"(?: at| in| on)?:? ?[(<\"'`]?https?://$",
    re.I,
)  # a page about the error
# where a name that is an ordinary word is a service: in "call to order", "order answered 500",
# and not in "order 4711"
_TOWARDS = re.compile(
    r"\b(?:to|from|at|with|via|on|against|calling|reach|reaching|upstream|service) [\"'`]?$"
)
_REPLIES = re.compile(rf"[\"'`]? {_REPLY}")
_NUMBER = re.compile(r" #?\d")
_WHY = re.compile(r": |caused by", re.I)


def named(text: str, services: Collection[str], own: str = "") -> tuple[str, ...]:
    """Who is named in a message of ``own`` as having failed, each the reason of the one before.

    ``booking answered 502: no answer from bank.example:443`` names booking, and bank.example as
    the reason why. A name is one of ``services``, a host, or whoever did not answer.
    """
    chain: list[str] = []
    last = 0
    for start, end, name in sorted(_found(text, services)):
        before = text[max(start - 40, 0) : start]
        if name in (own, *chain) or _ASKED_BY.search(before) or _TO_READ.search(before):
            continue
        if not chain or _WHY.search(text, last, start):
            chain.append(name)
        last = end
    return tuple(chain)


def _found(text: str, services: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for name in services:
        word = rf"(?<![\w.-]){re.escape(name)}(?!\.?\w|-[a-z])"
        for one in re.finditer(word, text):
            if re.search(r"[-_.\d]", name) or _is_service(text, one):
                yield *one.span(), name
    spoken = [(one, _said(one[1])) for pattern in _SPOKEN for one in pattern.finditer(text)]
    for one, name in spoken:
        if name:
            yield *one.span(1), service_at(name, services)
    for one in (found for pattern in _ADDRESS for found in pattern.finditer(text)):
        name = service_at(one[1], services)
        if name not in _NOBODY and re.search("[a-z]", name) and not _SOURCE_FILE.search(name):
            yield *one.span(1), name


def _is_service(text: str, word: re.Match[str]) -> bool:
    if _REPLIES.match(text, word.end()):
        return True
    before = text[max(word.start() - 20, 0) : word.start()]
    return bool(_TOWARDS.search(before)) and not _NUMBER.match(text, word.end())


def _said(words: str) -> str:
    """``Upstream payment provider`` as names are written, ``payment-provider``; '' for nobody."""
    return "-".join(dropwhile(_NOBODY.__contains__, words.lower().split()))
