"""What to do about the causes that stand: the remedies that nothing seen speaks against."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from troubleshoot.engine.rank.candidates import Candidate
from troubleshoot.engine.rank.evidence import Matcher
from troubleshoot.engine.rank.ranking import bearing
from troubleshoot.load.text import escape
from troubleshoot.model.diagnosis import Bearing, Diagnosis
from troubleshoot.model.finding import Finding
from troubleshoot.model.messages import Family
from troubleshoot.model.playbook import Playbook, Remedy
from troubleshoot.model.report import Action


def actions(
    playbook: Playbook,
    diagnoses: tuple[Diagnosis, ...],
    findings: Mapping[str, Finding],
    families: Iterable[Family],
    ours: Collection[str],
) -> tuple[Action, ...]:
    """Remedies of the causes that stand, those of the best ranked first.

    ``ours`` are the services that tell of themselves: nothing is done to others as if they were.
    Of causes that are merely possible only where none is likelier; of consequences none: they
    end with their cause. One whose title names a service (``<service>``) is there once for each.
    """
    causes = [one for one in diagnoses if one.verdict.stands and not one.consequence_of]
    serious = [one for one in causes if one.verdict.serious]
    rules = {rule.id: rule for rule in playbook.diagnoses}
    matcher = Matcher({one.name: one for one in families})
    found: dict[tuple[str, str], Action] = {}
    for one in serious or causes:
        about = Candidate(rules[one.rule], one.subject)
        party = "outside" if _is_outside(about, ours) else "ours"
        for name in one.remedies:
            remedy = playbook.remedies[name]
            if remedy.party not in (party, "any"):
                continue
            if (doubts := _doubts(remedy, findings, matcher, about)) is not None:
                made = _action(name, _filled(remedy, about), doubts)
                known = found.setdefault((name, made.remedy.title), made)
                found[name, made.remedy.title] = replace(known, helps=(*known.helps, one.id))
    return tuple(found.values())


def _is_outside(about: Candidate, ours: Collection[str]) -> bool:
    return about.rule.each == "service" and about.subject not in {*ours, ""}


def _filled(remedy: Remedy, about: Candidate) -> Remedy:
    """A name that a backend told is quoted for where it stands: a command may quote it itself.

    A name that nobody can type is in no command.
    """
    if not about.subject:
        return remedy
    commands: tuple[str, ...] = ()
    if about.subject.isprintable():
        marked = replace(about, subject=escape.mark(about.subject, direct=True))
        shell = escape.LANGUAGES["shell"]
        commands = tuple(escape.place(marked.said(one), shell) for one in remedy.commands)
    return remedy.model_copy(update={"title": about.said(remedy.title), "commands": commands})


def _doubts(
    remedy: Remedy, findings: Mapping[str, Finding], matcher: Matcher, about: Candidate
) -> tuple[str, ...] | None:
    """The checks that could not tell whether the remedy fits; None where it does not fit."""
    pairs = [(one, findings[one.check]) for one in remedy.only_if]
    seen = [(finding, bearing(one, finding, matcher, about)[0]) for one, finding in pairs]
    if not seen or any(turned_out is Bearing.HOLDS for _, turned_out in seen):
        return ()
    unknown = (one.title for one, turned_out in seen if turned_out is Bearing.UNKNOWN)
    return tuple(dict.fromkeys(unknown)) or None


def _action(name: str, remedy: Remedy, doubts: tuple[str, ...]) -> Action:
    look = f"you have looked yourself at what was not to be had here: {', '.join(doubts)}"
    conditions = (look if doubts else "", remedy.precondition)
    words = "; ".join(one for one in conditions if one)
    fitting = remedy.model_copy(update={"precondition": words, "only_if": ()})
    return Action(name, fitting, helps=())
