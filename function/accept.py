"""Decide which spec is composed: the asked one, or the last accepted one while that is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydantic

from function import compose, refused_overrides
from function.api.json_values import repeatable
from function.api.names import PLATFORM_NAME
from function.api.nodeapp import Spec
from function.api.platform import Platform
from function.carried import listed, misfits, oversized
from function.explain import dotted, sentences, unknown
from function.facts import Facts
from function.identity import Fatal, Identity, misnamed
from function.patch import merge
from function.place import Place
from function.report import Condition, ConditionType

ACCEPTED = ConditionType("Accepted", gates=True)
POLICY_COMPLIANT = ConditionType("PolicyCompliant")


@dataclass(frozen=True, slots=True)
class Readable:
    """A valid spec, and the place of its app."""

    place: Place
    spec: Spec


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Which spec is composed, and the conditions about it. None: nothing is composed."""

    chosen: Readable | None
    refused: bool
    conditions: tuple[Condition, ...]
    asked: Readable | None = None
    """The refused spec, if it is valid. Its lookups are still made: what exists may be the reason."""
    repeated: bool = True
    """Whether the status repeats a refused spec. One that is too large would break the object."""


def platform(settings: Mapping[str, Any] | None, own: Mapping[str, Any] | None, *, known: bool) -> Platform:
    """The platform's settings: the Platform object over the step's own input.

    `known`: this app was composed with a Platform before. Raises Fatal if that is gone, since defaults would
    take every app's host and monitoring away. Raises Fatal for invalid settings too.
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


def accept(
    who: Identity,
    settings: Platform,
    asked: Mapping[str, Any] | str,
    accepted: Mapping[str, Any] | None,
    facts: Facts,
    *,
    unchanged: bool,
    observed: bool,
) -> Acceptance:
    """Accept the asked spec, else keep the accepted one, else compose nothing.

    `asked`: or why it can't be decoded. `unchanged`: the asked spec is the accepted one, and `accepted` is
    None. `observed`: composed resources exist. Raises Fatal if they do and no valid spec is left.
    """
    chosen = [asked] if isinstance(asked, str) else parse(who, settings, asked)
    problems = chosen if isinstance(chosen, list) else breaches(chosen, facts)
    if isinstance(chosen, Readable) and (not problems or unchanged):
        return Acceptance(
            chosen, refused=False, conditions=(ACCEPTED.true("Accepted"), compliant(chosen, problems, facts))
        )
    message = listed(problems)
    before = parse(who, settings, accepted) if accepted is not None else []
    readable = chosen if isinstance(chosen, Readable) else None
    repeated = not isinstance(asked, str) and not oversized(asked) and repeatable(asked)
    if isinstance(before, Readable):
        refusal = ACCEPTED.false("Refused", f"{message}; the spec accepted before stays in force")
        now = compliant(before, breaches(before, facts), facts)
        return Acceptance(before, refused=True, conditions=(refusal, now), asked=readable, repeated=repeated)
    if observed:
        also = f"; nor can the spec accepted before be read: {listed(before)}" if before else ""
        raise Fatal("Refused", f"{message}{also}; nothing is changed until it is fixed")
    refusal = ACCEPTED.false("Refused", message)
    return Acceptance(None, refused=True, conditions=(refusal,), asked=readable, repeated=repeated)


def breaches(readable: Readable, facts: Facts) -> list[str]:
    """Why a spec is refused, by the platform's policy or by what exists, as sentences."""
    place, spec = readable.place, readable.spec
    return [*compose.problems(place, spec, facts), *refused_overrides.problems(place, spec, facts)]


def compliant(in_force: Readable, problems: list[str], facts: Facts) -> Condition:
    """Whether the spec in force would be accepted today, and whether all that runs may be asked for."""
    tolerated = compose.tolerated(in_force.place, in_force.spec, facts)
    if problems:
        return POLICY_COMPLIANT.false("Breach", f"would be refused today: {listed([*problems, *tolerated])}")
    if tolerated:
        # Nobody is asked for a commit, so it isn't the app's message.
        return POLICY_COMPLIANT.lacking(
            "Tolerated", f"runs on, and couldn't be asked for: {listed(tolerated)}"
        )
    return POLICY_COMPLIANT.true("Compliant")


def parse(who: Identity, settings: Platform, asked: Mapping[str, Any]) -> Readable | list[str]:
    """The spec and its place, or a sentence for each error in it."""
    if wrong := misnamed(who.name) or oversized(asked):
        return [wrong]
    if problems := misfits(asked):
        return problems
    try:
        spec = Spec.model_validate(asked)
    except pydantic.ValidationError as error:
        return sentences(error, Spec, "spec")
    defaults = settings.defaults(spec.environment)
    if defaults is None:
        known = ", ".join(settings.known())
        return [f"spec.environment: the platform has no profile {spec.environment!r}; known are {known}"]
    return Readable(Place(who.name, who.namespace, spec.team, who.composite, settings, defaults), spec)
