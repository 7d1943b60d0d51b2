"""Conclude from what is seen why an app isn't ready. Pure: it asks nobody, and reads no clock."""

from collections.abc import Mapping

from function.app import Object
from function.cli.why import composite, parts, pods
from function.cli.why.seen import Cause, Diagnosis, Seen, when
from function.read import condition, items, text

LAST = 8
"""Events that are shown. More of them hide the causes."""


def judge(seen: Seen) -> Diagnosis:
    """What is the matter with an app."""
    below = [*parts.uncreated(seen), *pods.causes(seen)]
    explained = frozenset(cause.part for cause in below)
    found = [*composite.causes(seen), *below, *parts.causes(seen, explained)]
    causes = sorted(dict.fromkeys(found), key=lambda cause: not cause.holds_back)
    holding = [cause for cause in causes if cause.holds_back]
    conditions = [stated(each) for each in items(seen.app, "status", "conditions")]
    ready = condition(seen.app, "Ready").get("status") == "True" and not holding
    return Diagnosis(
        ready,
        summary(seen, ready, holding),
        causes,
        conditions,
        [line(each) for each in seen.events[-LAST:]],
        seen.unseen,
    )


def summary(seen: Seen, ready: bool, holding: list[Cause]) -> str:  # noqa: FBT001  # It is all that this is about.
    """The app in one sentence."""
    url = text(seen.app, "status", "url")
    if ready:
        return f"NodeApp {seen.namespace}/{seen.name} is ready{f': {url}' if url else ''}"
    first = f"{holding[0].part}: {holding[0].message}" if holding else text(seen.app, "status", "message")
    return f"NodeApp {seen.namespace}/{seen.name} isn't ready: {first or 'nothing that may be seen says why'}"


def stated(each: Object) -> Mapping[str, str]:
    """A condition without its times."""
    return {key: text(each, key) or "" for key in ("type", "status", "reason", "message")}


def line(event: Object) -> str:
    """An event."""
    about = f"{text(event, 'involvedObject', 'kind')}/{text(event, 'involvedObject', 'name')}"
    message = " ".join((text(event, "message") or "").split())
    return f"{when(event)} {text(event, 'type')} {text(event, 'reason')} {about}: {message}"
