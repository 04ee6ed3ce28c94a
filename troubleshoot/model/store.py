"""The kinds of backend: a line each here, and a folder of that name in `backends.stores`."""

from enum import StrEnum
from typing import Self

from troubleshoot.model.finding import Evidence


class Store(StrEnum):
    """What floors below the folders must know of a store; its value is its key in configurations.

    ``product`` is its name as people write it, ``evidence`` what it answers. Its queries lie in
    ``folder`` of ``queries/``, in files with this ``ending``. ``port`` is where it usually listens.
    """

    product: str
    evidence: Evidence
    folder: str
    ending: str
    port: int

    PROMETHEUS = "prometheus", "Prometheus", Evidence.METRIC, "promql", ".promql", 9090
    JAEGER = "jaeger", "Jaeger", Evidence.TRACE, "jaeger", ".json", 16686
    ELASTICSEARCH = "elasticsearch", "Elasticsearch", Evidence.LOG, "elasticsearch", ".json", 9200

    def __new__(  # noqa: PLR0913, PLR0917  # the columns of the table
        cls, key: str, product: str, evidence: Evidence, folder: str, ending: str, port: int
    ) -> Self:
        made = str.__new__(cls, key)
        made._value_ = key
        made.product, made.evidence = product, evidence
        made.folder, made.ending, made.port = folder, ending, port
        return made

    @classmethod
    def named(cls, key: str) -> Self:
        return next(one for one in cls if one.value == key)

    @classmethod
    def answering(cls, evidence: Evidence) -> tuple[Self, ...]:
        """Those of this kind, in the order of the table."""
        return tuple(one for one in cls if one.evidence is evidence)

    @property
    def local(self) -> str:
        """Where it listens on the machine of who develops."""
        return f"http://localhost:{self.port}"
