"""The keys that stand above a place of a JSON text."""

import re

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# a list of plain values, such as a sample, is one step
_LIST = rb'\[[^"\[\]{}]*+(?:"[^"\\]*+"[^"\[\]{}]*+)*+\]'
_STEP = re.compile(
    rb'[^"{}\[\]]*+(?:(?P<key>%b)(?=\s*+:)|%b|%b|(?P<open>[\[{])|(?P<close>[\]}]))'
    % (_STRING, _STRING, _LIST),
    re.DOTALL,
)


class Paths:
    """Of one text, read once from its beginning to its end: ``at`` is asked in rising order."""

    def __init__(self, body: bytes) -> None:
        self._body, self._read = body, 0
        self._keys = [b""]  # one for each object and list that is open

    def at(self, offset: int) -> bytes:
        """``data.result.metric.service``; lists have no key. ``offset`` is where a value starts."""
        while step := _STEP.match(self._body, self._read, offset):
            self._read = step.end()
            if step["key"]:
                self._keys[-1] = step["key"][1:-1]
            elif step["open"]:
                self._keys.append(b"")
            elif step["close"] and len(self._keys) > 1:
                self._keys.pop()
        return b".".join(filter(None, self._keys))
