"""``where:``, which rows of a finding a piece of evidence is about: a closed set of typed words."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from troubleshoot.model.facts import (
    Answering,
    ChangeKind,
    Correlation,
    Dimension,
    Explains,
    Observed,
    Party,
)
from troubleshoot.model.limits import regular_expression
from troubleshoot.model.strict import Strict


def _some(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if value == ():
        raise ValueError("the list is empty: nothing could ever match")
    return value


def _list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _any_correlation(value: Any) -> Any:
    return tuple(Correlation) if value is True else _list(value)


Exactly = Annotated[str | tuple[str, ...], AfterValidator(_some)]
Families = tuple[str, ...]


class Address(Strict):
    """``at``: a service by its name, or by an address of it as its callers write it."""

    at: Exactly


class TextRule(Strict):
    """What a text must say; each key that is there must hold.

    ``any``, ``all`` and ``none`` are families of `queries/messages.yaml`, ``names`` services that
    the text names (one of them), ``matches`` a regular expression found anywhere in it.
    """

    any: Families = ()
    all: Families = ()
    none: Families = ()
    names: str | tuple[str, ...] = ()
    matches: Annotated[str, AfterValidator(regular_expression)] = ""

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not (self.any or self.all or self.none or self.names or self.matches):
            raise ValueError("it asks for nothing: any, all, none, names or matches is needed")
        return self

    @property
    def families(self) -> tuple[tuple[str, str], ...]:
        """(key, family) of all that it names."""
        return tuple((key, one) for key in ("any", "all", "none") for one in getattr(self, key))


Text = Annotated[str | tuple[str, ...] | TextRule, AfterValidator(_some)]
Service = Annotated[str | tuple[str, ...] | Address, AfterValidator(_some)]


# one of a closed set of values, or a list of them; kept as a tuple
Parties = Annotated[
    tuple[Party, ...], BeforeValidator(_list, json_schema_input_type=Party | tuple[Party, ...])
]
Parts = Annotated[
    tuple[Explains, ...],
    BeforeValidator(_list, json_schema_input_type=Explains | tuple[Explains, ...]),
]
Observations = Annotated[
    tuple[Observed, ...],
    BeforeValidator(_list, json_schema_input_type=Observed | tuple[Observed, ...]),
]
Answerings = Annotated[
    tuple[Answering, ...],
    BeforeValidator(_list, json_schema_input_type=Answering | tuple[Answering, ...]),
]
Dimensions = Annotated[
    tuple[Dimension, ...],
    BeforeValidator(_list, json_schema_input_type=Dimension | tuple[Dimension, ...]),
]
ChangeKinds = Annotated[
    tuple[ChangeKind, ...],
    BeforeValidator(_list, json_schema_input_type=ChangeKind | tuple[ChangeKind, ...]),
]
Correlations = Annotated[
    tuple[Correlation, ...],
    BeforeValidator(
        _any_correlation,
        json_schema_input_type=Literal[True] | Correlation | tuple[Correlation, ...],
    ),
]


def _word(meaning: str, example: Any) -> Any:
    return Field(default=None, description=meaning, examples=[example])


class Where(Strict):
    """Which rows of a finding count.

    Every word that is there must hold; which words there are depends on the judge of the check,
    and a word that it does not have is a mistake. ``labels`` are what a backend sent; all other
    words are this program's own conclusions, never labels.
    """

    service: Service | None = _word("the service that the row is about", "payment-service")
    caller: Service | None = _word("the service that called it and reported it", "order-service")
    party: Parties | None = _word("what was called", "remote")
    observed: Observations | None = _word(
        "who saw it: the party itself, or only its caller", "inside"
    )
    answers: Answerings | None = _word("whether its callers got their answers", ["late", "never"])
    operation: Text | None = _word("the operation of the span", {"none": ["connection_checkout"]})
    message: TextRule | None = _word(
        "what the error or the log line says", {"any": ["timeout"], "none": ["refused"]}
    )
    exception: Text | None = _word("the type of the exception", "KeyError")
    level: Text | None = _word("the level of the lines", ["FATAL", "CRITICAL"])
    blames: Service | None = _word("whom the message names as the reason", "stock-service")
    blames_another: bool | None = _word("whether the message names anybody as the reason", True)
    blames_unmonitored: Service | None = _word(
        "the same, where nothing else here tells of it", "payment-provider"
    )
    sole: bool | None = _word(
        "whether its lines are new, and nothing but logs can tell of its errors", True
    )
    downstream_failing: bool | None = _word(
        "whether a service that it depends on explains its trouble", True
    )
    demanded: bool | None = _word("whether its callers are asked more too", True)
    explains: Parts | None = _word(
        "how much of the symptom the service adds itself", ["most", "some"]
    )
    dimension: Dimensions | None = _word("what the tag tells", "version")
    tag: Text | None = _word("the name of the tag", "http.route")
    value: Text | None = _word("the value of the tag", "2.15.0")
    change: ChangeKinds | None = _word("what was done", ["deployment", "rollback"])
    version: Text | None = _word("the version that runs, or that was deployed", "2.15.0")
    instance: Text | None = _word("the instance", "payment-7d9f-x2x7k")
    correlates: Correlations | None = _word(
        "how the change is tied to the trouble; true: in any way", True
    )
    labels: dict[str, Text] | None = _word(
        "labels of the series, as the backend sent them", {"job": "payment-service"}
    )

    @property
    def asked(self) -> tuple[tuple[str, Any], ...]:
        """(word, what is wanted) of those that are there."""
        every = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple((name, wanted) for name, wanted in every if wanted is not None)


WORDS = tuple(Where.model_fields)
SERVICE_WORDS = ("service", "caller", "blames", "blames_unmonitored")  # their values are names
