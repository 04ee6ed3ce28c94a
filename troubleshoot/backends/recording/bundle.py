"""A recorded run as one zip file. Nothing in a file that is read is believed."""

import os
import stat
import tempfile
import zlib
from pathlib import Path
from struct import error as StructError  # zipfile raises it for damaged headers
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from troubleshoot.backends.recording.manifest import damaged, from_members, to_members
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.errors import BundleError

if TYPE_CHECKING:
    from troubleshoot.backends.redaction.redact import Redactor

MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 128_000_000
MAX_TOTAL_BYTES = 512_000_000

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of zip's calendar: equal bundles are equal files
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, StructError,
           ValueError, OSError)  # fmt: skip


def write_bundle(path: Path, bundle: Bundle, redactor: "Redactor") -> None:
    """Everything passes the redactor. The file is there whole or not at all.

    Raises BundleError when it cannot be written, or would be too large to be read again.
    """
    members = to_members(bundle)
    _check_size(path, [len(content) for content in members.values()])
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
                for name, content in members.items():
                    archive.writestr(_info(name), redactor.body(content))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BundleError(f"cannot write {path}: {error.strerror}", "give another path") from None


def _check_size(path: Path, sizes: list[int]) -> None:
    if len(sizes) > MAX_MEMBERS or max(sizes) > MAX_MEMBER_BYTES or sum(sizes) > MAX_TOTAL_BYTES:
        raise BundleError(f"the answers are too large for {path}", "record a shorter --lookback")


def read_bundle(path: Path) -> Bundle:
    """Raises BundleError for a file that is no bundle, damaged, too large or unsafe."""
    try:
        if path.stat().st_size > MAX_TOTAL_BYTES:
            raise _unsafe(str(path), f"it is larger than {MAX_TOTAL_BYTES:,} bytes")
        with ZipFile(path) as archive:
            members = _members(archive, str(path))
    except FileNotFoundError:
        raise BundleError(f"there is no file {path}", "give a file from --record") from None
    except BadZipFile as error:
        if not _starts_like_zip(path):
            raise BundleError(
                f"{path} is not a zip file", "give a file that was written with --record"
            ) from None
        raise damaged(str(path), str(error)) from None
    except PermissionError as error:
        raise BundleError(f"cannot read {path}: {error.strerror}") from None
    except _DAMAGE as error:
        raise damaged(str(path), str(error) or type(error).__name__) from None
    return from_members(members, str(path))


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _FIRST_DAY)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # the same on every system
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info


def _members(archive: ZipFile, path: str) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _unsafe(path, f"it holds {len(infos):,} files, more than {MAX_MEMBERS:,}")
    members: dict[str, bytes] = {}
    left = MAX_TOTAL_BYTES
    for info in infos:
        _check(info, path)
        if info.filename in members:
            raise _unsafe(path, f"it holds {info.filename!r} twice")
        limit = min(MAX_MEMBER_BYTES, left)
        with archive.open(info) as file:  # the header may lie: what counts is what comes out
            content = file.read(limit + 1)
        if len(content) > limit:
            raise _unsafe(path, f"{info.filename!r} unpacks to more than {limit:,} bytes")
        left -= len(content)
        members[info.filename] = content
    return members


def _check(info: ZipInfo, path: str) -> None:
    name = info.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise _unsafe(path, f"its member {name!r} points out of it")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _unsafe(path, f"its member {name!r} is a link")


def _unsafe(path: str, why: str) -> BundleError:
    return BundleError(f"{path} is refused: {why}", "give a file that was written with --record")


def _starts_like_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"
