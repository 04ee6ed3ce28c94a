"""A configuration file as people write it: named environments, each a set of backends."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from troubleshoot.model.judge import Strict
from troubleshoot.model.playbook import Name, Value

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s@]+$")]


class Secret(Strict):
    """Where a secret is had: exactly one of these. Never the secret itself."""

    env: str = ""
    file: str = ""
    command: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(map(bool, (self.env, self.file, self.command))) != 1:
            raise ValueError("give exactly one of env, file or command")
        return self


class Basic(Strict):
    username: str
    password: Secret


class BackendSettings(Strict):
    """How one backend is reached. Times in seconds, sizes in bytes.

    ``url`` is what this program reaches, ``public_url`` what a person's browser reaches.
    """

    url: Url
    public_url: Url | None = None
    bearer: Secret | None = None
    basic: Basic | None = None
    headers: dict[str, str] = {}
    secret_headers: dict[str, Secret] = {}
    tenant: str = ""
    tenant_header: str = "X-Scope-OrgID"
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    verify_tls: bool = True
    connect_timeout: float = Field(default=3.0, gt=0)
    read_timeout: float = Field(default=15.0, gt=0)
    max_bytes: int = Field(default=64_000_000, gt=0)
    concurrency: int = Field(default=8, gt=0, le=64)

    @model_validator(mode="after")
    def _one_authentication(self) -> Self:
        if self.bearer and self.basic:
            raise ValueError("give bearer or basic, not both")
        return self


class Grafana(Strict):
    """Where Grafana Explore opens, and its data source for PromQL."""

    public_url: Url
    datasource: str


class Environment(Strict):
    """A named set of backends, and the parameters that differ there."""

    prometheus: BackendSettings | None = None
    jaeger: BackendSettings | None = None
    elasticsearch: BackendSettings | None = None
    kibana_url: Url | None = None
    grafana: Grafana | None = None
    parameters: dict[Name, Value] = {}


class Settings(Strict):
    """A whole file. ``default`` names the environment used without ``--env``."""

    default: str = ""
    environments: dict[str, Environment] = {}
