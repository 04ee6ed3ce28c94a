"""A playbook: one YAML file that mirrors one written guide. This is the format authors write."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from troubleshoot.model.finding import Evidence
from troubleshoot.model.judges.table import AnyJudge
from troubleshoot.model.limits import Compare
from troubleshoot.model.strict import Strict
from troubleshoot.model.times import parse_duration
from troubleshoot.model.where import Where


def _duration(text: str) -> str:
    parse_duration(text)
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*$")]
LabelName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_][a-zA-Z0-9_]*$")]
Value = str | int | float | bool | tuple[str, ...]
Duration = Annotated[str, AfterValidator(_duration)]
StrengthName = Literal["weak", "moderate", "strong", "decisive"]


class Alert(Strict):
    """The alert this playbook answers; ``name`` is Alertmanager's ``alertname``."""

    name: str
    severity: str = "critical"
    for_: Duration = Field(default="5m", alias="for")


class Parameter(Strict):
    """A value that environments and ``--set`` may change; its type is that of ``default``.

    ``alert_label`` names the label of an alert (``--alert``) that fills it, where the alert has
    it. ``--set`` goes over that, and that over the environment.
    """

    default: Value
    help: str
    unit: str = ""
    alert_label: LabelName = ""


class Check(Strict):
    """One question: a query and how to judge it.

    ``guide_query`` is the guide's own text where ``query`` judges with a corrected one; it is
    shown and, on request, run, never judged. ``over`` is the time that traces and logs are taken
    from. ``absent: zero`` says that no series means zero, as it does for a counter of failures
    that has not failed yet; it holds only where the metric itself exists. ``optional`` belongs to
    what vocabularies answer and many a system does not measure: where no metric here is known to
    mean it, the check is not made, and no gap.
    """

    id: Slug
    title: str
    query: str
    guide_query: str = ""
    unit: Literal["", "ratio", "seconds", "bytes", "cores", "per_second", "count"] = ""
    over: Literal["lookback", "window"] = "lookback"
    absent: Literal["no_data", "zero"] = "no_data"
    optional: bool = False
    judge: AnyJudge
    note: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a ``where`` about this check may use.

        The rows of a query of one's own are known by their labels alone; those that vocabularies
        answer, by what these say the labels mean.
        """
        own = self.judge.reads is Evidence.METRIC and not self.query.startswith("vocabulary/")
        return ("labels",) if own else self.judge.words


class Step(Strict):
    """One numbered step of the guide."""

    id: Slug
    guide: str
    title: str
    checks: tuple[Check, ...] = Field(min_length=1)


class Observation(Strict):
    """Something that a finding may show.

    ``where`` says which rows of the finding it is about; all of them without it.
    ``when``: ``firing`` (warning or critical), ``critical``, or ``ok``.
    """

    check: str
    where: Where = Where()
    when: Literal["firing", "critical", "ok"] = "firing"


class EvidenceRule(Observation):
    """A finding that speaks for or against a cause.

    ``where`` says which rows of the finding it is about; all of them without it.
    ``when``: ``firing`` (warning or critical), ``critical``, or ``ok``. A metric that has rows of
    others, but none of what is asked for, says of it nothing, not ``ok``.
    """

    strength: StrengthName
    because: str = ""


class DiagnosisRule(Strict):
    """One candidate cause.

    With ``each`` (a name, such as ``service``) it stands for one cause per value found in the place
    of ``<service>`` in the ``where`` of what speaks for it, among what is wrong; ``<service>`` in
    title, component and remedies is replaced by the value.
    """

    id: Slug
    each: str = ""
    title: str
    component: str
    for_: tuple[EvidenceRule, ...] = Field(alias="for", min_length=1)
    against: tuple[EvidenceRule, ...] = ()
    remedies: tuple[str, ...] = ()
    prevented_by: tuple[str, ...] = ()


class Remedy(Strict):
    """What to do, as data. Parameters inside ``commands`` are quoted for the shell.

    A remedy of a cause with ``each: service`` may say ``<service>`` in title, commands and
    ``only_if``: with it in the title it is listed once for each value. ``only_if`` lists what must
    have been seen, any one of it, as ``check``, ``where`` and ``when`` like evidence: where all of
    that was looked at and not seen, the remedy is left out; what could not be looked at is said.
    ``party``, with ``each: service``: ``ours`` are services that tell of themselves here, in
    traces, metrics or logs; ``outside`` those of which only their callers tell, such as a
    provider. Only a remedy that says so is proposed for those.
    """

    title: str
    guide: str = ""
    risk: Literal["low", "medium", "high"]
    only_if: tuple[Observation, ...] = ()
    party: Literal["ours", "outside", "any"] = "ours"
    precondition: str = ""
    commands: tuple[str, ...] = ()
    snippet: str = ""
    rollback: str
    verify: str
    owner: str = ""


class FollowUpRule(Strict):
    """Prevention, documentation or a long-term improvement."""

    title: str
    guide: str = ""
    kind: Literal["alert", "code", "infrastructure", "runbook", "dashboard", "architecture"]
    snippet: str = ""


class VerifyRule(Strict):
    """A query that tells whether the fix worked. It must hold for the whole of ``--window``.

    ``guide_query`` is the guide's own text for it, shown and run as that of a check.
    """

    check: str
    guide_query: str = ""
    recovered: Compare


class Playbook(Strict):
    """One file. ``format`` is the version of this language.

    ``symptom`` is the check that says whether there is an incident at all, or several of which any
    one says so.
    """

    format: Literal[2]
    playbook: Slug
    title: str
    summary: str = ""
    alert: Alert | None = None
    symptom: str | tuple[str, ...]
    parameters: dict[Name, Parameter] = {}
    steps: tuple[Step, ...] = Field(min_length=1)
    diagnoses: tuple[DiagnosisRule, ...] = ()
    remedies: dict[Slug, Remedy] = {}
    verify: tuple[VerifyRule, ...] = ()
    follow_ups: dict[Slug, FollowUpRule] = {}

    @property
    def symptoms(self) -> tuple[str, ...]:
        return (self.symptom,) if isinstance(self.symptom, str) else self.symptom

    @property
    def dating(self) -> frozenset[str]:
        """The checks whose rows say where errors or added time begin."""
        every = (check for step in self.steps for check in step.checks)
        return frozenset(check.id for check in every if check.judge.dates_origins)

    def checks(self) -> tuple[tuple[Step, Check], ...]:
        """Every check with its step, in the order of the guide."""
        return tuple((step, check) for step in self.steps for check in step.checks)
