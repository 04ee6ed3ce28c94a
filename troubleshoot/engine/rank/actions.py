"""What to do about the causes that stand: the remedies that nothing seen speaks against."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from troubleshoot.engine.rank.candidates import Candidate
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.evidence import doubts
from troubleshoot.load.text import escape
from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.playbook import Remedy
from troubleshoot.model.report import Action


def actions(
    case: Case,
    remedies: Mapping[str, Remedy],
    diagnoses: tuple[Diagnosis, ...],
    ours: Collection[str],
) -> tuple[Action, ...]:
    """Remedies of the causes that stand, those of the best ranked first.

    ``ours`` are the services that tell of themselves: nothing is done to others as if they were.
    Of causes that are merely possible only where none is likelier; of consequences none: they
    end with their cause. One whose title names a service (``<service>``) is there once for each.
    """
    causes = [one for one in diagnoses if one.verdict.stands and not one.consequence_of]
    serious = [one for one in causes if one.verdict.serious]
    rules = {rule.id: rule for rule in case.rules}
    found: dict[tuple[str, str], Action] = {}
    for one in serious or causes:
        about = Candidate(rules[one.rule], one.subject)
        party = "outside" if _is_outside(about, ours) else "ours"
        for name in one.remedies:
            remedy = _filled(remedies[name], about)
            if remedy.party not in (party, "any"):
                continue
            if (unknown := doubts(case, remedy.only_if, about)) is not None:
                known = found.get((name, remedy.title)) or Action(name, _fitting(remedy, unknown))
                helps = (*known.helps, one.id)
                found[name, remedy.title] = replace(known, helps=helps)
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


def _fitting(remedy: Remedy, unknown: tuple[str, ...]) -> Remedy:
    look = f"you have looked yourself at what was not to be had here: {', '.join(unknown)}"
    conditions = (look if unknown else "", remedy.precondition)
    words = "; ".join(one for one in conditions if one)
    return remedy.model_copy(update={"precondition": words, "only_if": ()})
