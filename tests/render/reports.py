"""Whole reports: the incident, a clear run, a dead backend, a verification, hostile text."""

from dataclasses import replace
from datetime import timedelta

from tests.render import sample as s
from tests.render.remedies import BREAKER, QUEUE, RETRY, SCALE, STORES, changed
from troubleshoot.model.diagnosis import Bearing, Strength, Verdict
from troubleshoot.model.exits import Exit
from troubleshoot.model.finding import Episode, Evidence, Finding, Item, Link, Outcome, Query
from troubleshoot.model.report import (
    AsWritten,
    Conclusion,
    Gap,
    Report,
    StoreStatus,
    Timing,
    Verification,
)
from troubleshoot.model.window import Window

TIMEOUTS = Report(
    version="0.1.0",
    playbook="high-error-rate",
    title="High order failure rate",
    summary="More than 10 % of orders fail.",
    environment="production",
    window=Window(s.AT),
    timezone="Europe/Berlin",
    parameters=(
        ("order_job", "order-service", "default"),
        ("max_error_share", "0.1", "--set"),
    ),
    conclusion=Conclusion.DIAGNOSED,
    complete=False,
    headline="likely: the payment provider does not answer in time",
    fail_on="likely",
    exit_code=Exit.FOUND,
    symptom=s.ORDERS,
    findings=(
        s.UP, s.ORDERS, s.PAYMENTS, s.INVENTORY, s.ORDER_P95, s.PAYMENT_P95, s.ORIGINS,
        s.BY_TYPE, s.CPU, s.POOL, s.DB_P95, s.PATTERNS,
    ),
    diagnoses=(s.TIMEOUT, s.OVERLOAD, s.POOL_EXHAUSTED, s.INVENTORY_FAILS),
    gaps=(
        Gap(
            "payment-cpu-usage", s.CPU.title, Outcome.NO_DATA, s.CPU.reason, s.CPU.hint,
            ("payment-provider-timeout", "payment-overloaded"),
        ),
    ),
    actions=(BREAKER, SCALE),
    follow_ups=(RETRY, QUEUE),
    verifications=(),
    stores=STORES,
    as_written=(
        AsWritten(
            "order-error-share",
            s.query("order-error-share.guide", "rate(orders_total[5m]) / rate(orders_total[5m])"),
            "nothing: both sides can only match on status=error",
        ),
    ),
    redactions=(("authorization header", 23), ("e-mail address", 2)),
    timing=Timing(
        0.8431, (("order-error-share", 0.2113), ("failed-traces", 0.8012), ("error-logs", 0.312))
    ),
)  # fmt: skip

_QUIET = replace(
    s.ORDERS,
    outcome=Outcome.OK,
    items=(
        Item(
            (), Outcome.OK, 0.0041, 0.006, None, s.spark(0.006, 0.0041),
            past=Episode(s.ONSET, s.ONSET + timedelta(minutes=9, seconds=30), 0.137),
        ),
    ),
)  # fmt: skip
CLEAR = replace(
    TIMEOUTS,
    conclusion=Conclusion.CLEAR,
    complete=True,
    timezone="UTC",
    headline="orders are fine, and nothing else stands out",
    exit_code=Exit.CLEAR,
    symptom=_QUIET,
    findings=(s.UP, _QUIET, s.INVENTORY, s.POOL, s.DB_P95),
    diagnoses=(s.INVENTORY_FAILS, s.POOL_EXHAUSTED),
    gaps=(),
    actions=(),
    follow_ups=(),
    as_written=(),
    redactions=(),
)

_NO_SERVER = "http://elasticsearch:9200 refused the connection"
_START = "set TROUBLESHOOT_ELASTICSEARCH_URL, or start the server"
_NO_LOGS = replace(
    s.PATTERNS, outcome=Outcome.ERROR, summary="", reason=_NO_SERVER, hint=_START, items=()
)
_FEW_TRACES = replace(
    s.ORIGINS, outcome=Outcome.PARTIAL, reason="Jaeger stopped at 400 traces", summary=""
)
BACKEND_DOWN = replace(
    TIMEOUTS,
    conclusion=Conclusion.INCONCLUSIVE,
    headline="orders fail, but no cause could be found: 3 of 6 checks could not tell",
    exit_code=Exit.BACKEND,
    findings=(s.ORDERS, s.INVENTORY, s.DB_P95, _FEW_TRACES, s.CPU, _NO_LOGS),
    diagnoses=(
        replace(
            s.TIMEOUT,
            verdict=Verdict.UNDETERMINED,
            score=0,
            confidence=0.0,
            since=None,
            arguments_for=tuple(
                s.argument(each, Strength.STRONG, Bearing.UNKNOWN)
                for each in (_FEW_TRACES, _NO_LOGS)
            ),
            explanation="0",
            could_change=("failed-traces", "error-logs"),
        ),
        s.INVENTORY_FAILS,
    ),
    gaps=(
        Gap("error-logs", "Error messages", Outcome.ERROR, _NO_SERVER, _START,
            ("payment-provider-timeout",)),
        Gap("failed-traces", s.ORIGINS.title, Outcome.PARTIAL, _FEW_TRACES.reason, "", ()),
    ),
    actions=(),
    stores=(*STORES[:2], replace(STORES[2], failed=2, received=0, problem=_NO_SERVER, hint=_START)),
)  # fmt: skip

_ASKED = {
    Evidence.METRIC: ("prometheus", 9090, "api/v1/label/__name__/values", "api/v1/query_range"),
    Evidence.TRACE: ("jaeger", 16686, "api/services", "api/traces"),
    Evidence.LOG: ("elasticsearch", 9200, "*/_field_caps", "*/_search"),
}


