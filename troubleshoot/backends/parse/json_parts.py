"""Parts of an answer that stay bytes until each is read by itself.

One that cannot be read then costs no other, and only one at a time takes the room of a tree.
"""

from typing import TypeVar

from msgspec import Raw
from msgspec.json import Decoder

_Read = TypeVar("_Read")


def read_whole(decoder: Decoder[_Read], body: bytes | Raw) -> _Read:
    """Raises ValueError for what is no JSON, or is not of the decoder's type."""
    try:
        return decoder.decode(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def read_part(decoder: Decoder[_Read], part: Raw) -> _Read | None:
    """None where it cannot be read. What is no UTF-8 is replaced."""
    try:
        return read_whole(decoder, part)
    except UnicodeDecodeError:
        return read_part(decoder, Raw(bytes(part).decode("utf-8", "replace").encode()))
    except ValueError:
        return None
