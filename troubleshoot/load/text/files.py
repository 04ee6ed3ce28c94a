"""Text files that people write, read with a limit."""

from pathlib import Path

from troubleshoot.model.errors import InputError, Mistake

MAX_TEXT = 1_000_000  # bytes


def read_text(file: Path, limit: int = MAX_TEXT) -> str:
    """Raises InputError when the file is missing, unreadable, too large or not UTF-8."""
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise _refused(file, f"cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise _refused(file, f"larger than {limit:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise InputError((Mistake(str(file), row, column, "", "not UTF-8 text"),)) from None
    return text.replace("\r\n", "\n")


def is_text(value: str) -> bool:
    """Whether it can be sent and shown: no half of a character, as bad bytes of an argument are."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refused(file: Path, message: str) -> InputError:
    return InputError((Mistake(str(file), 0, 0, "", message),))
