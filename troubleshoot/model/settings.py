"""A configuration file as people write it: named environments, each a set of backends."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema, create_model, model_validator

from troubleshoot.model.options import DEFAULTS, OPTIONS, Option
from troubleshoot.model.playbook import Name, Value
from troubleshoot.model.store import Store
from troubleshoot.model.strict import Strict

_SOURCES = "{env: VARIABLE}, {file: PATH} or {command: [PROGRAM, ARGUMENT]}"
_SECRET_NAME = re.compile(r"auth|cookie|token|secret|passw|credential|api-?key", re.I)
# with one of these a proxy or a framework reads another method or path than those that are sent
REWRITING_HEADERS = (
    "X-HTTP-Method",
    "X-HTTP-Method-Override",
    "X-Method-Override",
    "X-Original-URI",
    "X-Original-URL",
    "X-Rewrite-URI",
    "X-Rewrite-URL",
)
# these say where a request ends; httpx writes them
FRAMING_HEADERS = (
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Transfer-Encoding",
    "Upgrade",
)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


# The messages below never repeat what was written: it may be the secret itself.


def _without_secrets(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")  # as it is looked up
        usable = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        usable = False
    if "@" in url:
        raise ValueError(f"no user or password in an address; write basic: with {_SOURCES}")
    if not usable or re.search(r"[\s\\]", url):
        raise ValueError("expected an address such as https://prometheus.example.org:9090")
    if parts.query or parts.fragment:
        raise ValueError("an address ends with its path, without '?' and '#'")
    return url


def _plain_path(url: str) -> str:
    """What stands before every path that is asked: nothing in it that a server could decode."""
    path = urlsplit(url).path
    parts = path.rstrip("/").split("/")[1:]
    if not re.fullmatch(r"[\w.~!$&'()*+,=:/-]*", path, re.ASCII) or {"", ".", ".."} & {*parts}:
        raise ValueError("the path of an address is plain: no '%', ';', '//', '.' or '..'")
    return url


def rewrites(header: str, among: tuple[str, ...] = REWRITING_HEADERS) -> bool:
    """Underlines are hyphens to some servers."""
    return header.replace("_", "-").lower() in {one.lower() for one in among}


def _not_secret(name: str) -> str:
    if _SECRET_NAME.search(name):
        raise ValueError(f"a header like this is a secret; under secret_headers write {_SOURCES}")
    return name


def _header(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name):
        raise ValueError("a header's name has letters, digits and hyphens only")
    if rewrites(name, REWRITING_HEADERS + FRAMING_HEADERS):
        raise ValueError("with this header a server could see another request than the one sent")
    return name


def _one_line(text: str) -> str:
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("a header's value is one line without control characters")
    return text


Url = Annotated[
    str,
    AfterValidator(_without_secrets),
    WithJsonSchema({"type": "string", "pattern": r"^https?://[^\s@?#]+$"}),
]
Address = Annotated[Url, AfterValidator(_plain_path)]
Header = Annotated[str, AfterValidator(_header)]
PlainHeader = Annotated[Header, AfterValidator(_not_secret)]
HeaderValue = Annotated[str, AfterValidator(_one_line)]


class Secret(Strict):
    """Where a secret is had: exactly one of these. Never the secret itself."""

    env: str = ""
    file: str = ""
    command: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _not_literal(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not {*data} <= {*cls.model_fields}:
            raise ValueError(f"a secret never stands in a file; write {_SOURCES}")
        return data

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(map(bool, (self.env, self.file, self.command))) != 1:
            raise ValueError(f"give exactly one: {_SOURCES}")
        if self.env and not _VARIABLE.fullmatch(self.env):
            raise ValueError("env: takes the name of a variable, not the secret")
        return self


class Basic(Strict):
    username: str
    password: Secret


class BackendSettings(Strict):
    """How one backend is reached. Times in seconds, sizes in bytes.

    ``url`` is what this program reaches, ``public_url`` what a person's browser reaches.
    """

    url: Address
    public_url: Url | None = None
    bearer: Secret | None = None
    basic: Basic | None = None
    headers: dict[PlainHeader, HeaderValue] = {}
    secret_headers: dict[Header, Secret] = {}
    tenant: HeaderValue = ""
    tenant_header: Header = "X-Scope-OrgID"
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    verify_tls: bool = True
    connect_timeout: float = Field(default=3.0, gt=0)
    read_timeout: float = Field(default=15.0, gt=0)
    max_bytes: int = Field(default=64_000_000, gt=0)
    concurrency: int = Field(default=20, gt=0, le=64)

    @model_validator(mode="after")
    def _one_authentication(self) -> Self:
        if self.bearer and self.basic:
            raise ValueError("give bearer or basic, not both")
        return self


class Grafana(Strict):
    """Where Grafana Explore opens, and its data source for PromQL."""

    public_url: Url
    datasource: str


def _chosen(option: Option) -> Any:
    """The type of its values."""
    if option.choices:
        return Literal[option.choices]
    return Annotated[str, AfterValidator(_checked(option))]


def _checked(option: Option) -> Callable[[str], str]:
    def checked(value: str) -> str:
        _ = option.check and option.check(value)
        return value

    return checked


if TYPE_CHECKING:
    Options = Strict
else:
    Options = create_model(
        "Options",
        __base__=Strict,
        __doc__="Options of the command line, as they are here where nobody gives them. A "
        "variable, such as ``TROUBLESHOOT_FAIL_ON``, goes over them.",
        **{
            name: (_chosen(one), Field(default=getattr(DEFAULTS, name), description=one.help))
            for name, one in OPTIONS.items()
            if one.of_environment
        },
    )


if TYPE_CHECKING:
    Stores = Strict
else:
    Stores = create_model(
        "Stores",
        __base__=Strict,
        **{store.value: (BackendSettings | None, None) for store in Store},
    )


class Environment(Stores):
    """A named set of backends, and the parameters and options that differ there.

    A store that is not listed where another one is, is done without: its checks are not made,
    which is said once, and no gap. ``calls``: which services each service calls, where no traces
    tell it.
    """

    kibana_url: Url | None = None
    grafana: Grafana | None = None
    calls: dict[str, tuple[str, ...]] = {}
    parameters: dict[Name, Value] = {}
    options: Options = Options()

    @property
    def backends(self) -> dict[Store, BackendSettings]:
        """Those that it has, in the order of the table."""
        found = {store: getattr(self, store.value) for store in Store}
        return {store: settings for store, settings in found.items() if settings}

    @property
    def pages(self) -> dict[str, str]:
        """What a person's browser reaches: ``public_url`` where it differs from ``url``."""
        urls = {store.value: one.public_url or one.url for store, one in self.backends.items()}
        if self.kibana_url:
            urls["kibana"] = self.kibana_url
        if self.grafana:
            urls["grafana"] = self.grafana.public_url
            urls["grafana-datasource"] = self.grafana.datasource
        return urls


# keys of an environment that a variable can set, beside those of its stores
PAGE_KEYS: tuple[tuple[str, ...], ...] = (
    ("kibana_url",),
    ("grafana", "public_url"),
    ("grafana", "datasource"),
)


class Settings(Strict):
    """A whole file. ``default`` names the environment used without ``--env``."""

    default: str = ""
    environments: dict[str, Environment] = {}
