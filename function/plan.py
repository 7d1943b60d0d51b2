"""The pure heart: a hashable question, and the plan that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from function import compose
from function.accept import POLICY_COMPLIANT, accept
from function.api.platform import Platform
from function.app import App, Lookup, Part, Reporter
from function.facts import Facts
from function.identity import Identity
from function.place import Manifest
from function.ready import Expected, expected
from function.report import Condition, ConditionType


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a plan depends on, all of it hashable: what isn't in here can't make a plan stale."""

    who: Identity
    spec: bytes
    accepted: bytes | None
    platform: bytes | None
    input: bytes | None
    platform_known: bool
    observed: bool
    """Whether any composed resource exists."""
    facts: Facts


SPEC_HONORED = ConditionType("SpecHonored")

Expectations = Mapping[str, Expected]
"""Key → what that object must be like. Sorted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to report what is observed. Shared between calls: nobody changes it."""

    reports: tuple[tuple[Expectations, Reporter], ...]
    """Part by part: what its objects must be like, and its reporter."""
    lookups: Mapping[str, Lookup]
    conditions: tuple[Condition, ...]
    """What doesn't depend on what is observed."""
    refused: bool


def make(
    question: Question, platform: Platform, decode: Callable[[bytes], Mapping[str, Any]]
) -> tuple[Plan, Mapping[str, Manifest]]:
    """Accept, resolve, compose and finish. The objects come apart from the plan: the memo keeps them encoded.

    Raises Fatal where nothing can be composed safely.
    """
    unchanged = question.spec == question.accepted  # As bytes: to Python True is 1.
    asked = decode(question.spec)
    accepted = None if unchanged or question.accepted is None else decode(question.accepted)
    acceptance = accept(
        question.who,
        platform,
        asked,
        accepted,
        question.facts,
        unchanged=unchanged,
        observed=question.observed,
    )
    if acceptance.chosen is None:
        idle = compose.idle(question.facts)
        gone = (POLICY_COMPLIANT.not_applicable(), SPEC_HONORED.not_applicable())
        return Plan(reports(idle, {}), {}, (*acceptance.conditions, *gone), acceptance.refused), {}
    place, spec = acceptance.chosen.place, acceptance.chosen.spec
    effective, held = compose.resolve(place, spec, question.facts)
    app = App(
        place.name, place.namespace, place.team, place.composite, place.platform, place.defaults,
        asked=spec, spec=effective, facts=question.facts,
    )  # fmt: skip
    parts = compose.parts(app)
    manifests = {key: compose.finish(app, m) for part in parts for key, m in part.resources.items()}
    lookups = {name: lookup for part in parts for name, lookup in part.lookups.items()}
    conditions = (*acceptance.conditions, honored(held))
    return Plan(reports(parts, manifests), lookups, conditions, acceptance.refused), manifests


def honored(held: list[str]) -> Condition:
    """Whether all that is asked could be applied."""
    return SPEC_HONORED.false("Held", "; ".join(held)) if held else SPEC_HONORED.true("Honored")


def reports(
    parts: list[Part], manifests: Mapping[str, Manifest]
) -> tuple[tuple[Expectations, Reporter], ...]:
    """Each part's reporter, with what the part's objects must be like."""
    return tuple(
        ({key: expected(manifests[key], part.checks.get(key)) for key in sorted(part.resources)}, part.report)
        for part in parts
    )
