"""Merge the parts' reports into one summary. It knows no component."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from function import compose, ready
from function.api.status import Status
from function.app import Observed, Reporter
from function.compose import Recall, afresh
from function.plan import Plan
from function.read import at, items, text
from function.report import (
    NOT_APPLICABLE,
    WAITING,
    Condition,
    Event,
    Problem,
    Report,
    Why,
)

NEVER_SENT = {"status": "True"}
"""A condition that was never sent counts as True."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the response says besides the objects."""

    ready: bool
    settled: bool
    """Whether Crossplane sees every change. If not, it must call again soon."""
    problems: Why
    """Why each object isn't ready, by key: what the object itself shows."""
    conditions: Sequence[Condition]
    status: Mapping[str, Any]
    events: Sequence[Event]


def summarize(
    plan: Plan, observed: Observed, judged: Why, others: Sequence[str] = (), recall: Recall = afresh
) -> Summary:
    """Check every object, collect every part's report, and put the first problem into status.message.

    `judged`: what is known already of objects, by key. They aren't checked again. `others`: what isn't ready
    of that which other steps of the pipeline desire, as sentences. `recall` may know a part's report already.
    """
    before = {text(c, "type"): c for c in items(observed.xr, "status", "conditions")}
    refused = unsynced(before.get("Synced"))
    expectations = plan.expectations
    problems = {
        key: judged[key] if key in judged else ready.why(observed.composed.get(key), each)
        for key, each in expectations.items()
    }
    why = {
        key: refusal(observed, expectations[key].kind) if each and key in refused else each
        for key, each in problems.items()
    }
    reports = [
        reported(number, {key: why[key] for key in expected}, report, observed, recall)
        for number, (expected, report) in enumerate(plan.reports)
    ]
    # Crossplane never drops a condition, so a type that was sent once must be kept up to date.
    conditions = [
        c
        for c in (*plan.conditions, *(c for report in reports for c in report.conditions))
        if c.reason != NOT_APPLICABLE or c.type.name in before
    ]
    bad = [c for c in conditions if not c.ok]
    blocking = [c for c in bad if c.type.gates]
    waiting = [f"{key}: {each.message}" for key, each in why.items() if each]
    told = [c for c in bad if not c.for_platform]
    sentences = [*(c.sentence() for c in blocking), *waiting, *others, *(c.sentence() for c in told)]
    is_ready = not blocking and not waiting and not others
    status = Status(message=sentences[0] if sentences else "", ready=is_ready, function_level=compose.LEVEL)
    worse = [c for c in bad if was_true(before, c) and c.reason not in WAITING]
    return Summary(
        ready=is_ready,
        settled=is_ready and at(before.get("Responsive"), "status") != "False",
        problems=problems,
        conditions=conditions,
        status=reduce(or_, (report.status for report in reports), status.dump()),
        events=[
            *(Event(c.reason, c.sentence(), warning=True) for c in worse),
            *(event for report in reports for event in report.events),
        ],
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A report with its part of the status as the XR has it. It is remembered, and repeated in many calls."""

    conditions: Sequence[Condition]
    status: Mapping[str, Any]
    events: Sequence[Event]


def reported(number: int, why: Why, report: Reporter, observed: Observed, recall: Recall) -> Said:
    """The report of a part, by its number in the plan."""
    name = number, tuple(why.items())
    reported: Said = recall(name, lambda seen: said(report(seen, why)), observed)
    return reported


def said(report: Report) -> Said:
    """A report as it is remembered."""
    return Said(report.conditions, report.status.dump() if report.status else {}, report.events)


def was_true(before: Mapping[str | None, Any], condition: Condition) -> bool:
    """Whether a condition was True when it was last sent."""
    return text(before.get(condition.type.name, NEVER_SENT), "status") == "True"


def refusal(observed: Observed, kind: str) -> Problem:
    """The problem of an object that the API server refused. Only an event of the XR has the cause."""
    composite = f"{text(observed.xr, 'kind')} {text(observed.xr, 'metadata', 'name')}"
    namespace = text(observed.xr, "metadata", "namespace")
    where = f" -n {namespace}" if namespace else ""
    message = f"{kind} was refused by the API server: kubectl describe {composite}{where} says why"
    return Problem("Refused", message)


def unsynced(synced: Any) -> set[str]:
    """Keys of the objects that the API server refused last time. Crossplane names up to three."""
    message = text(synced, "message") or ""
    return set(re.split(r"[, ]+", message)) if at(synced, "status") == "False" else set()
