"""The pure heart: a hashable question, and the plan that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from function import accept, compose
from function.app import App, Condition, Lookup, Manifest, Part, Reporter, not_applicable
from function.identity import Identity
from function.platform import Platform
from function.ready import Wanted, wanted
from function.spec import Kept


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
    kept: Kept


HONORED = "SpecHonored"

Expected = Mapping[str, Wanted]
"""Key → what that object is judged by. Sorted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to judge and tell what is observed. Shared between calls: nobody changes it."""

    reports: tuple[tuple[Expected, Reporter], ...]
    """Part by part: what its objects are judged by, and who speaks for them."""
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
    verdict = accept.judge(
        question.who, platform, asked, accepted, unchanged=unchanged, observed=question.observed
    )
    if verdict.chosen is None:
        parts = compose.idle(question.kept)
        gone = (not_applicable(accept.POLICY), not_applicable(HONORED))
        return Plan(told(parts, {}), {}, (*verdict.conditions, *gone), verdict.refused), {}
    place, spec = verdict.chosen
    effective, held = compose.resolve(place, spec, question.kept)
    app = App(
        place.name, place.namespace, place.team, place.composite, place.platform, place.profile,
        asked=spec, spec=effective, kept=question.kept,
    )  # fmt: skip
    parts = compose.parts(app)
    manifests = {key: compose.finish(app, m) for part in parts for key, m in part.resources.items()}
    lookups = {name: lookup for part in parts for name, lookup in part.lookups.items()}
    conditions = (*verdict.conditions, honored(held))
    return Plan(told(parts, manifests), lookups, conditions, verdict.refused), manifests


def honored(held: list[str]) -> Condition:
    """Whether all that is asked could be applied."""
    return Condition(HONORED, not held, "Held" if held else "Honored", "; ".join(held))


def told(parts: list[Part], manifests: Mapping[str, Manifest]) -> tuple[tuple[Expected, Reporter], ...]:
    """Who speaks for which objects, and what those are judged by."""
    return tuple(
        ({key: wanted(manifests[key], part.checks.get(key)) for key in sorted(part.resources)}, part.report)
        for part in parts
    )
