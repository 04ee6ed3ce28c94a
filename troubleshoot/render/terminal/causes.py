"""Causes in brief: what was seen a line each, what was not seen in one line for all."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Verdict
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.report import Conclusion, Report
from troubleshoot.render import time_format, view
from troubleshoot.render.terminal.blocks import (
    VERDICT_STYLE,
    Blocks,
    Sparked,
    heading,
    indented,
    row,
)
from troubleshoot.render.terminal.breaks import Part, text
from troubleshoot.render.units import quantity
from troubleshoot.render.wording import (
    argument_about,
    argument_facts,
    confidence,
    quoted,
    verdict_word,
    weight,
)

_SUBJECT = 66
_SAMPLE = 200


def causes(report: Report) -> Blocks:
    """Those that hold, best first; the merely possible ones without samples and charts."""
    held = tuple(each for each in view.held(report) if not each.consequence_of)
    serious = [each for each in held if each.verdict.serious]
    possible = [each for each in held if each not in serious and not _named(each, serious)]
    if serious:
        yield heading("Most likely cause" if len(serious) == 1 else "Most likely causes")
    for diagnosis in serious:
        yield from _cause(report, diagnosis, brief=False)
    if possible:
        yield heading("Also possible" if serious else "Possible")
    for diagnosis in possible:
        yield from _cause(report, diagnosis, brief=True)


def _named(cause: Diagnosis, others: Iterable[Diagnosis]) -> bool:
    """Whether what it is about is already said to be in trouble."""
    return bool(cause.subject) and any(each.subject == cause.subject for each in others)


def _cause(report: Report, cause: Diagnosis, *, brief: bool) -> Iterator[RenderableType]:
    sure = f"score {cause.score}"
    if cause not in view.leaders(report):  # of those the answer has said it
        sure += f", confidence {confidence(cause)}"
        sure += f", since {time_format.since(cause.since, report.window.at)}" if cause.since else ""
    verdict = (verdict_word(cause.verdict), VERDICT_STYLE[cause.verdict])
    yield text(verdict, " ", (cause.title, "bold"), f" ({sure})")
    yield from _seen(report, cause, brief=brief)
    yield from _unseen(cause)
    if explained := view.consequences(report, cause):
        yield row(" →", text(("explains: ", "dim"), "; ".join(each.title for each in explained)), 2)
    first = next(each for each in view.held(report) if _named(each, [cause]) or each is cause)
    lesser = [
        f"{each.title} ({each.score})"
        for each in view.held(report)
        if each.verdict is Verdict.POSSIBLE and _named(each, [cause]) and not each.consequence_of
    ]
    if lesser and not brief and cause is first:
        yield row(" 0", text(("less likely: ", "dim"), "; ".join(lesser)), 2)


def _seen(report: Report, cause: Diagnosis, *, brief: bool) -> Iterator[RenderableType]:
    """What holds. A check that counts more than once says each time why."""
    both = (*cause.arguments_for, *cause.arguments_against)
    counted = Counter(each.check for each in both if each.bearing is Bearing.HOLDS)
    told: set[tuple[str, Item | None]] = set()
    for side, against in ((cause.arguments_for, False), (cause.arguments_against, True)):
        for argument in side:
            if argument.bearing is not Bearing.HOLDS:
                continue
            several = counted[argument.check] > 1
            because = f" ({argument.because})" * bool((against or several) and argument.because)
            points = (weight(argument, against=against), "bold")
            if (argument.check, argument.item) in told:
                yield row(points, text((argument.title, "bold"), f": the same{because}"), 2)
                continue
            told.add((argument.check, argument.item))
            line = text((argument.title, "bold"), f": {_facts(report, argument)}{because}")
            yield from _piece(points, line, None if brief else argument.item)


def _facts(report: Report, argument: Argument) -> str:
    about = argument_about(argument, report)
    if argument.item and argument.item.note and len(about) > _SUBJECT:
        about = ""  # a pattern of log lines: its sample follows
    return f"{about} {argument_facts(argument, report)}".strip()


def _piece(points: Part, line: Text, item: Item | None) -> Iterator[RenderableType]:
    """With its course, its sample and a trace, where there is an item to show."""
    yield row(points, Sparked(line, item.spark) if item and item.outcome.firing else line, 2)
    if item and (item.note or item.examples):
        sample = quoted(item.note, _SAMPLE) if item.note else ""
        trace = f"trace {item.examples[0]}" if item.examples else ""
        yield indented(text((", ".join(p for p in (sample, trace) if p), "dim")), 3)


def _unseen(cause: Diagnosis) -> Iterator[RenderableType]:
    both = (*cause.arguments_for, *cause.arguments_against)
    seen = _titles(both, Bearing.HOLDS)
    absent = [each for each in _titles(cause.arguments_for, Bearing.ABSENT) if each not in seen]
    clear = [each for each in _titles(cause.arguments_against, Bearing.ABSENT) if each not in seen]
    unmeasured = list(dict.fromkeys(each.title for each in both if each.unmeasured))
    unknown = [each for each in _titles(both, Bearing.UNKNOWN) if each not in unmeasured]
    change = " (could change this)" if cause.could_change else ""
    for mark, label, titles in (
        (" 0", "not seen: ", [each for each in absent if each not in clear]),
        (" 0", "nothing against: ", [each for each in clear if each not in absent]),
        (" 0", "nothing for or against: ", [each for each in absent if each in clear]),
        (" ?", f"not answered{change}: ", unknown),
        (" ?", f"not measured of it{change}: ", unmeasured),
    ):
        if titles:
            yield row(mark, text((label, "dim"), "; ".join(titles)), 2)


def _titles(arguments: Iterable[Argument], bearing: Bearing) -> list[str]:
    return list(dict.fromkeys(each.title for each in arguments if each.bearing is bearing))


def ruled_out(report: Report) -> Blocks:
    """A line each with the strongest of what refutes it; of a clear run the number only.

    Services that it refutes alike share one line.
    """
    refuted = view.ruled_out(report)
    if refuted and report.conclusion is Conclusion.CLEAR:
        yield heading(f"Ruled out: {len(refuted)} causes (--explain says by what)")
        return
    if refuted:
        yield heading("Ruled out")
    alike: dict[tuple[str, str], list[Diagnosis]] = {}
    for cause in refuted:
        strongest = max(view.refutations(cause), key=lambda each: each.strength, default=None)
        words = f": {_refuted(report, strongest)}" if strongest else ""
        alike.setdefault((cause.id.removesuffix(f":{cause.subject}"), words), []).append(cause)
    for (_, words), (first, *others) in alike.items():
        also = f"; likewise {', '.join(each.subject for each in others)}" if others else ""
        yield row(("✓", "green"), text((first.title, "bold"), words, also), 1)


def _refuted(report: Report, argument: Argument) -> str:
    """``queries are as fast as ever (Database queries, p95: 24.4 ms, normally 26.4 ms)``."""
    counted = argument.outcome is Outcome.OK or (argument.item and argument.item.limit[:1] == "=")
    facts = f"{argument.title}: {_short_facts(report, argument)}"
    if counted and argument.summary:
        facts = argument.summary
    because = argument.because if argument.bearing is Bearing.HOLDS else ""
    return f"{because} ({facts})" if because else facts


def _short_facts(report: Report, argument: Argument) -> str:
    item = argument.item
    if item is None or item.value is None:
        return argument_facts(argument, report)
    value = quantity(item.value, argument.unit)
    if argument.outcome is Outcome.OK and item.normal:
        return f"{value}, normally {quantity(item.normal, argument.unit)}"
    return value


def undetermined(report: Report) -> Blocks:
    """A line each, or one for all where nothing was answered."""
    open_ = view.undetermined(report)
    if not open_:
        return
    yield heading("Neither found nor ruled out")
    if view.told(report)[0] == 0:
        yield row(("?", "magenta"), text(f"all {len(open_)} causes: no check was answered"), 1)
        return
    for cause in open_:
        both = (*cause.arguments_for, *cause.arguments_against)
        titles = {each.check: each.title for each in both if each.unmeasured}
        count = len([each for each in cause.could_change if each not in titles])
        missing = (
            f"not answered: {count} check{'s'[: count != 1]}" if count else "",
            f"not measured of it: {'; '.join(titles.values())}" if titles else "",
        )
        words = "; ".join(each for each in missing if each)
        yield row(
            ("?", "magenta"), text((cause.title, "bold"), (words and f" ({words})", "dim")), 1
        )
