"""A check with its answers, made by hand: what a judge sees."""

import json
from collections.abc import Sequence
from typing import Any

from tests.analysis.made import WINDOW
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.engine.judge.dispatch import judge
from troubleshoot.engine.judge.judged import Judged, JudgeInput
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import (
    Logs,
    Metrics,
    Missing,
    Names,
    Problem,
    ProblemKind,
    Series,
    Signal,
    Trace,
    Traces,
)
from troubleshoot.model.store import Store

MAIN = Request(Store.PROMETHEUS, QueryKind.RANGE, "GET", "/main")
NORMAL = Request(Store.ELASTICSEARCH, QueryKind.LOGS, "GET", "/normal")
AMONG = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/among", (("service", "shop"),))
SERVICES = dialects().trace[Store.JAEGER].services()
RAW = RawResponse("http://here", 200, b"{}", 0.01)
DOWN = Problem(ProblemKind.ERROR, "nothing listens", "set the URL")
HALF = Problem(ProblemKind.PARTIAL, "2 of 5 shards answered")


def check(judge_rule: dict[str, Any], **more: Any) -> Check:
    return Check.model_validate(
        {"id": "checked", "title": "Checked", "query": "promql/x.promql", "judge": judge_rule}
        | more
    )


def planned(one: Check, text: str = "x", metrics: tuple[str, ...] = ("x",)) -> Planned:
    step = Step(id="step", guide="1", title="Step", checks=(one,))
    return Planned(step, one, Store.PROMETHEUS, one.query, text, (Source(MAIN),), metrics=metrics)


def answers(*pairs: tuple[Request, Signal]) -> Answers:
    return Answers({request.key: Answer(request, RAW, signal) for request, signal in pairs})


def judged_metric(
    rule: dict[str, Any],
    *series: Series,
    problem: Problem | None = None,
    exists: bool = True,
    text: str = "x",
    **more: Any,
) -> Judged:
    """The verdict on series; ``exists``: whether the metric is known at all."""
    signal: Signal = Metrics(series, problem)
    if problem and problem.trouble is ProblemKind.ERROR:
        signal = Missing(problem)
    plan = planned(check(rule, **more), text)
    names = Names(frozenset({"x"} if exists else ()))
    return judge(
        JudgeInput(plan, answers((MAIN, signal)), WINDOW, Known(metrics=names), dialects())
    )


def judged_traces(
    rule: dict[str, Any],
    chosen: Sequence[Trace],
    among: Sequence[Trace],
    service: str = "",
    **state: Any,
) -> Judged:
    """``service`` is the one that somebody named, '' for none."""
    one = check(rule | {"among": "jaeger/all.json"}, query="jaeger/x.json")
    main = Request(
        Store.JAEGER, QueryKind.TRACES, "GET", "/main", (("service", service or "shop"),)
    )
    step = Step(id="step", guide="1", title="Step", checks=(one,))
    text = json.dumps({"service": service})
    plan = Planned(step, one, Store.JAEGER, one.query, text, (Source(main, among=AMONG),))
    found = answers(
        (main, Traces(tuple(chosen), **state)),
        (AMONG, Traces(tuple(among), **state)),
        (SERVICES, Names(frozenset({"shop"}))),
    )
    return judge(JudgeInput(plan, found, WINDOW, Known(), dialects()))


def judged_against_baseline(
    rule: dict[str, Any],
    now: Sequence[Trace],
    before: Sequence[Trace],
    service: str = "",
    onset: float | None = None,
) -> Judged:
    """For the judges that compare traces with those of the baseline; ``service`` as above."""
    one = check(rule, query="jaeger/x.json")
    main = Request(
        Store.JAEGER, QueryKind.TRACES, "GET", "/main", (("service", service or "shop"),)
    )
    normal = Request(
        Store.JAEGER, QueryKind.TRACES, "GET", "/before", (("service", service or "shop"),)
    )
    step = Step(id="step", guide="1", title="Step", checks=(one,))
    text = json.dumps({"service": service})
    plan = Planned(step, one, Store.JAEGER, one.query, text, (Source(main, normal),))
    found = answers(
        (main, Traces(tuple(now))),
        (normal, Traces(tuple(before))),
        (SERVICES, Names(frozenset({"shop"}))),
    )
    return judge(JudgeInput(plan, found, WINDOW, Known(), dialects(), onset))


def judged_logs(
    rule: dict[str, Any],
    now: Logs,
    before: Logs,
    traces: Sequence[Trace] | None = (),
    *,
    fields: frozenset[str] = frozenset({"level"}),
    aggregatable: frozenset[str] = frozenset(),
) -> Judged:
    names = {"level": ["level"], "message": ["message"], "service": ["service"], "trace": ["id"]}
    one = check(names | rule, query="elasticsearch/x.json")
    main = Request(Store.ELASTICSEARCH, QueryKind.LOGS, "GET", "/main")
    step = Step(id="step", guide="4", title="Step", checks=(one,))
    plan = Planned(step, one, Store.ELASTICSEARCH, one.query, "{}", (Source(main, NORMAL),))
    asked: list[tuple[Request, Signal]] = [(main, now), (NORMAL, before)]
    asked += [] if traces is None else [(AMONG, Traces(tuple(traces)))]
    found = answers(*asked)
    return judge(
        JudgeInput(plan, found, WINDOW, Known(fields=Names(fields, aggregatable)), dialects())
    )
