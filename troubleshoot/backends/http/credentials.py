"""Secrets from where the settings say they are, into request headers."""

import subprocess
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from troubleshoot.model.errors import UsageError
from troubleshoot.model.settings import BackendSettings, Secret
from troubleshoot.model.store import Store

_COMMAND_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Credentials:
    """Headers to send, and the secret texts in them (for the redactor)."""

    headers: Mapping[str, str]
    secrets: tuple[str, ...]


def credentials(store: Store, settings: BackendSettings, environ: Mapping[str, str]) -> Credentials:
    """Raises UsageError naming the source of a secret that cannot be had, never its value."""
    headers, secrets = dict(settings.headers), list[str]()

    def secret(source: Secret, setting: str) -> str:
        secrets.append(_resolve(source, f"{store}.{setting}", environ))
        return secrets[-1]

    if settings.tenant:
        headers[settings.tenant_header] = settings.tenant
    if settings.bearer:
        headers["Authorization"] = f"Bearer {secret(settings.bearer, 'bearer')}"
    if settings.basic:
        password = secret(settings.basic.password, "basic.password")
        pair = b64encode(f"{settings.basic.username}:{password}".encode()).decode()
        secrets.append(pair)
        headers["Authorization"] = f"Basic {pair}"
    for name, source in settings.secret_headers.items():
        headers[name] = secret(source, f"secret_headers.{name}")
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable() and name.isascii() and name.isprintable()):
            raise UsageError(
                f"{store}: the value of the header {name!r} holds characters "
                "that a header cannot carry (a line break?)"
            )
    return Credentials(headers, tuple(secrets))


def _resolve(source: Secret, setting: str, environ: Mapping[str, str]) -> str:
    if source.env:
        value, named = environ.get(source.env, ""), f"the environment variable {source.env}"
        if source.env not in environ:
            raise UsageError(f"{setting}: {named} is not set", f"set {source.env} and run again")
    elif source.file:
        value, named = _read(source.file, setting), f"the file {source.file}"
    else:
        value, named = _run(source.command, setting, environ), f"the command {source.command[0]}"
    value = value.rstrip("\r\n")
    if not value:
        raise UsageError(f"{setting}: {named} gives nothing")
    return value


def _read(file: str, setting: str) -> str:
    try:
        return Path(file).expanduser().read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{setting}: cannot read the file {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{setting}: the file {file} is not text") from None


def _run(command: tuple[str, ...], setting: str, environ: Mapping[str, str]) -> str:
    """The standard output of a command; neither output is shown, it may hold the secret."""
    name = command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the user's own command, no shell
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"{setting}: the command {name} did not end within {_COMMAND_SECONDS} s"
        raise UsageError(message) from None
    except OSError as error:
        raise UsageError(f"{setting}: cannot run the command {name}: {error.strerror}") from None
    if done.returncode:
        raise UsageError(
            f"{setting}: the command {name} failed with code {done.returncode}",
            "run it by itself to see why",
        )
    try:
        return done.stdout.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{setting}: the command {name} gave something that is not text") from None
