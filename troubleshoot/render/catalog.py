"""What there is to run: ``troubleshoot list`` and ``troubleshoot show PLAYBOOK``."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType

from troubleshoot.model.playbook import (
    Check,
    DiagnosisRule,
    EvidenceRule,
    Observation,
    Playbook,
    Remedy,
)
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.render.judges import compared, judge_words, where_words
from troubleshoot.render.sanitize import neutral
from troubleshoot.render.terminal.blocks import (
    Blocks,
    copied,
    heading,
    indented,
    kept,
    labelled,
    printed,
    row,
    undo,
)
from troubleshoot.render.terminal.breaks import text, whole


@dataclass(frozen=True, slots=True)
class ListedPlaybook:
    """A playbook that was found: ``origin`` in words, ``overrides`` the files it hides."""

    name: str
    title: str
    origin: str
    file: str
    overrides: tuple[str, ...] = ()


def listing(entries: tuple[ListedPlaybook, ...], width: int, *, color: bool) -> str:
    return printed(_listing(neutral(entries)), width, color=color)


def _listing(entries: tuple[ListedPlaybook, ...]) -> Blocks:
    if not entries:
        yield text("No playbook was found.")
    for entry in entries:
        yield text((entry.name, "bold"), f"  {entry.title}")
        yield indented(whole((f"{entry.origin}: {entry.file}", "dim")), 2)
        for hidden in entry.overrides:
            yield indented(whole((f"instead of {hidden}", "bold")), 2)


def show(loaded: ResolvedPlaybook, width: int, *, color: bool) -> str:
    """A whole playbook in words, with the value of every parameter and who decided it."""
    return printed(_show(neutral(loaded)), width, color=color)


def _show(loaded: ResolvedPlaybook) -> Blocks:
    playbook = loaded.playbook
    titles = {check.id: check.title for _, check in playbook.checks()}
    units = {check.id: check.unit for _, check in playbook.checks()}
    yield text((playbook.playbook, "bold"), f"  {playbook.title}")
    alert = playbook.alert
    yield from labelled([("", playbook.summary.strip())], 8)
    yield from kept("file", loaded.file, 8)
    yield from labelled(
        [
            ("alert", f"{alert.name}, {alert.severity}, for {alert.for_}" if alert else ""),
            ("symptom", ", ".join(titles.get(name, name) for name in playbook.symptoms)),
        ],
        8,
    )
    for step in playbook.steps:
        yield heading(f"Guide {step.guide} · {step.title} ({step.id})")
        for check in step.checks:
            yield from _check(check)
    yield from _diagnoses(playbook, titles)
    yield from _remedies(playbook, titles)
    if playbook.verify:
        yield heading("Recovered when")
    for rule in playbook.verify:
        limit = compared(rule.recovered, units.get(rule.check, ""))
        yield text(f"{titles.get(rule.check, rule.check)} {limit}")
        guide = [("guide's", rule.guide_query)]
        yield from (indented(block, 2) for block in labelled(guide, 7))
    if playbook.follow_ups:
        yield heading("So that it does not happen again")
    for each in playbook.follow_ups.values():
        yield row((each.kind, "dim"), text(each.title, (_guide(each.guide), "dim")), 14)
    yield from _parameters(loaded)


def _guide(guide: str) -> str:
    return f" (guide {guide})" if guide else ""


def _parameters(loaded: ResolvedPlaybook) -> Iterator[RenderableType]:
    if loaded.settings:
        yield heading("Parameters (change them with --set NAME=VALUE)")
    for setting in loaded.settings:
        parameter = loaded.playbook.parameters.get(setting.name)
        value = setting.value
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        yield whole((setting.name, "bold"), f" = {shown}", (f"  ({setting.source})", "dim"))
        if parameter:
            label = parameter.alert_label
            filled = f"; filled by an alert's label {label}" if label else ""
            yield indented(text((f"{parameter.help}{filled}", "dim")), 2)


def _check(check: Check) -> Iterator[RenderableType]:
    yield text((check.title, "bold"), (f" · {check.id}", "dim"))
    words = [("judge", judge_words(check.judge, check.unit)), ("note", check.note)]
    for block in (
        *kept("query", check.query, 7),
        *kept("guide's", check.guide_query, 7),
        *labelled(words, 7),
    ):
        yield indented(block, 2)


def _diagnoses(playbook: Playbook, titles: dict[str, str]) -> Iterator[RenderableType]:
    if playbook.diagnoses:
        yield heading("Causes it can tell")
    for rule in playbook.diagnoses:
        yield text((rule.title, "bold"), (f" · {rule.id}", "dim"), f" · {rule.component}")
        for block in _evidence(rule, titles):
            yield indented(block, 2)
        helps = [("remedies", ", ".join(rule.remedies)), ("prevent", ", ".join(rule.prevented_by))]
        yield from (indented(block, 2) for block in labelled(helps, 8))


def _evidence(rule: DiagnosisRule, titles: dict[str, str]) -> Iterator[RenderableType]:
    for word, rules in (("for", rule.for_), ("against", rule.against)):
        for each in rules:
            words = text(_evidence_words(each, titles), (f" ({each.strength})", "dim"))
            yield row((word, "dim"), words, 8)


def _evidence_words(rule: EvidenceRule, titles: dict[str, str]) -> str:
    because = f", because {rule.because}" if rule.because else ""
    return f"{_observed(rule, titles)}{because}"


def _observed(rule: Observation, titles: dict[str, str]) -> str:
    where = where_words(rule.where)
    where = f" where {where}" if where else ""
    return f"{titles.get(rule.check, rule.check)}{where} is {rule.when}"


def _remedies(playbook: Playbook, titles: dict[str, str]) -> Iterator[RenderableType]:
    if playbook.remedies:
        yield heading("Remedies (read them, nothing is run for you)")
    for name, remedy in playbook.remedies.items():
        yield text((remedy.title, "bold"), (f" · {name} · {remedy.risk} risk", "dim"))
        yield from (indented(block, 2) for block in _remedy(remedy, titles))


def _remedy(remedy: Remedy, titles: dict[str, str]) -> Iterator[RenderableType]:
    seen = (_observed(one, titles) for one in remedy.only_if)
    yield from labelled([("only if", " or ".join(seen)), ("only if", remedy.precondition)], 8)
    yield from copied("run", *remedy.commands)
    confirm = titles.get(remedy.verify, remedy.verify)
    yield from undo(remedy.rollback, 8)
    yield from labelled([("confirm", confirm), ("owner", remedy.owner)], 8)