def refused(evidence: Evidence, page: int) -> str:
    """What a backend that is not there makes of a request for its first or second page."""
    name, port, *pages = _ASKED[evidence]
    where = f"http://{name}:{port}/{pages[page]}"
    return f"{name.title()}: nothing listens at {where} (connection refused)"


def _refused(finding: Finding) -> Finding:
    reason = refused(finding.evidence, 1)
    return replace(finding, outcome=Outcome.ERROR, reason=reason, hint=_START, summary="", items=())


_UNSEEN = tuple(map(_refused, TIMEOUTS.findings))
NOTHING_LISTENS = replace(
    TIMEOUTS,
    conclusion=Conclusion.FAILED,
    headline="No verdict: Failed orders could not be looked at",
    exit_code=Exit.BACKEND,
    symptom=_refused(s.ORDERS),
    findings=_UNSEEN,
    diagnoses=tuple(
        replace(each, verdict=Verdict.UNDETERMINED, could_change=tuple(f.check for f in _UNSEEN))
        for each in TIMEOUTS.diagnoses
    ),
    gaps=tuple(
        Gap(each.check, each.title, each.outcome, each.reason, each.hint,
            tuple(cause.id for cause in TIMEOUTS.diagnoses))
        for each in _UNSEEN
    ),
    actions=(),
    follow_ups=(),
    as_written=(),
    redactions=(),
    stores=tuple(
        replace(store, failed=store.requests, received=0, hint=_START,
                problem=refused(evidence, 0))
        for store, evidence in zip(STORES, Evidence, strict=True)
    ),
)  # fmt: skip

_SLOW = replace(
    s.ORDER_P95, outcome=Outcome.WARNING, items=(Item((), Outcome.WARNING, 1.42, 0.81),)
)
VERIFIED = replace(
    CLEAR,
    conclusion=Conclusion.DIAGNOSED,
    complete=False,
    headline="Not recovered: Order processing, 95th percentile",
    exit_code=Exit.FOUND,
    symptom=None,
    findings=(_QUIET, _SLOW, s.CPU),
    diagnoses=(),
    verifications=(
        Verification(_QUIET, "< 1 %", True, ""),
        Verification(_SLOW, "< 1 s", False, "above the limit at 3 of 10 points"),
        Verification(s.CPU, "< 80 %", None, s.CPU.reason),
    ),
)

EVIL = (
    "\x1b[31mred\x1b]8;;http://evil\x07 \x9b2J [bold red]markup[/] \u202edesrever\u202c ze\u200bro"
    " <script>alert(1)</script> | a | *b* `c` ``` # ]]> & \ud800 \ufffe \x00 \r\n- CONFIRMED\tx"
    " {{ 7*7 }} 日本語のとても長い名前 " + "x" * 150
)
_EVIL_ITEM = Item(
    ((EVIL, EVIL),), Outcome.CRITICAL, float("inf"), 0.1 + 0.2, s.ONSET,
    (float("nan"), None, float("inf"), 1.0), (float("-inf"), 1.0), EVIL, EVIL, EVIL, (EVIL,),
)  # fmt: skip
_EVIL_FINDING = Finding(
    "evil", EVIL, EVIL, EVIL, EVIL, Outcome.CRITICAL, Evidence.LOG, EVIL, EVIL, EVIL, EVIL, EVIL,
    (_EVIL_ITEM,), (Query(EVIL, EVIL, EVIL, EVIL),),
    (Link(EVIL, "javascript:alert(1)//" + EVIL), Link(EVIL, "https://evil.example/" + EVIL)),
    (EVIL,),
)  # fmt: skip
HOSTILE = replace(
    TIMEOUTS,
    title=EVIL,
    summary=EVIL,
    environment=EVIL,
    timezone=EVIL,
    headline=EVIL,
    parameters=((EVIL, EVIL, EVIL),),
    symptom=_EVIL_FINDING,
    findings=(_EVIL_FINDING, replace(_EVIL_FINDING, check="evil-2", outcome=Outcome.ERROR)),
    diagnoses=(
        replace(
            s.TIMEOUT,
            title=EVIL,
            component=EVIL,
            explanation=EVIL,
            arguments_for=(
                replace(
                    s.argument(_EVIL_FINDING, Strength.STRONG), because=EVIL, summary=EVIL
                ),
            ),
            could_change=("evil",),
        ),
        replace(s.POOL_EXHAUSTED, title=EVIL),
    ),
    gaps=(Gap("evil-2", EVIL, Outcome.ERROR, EVIL, EVIL, (EVIL,)),),
    actions=(
        changed(
            BREAKER, title=EVIL, precondition=EVIL, commands=(EVIL,), snippet=EVIL, rollback=EVIL,
            verify="evil", owner=EVIL, risk=EVIL,
        ),
    ),
    follow_ups=(replace(RETRY, title=EVIL, snippet=EVIL, kind=EVIL),),
    verifications=(Verification(_EVIL_FINDING, EVIL, False, EVIL),),
    stores=(StoreStatus(EVIL, EVIL, 1, 1, 10, EVIL, EVIL),),
    as_written=(AsWritten("evil", Query(EVIL, EVIL, EVIL, EVIL), EVIL),),
    redactions=((EVIL, 1),),
    timing=Timing(0.1 + 0.2, ((EVIL, 0.1 + 0.2),)),
)  # fmt: skip

ALL = {
    "timeouts": TIMEOUTS,
    "clear": CLEAR,
    "backend-down": BACKEND_DOWN,
    "nothing-listens": NOTHING_LISTENS,
    "verified": VERIFIED,
    "hostile": HOSTILE,
}
