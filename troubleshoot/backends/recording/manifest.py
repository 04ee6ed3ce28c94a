"""``manifest.json`` of a bundle: a recorded run without its texts and bodies, which are files."""

from dataclasses import dataclass
from datetime import datetime

import orjson
from pydantic import TypeAdapter, ValidationError

from troubleshoot.model.bundle import BUNDLE_VERSION, Bundle, Recorded, RunContext
from troubleshoot.model.errors import BundleError
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.resolved_playbook import QueryFile, Setting

MANIFEST = "manifest.json"
PLAYBOOK = "playbook.yaml"


@dataclass(frozen=True, slots=True)
class QueryMember:
    """The text is in ``queries/`` and ``name``."""

    name: str
    file: str


@dataclass(frozen=True, slots=True)
class ResponseEntry:
    """A request and its answer; the body is in ``member``."""

    member: str
    request: Request
    url: str
    status: int
    took: float
    content_type: str
    failure: str
    retried: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    version: int
    program: str
    recorded_at: datetime
    complete: bool
    playbook: str
    settings: tuple[Setting, ...]
    setup: RunContext
    queries: tuple[QueryMember, ...]
    responses: tuple[ResponseEntry, ...]
    redactions: tuple[tuple[str, int], ...]


def to_members(bundle: Bundle) -> dict[str, bytes]:
    """File name → content, in the order of the zip, the manifest first."""
    entries = tuple(_entry(number, one) for number, one in enumerate(bundle.recorded))
    manifest = Manifest(
        version=BUNDLE_VERSION,
        program=bundle.program,
        recorded_at=bundle.recorded_at,
        complete=bundle.complete,
        playbook=bundle.playbook,
        settings=bundle.settings,
        setup=bundle.setup,
        queries=tuple(QueryMember(one.name, one.file) for one in bundle.queries),
        responses=entries,
        redactions=bundle.redactions,
    )
    members = {MANIFEST: _adapter().dump_json(manifest, indent=1)}
    members[PLAYBOOK] = bundle.text.encode()
    members |= {_query_member(one.name): one.text.encode() for one in bundle.queries}
    pairs = zip(entries, bundle.recorded, strict=True)
    return members | {entry.member: one.raw.body for entry, one in pairs}


def from_members(members: dict[str, bytes], path: str) -> Bundle:
    """Raises BundleError for a manifest that is missing, of another version or wrong."""
    manifest = _manifest(members, path)
    try:
        return Bundle(
            program=manifest.program,
            recorded_at=manifest.recorded_at,
            playbook=manifest.playbook,
            text=members[PLAYBOOK].decode(),
            queries=tuple(
                QueryFile(one.name, one.file, members[_query_member(one.name)].decode())
                for one in manifest.queries
            ),
            settings=manifest.settings,
            setup=manifest.setup,
            recorded=tuple(_recorded(one, members[one.member]) for one in manifest.responses),
            redactions=manifest.redactions,
            complete=manifest.complete,
        )
    except KeyError as error:
        raise damaged(path, f"{error} is missing in it") from None
    except UnicodeDecodeError:
        raise damaged(path, "its playbook or a query is not text") from None


def damaged(path: str, why: str) -> BundleError:
    return BundleError(f"{path} is damaged: {why}", "copy it again, or record the run again")


def _manifest(members: dict[str, bytes], path: str) -> Manifest:
    if MANIFEST not in members:
        raise BundleError(
            f"{path} is not a recorded run: it has no {MANIFEST}",
            "give a file that was written with --record",
        )
    try:
        data = orjson.loads(members[MANIFEST])
    except orjson.JSONDecodeError as error:
        raise damaged(path, f"{MANIFEST} is not JSON ({error})") from None
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version != BUNDLE_VERSION:
        which = "a newer one" if version > BUNDLE_VERSION else "the version that recorded it"
        raise BundleError(
            f"{path} has format {version}, this program reads format {BUNDLE_VERSION}",
            f"this is not the troubleshoot for it: use {which}",
        )
    try:
        return _adapter().validate_json(members[MANIFEST], strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise damaged(path, f"{MANIFEST}: {where}: {first['msg']}") from None


def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def _entry(number: int, recorded: Recorded) -> ResponseEntry:
    request, raw = recorded.request, recorded.raw
    end = "json" if raw.body[:1] in (b"{", b"[") else "txt"
    member = f"responses/{number:03}-{request.store}-{request.ask}.{end}"
    return ResponseEntry(
        member, request, raw.url, raw.status, raw.took, raw.content_type, raw.failure, raw.retried
    )


def _recorded(entry: ResponseEntry, body: bytes) -> Recorded:
    raw = RawResponse(
        entry.url, entry.status, body, entry.took, entry.content_type, entry.failure, entry.retried
    )
    return Recorded(entry.request, raw)


def _query_member(name: str) -> str:
    return f"queries/{name}"
