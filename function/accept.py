"""Which spec an app is composed from: the asked one, or the last accepted one while that is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydantic

from function import compose
from function.app import Condition, Place
from function.explain import dotted, sentences, unknown
from function.identity import Fatal, Identity, misnamed
from function.names import PLATFORM_NAME
from function.platform import Platform, merge
from function.spec import Spec

ACCEPTED, POLICY = "Accepted", "PolicyCompliant"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to compose from, and what is to be said about it. Without a spec, nothing is composed."""

    chosen: tuple[Place, Spec] | None
    refused: bool
    conditions: tuple[Condition, ...]


def platform(settings: Mapping[str, Any] | None, own: Mapping[str, Any] | None, *, known: bool) -> Platform:
    """The platform's settings over the step's own input.

    `known`: this app was composed with a Platform before. It never falls back to defaults by
    accident: that would strip every app of its host and its monitoring. Raises Fatal.
    """
    if settings is None and known:
        message = (
            f"the Platform {PLATFORM_NAME} that this app was composed with is gone; nothing is changed until "
            "it is applied again (to do without its settings, apply one with spec: {})"
        )
        raise Fatal("PlatformMissing", message)
    typos = [f"{dotted('input.spec', where)}: {message}" for where, message in unknown(Platform, own)]
    if typos:
        raise Fatal(
            "InvalidPlatform", f"{'; '.join(typos)}; nothing is changed until the Composition is fixed"
        )
    try:
        return Platform.model_validate(merge(own or {}, dict(settings or {})))
    except pydantic.ValidationError as error:
        wrong = "; ".join(sentences(error, Platform, "spec"))
        message = f"Platform {PLATFORM_NAME}: {wrong}; nothing is changed until the platform team fixes it"
        raise Fatal("InvalidPlatform", message) from error


def judge(
    who: Identity, settings: Platform, asked: Any, accepted: Any, *, unchanged: bool, observed: bool
) -> Verdict:
    """Accept what is asked, else go on with what was accepted, else compose nothing while nothing exists.

    `unchanged`: what is asked is what was accepted, which then isn't given. `observed`: something
    exists. Raises Fatal where that is so and no spec for it can be read.
    """
    chosen, wrong = parse(who, settings, asked)
    breaches = compose.problems(*chosen) if chosen else []
    if chosen and (not breaches or unchanged):
        return Verdict(
            chosen,
            refused=False,
            conditions=(Condition(ACCEPTED, ok=True, reason=ACCEPTED), compliant(breaches)),
        )
    message = "; ".join(wrong or breaches)
    before, older = parse(who, settings, accepted) if accepted is not None else (None, [])
    if before:
        refusal = Condition(
            ACCEPTED,
            ok=False,
            reason="Refused",
            message=f"{message}; the spec accepted before stays in force",
        )
        return Verdict(before, refused=True, conditions=(refusal, compliant(compose.problems(*before))))
    if observed:
        also = f"; nor can the spec accepted before be read: {'; '.join(older)}" if older else ""
        raise Fatal("Refused", f"{message}{also}; nothing is changed until it is fixed")
    refusal = Condition(ACCEPTED, ok=False, reason="Refused", message=message)
    return Verdict(None, refused=True, conditions=(refusal,))


def compliant(breaches: list[str]) -> Condition:
    """Whether the spec in force would be accepted today."""
    message = f"would be refused today: {'; '.join(breaches)}" if breaches else ""
    return Condition(POLICY, not breaches, "Breach" if breaches else "Compliant", message)


def parse(who: Identity, settings: Platform, asked: Any) -> tuple[tuple[Place, Spec] | None, list[str]]:
    """The spec and its place, or what is wrong with it, in sentences."""
    if wrong := misnamed(who.name):
        return None, [wrong]
    try:
        spec = Spec.model_validate(asked)
    except pydantic.ValidationError as error:
        return None, sentences(error, Spec, "spec")
    profile = settings.profile(spec.environment)
    if profile is None:
        known = ", ".join(settings.known())
        return None, [
            f"spec.environment: the platform has no profile {spec.environment!r}; known are {known}"
        ]
    place = Place(who.name, who.namespace, spec.team, who.composite, settings, profile)
    return (place, spec), []
