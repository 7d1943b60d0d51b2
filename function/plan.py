"""The plan of an app, as a pure function of a hashable Question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from function import compose
from function.accept import POLICY_COMPLIANT, Readable, accept
from function.api.platform import Platform
from function.app import App, Lookup, Part, Reporter
from function.carried import undecodable
from function.facts import Facts
from function.finish import finish
from function.identity import Fatal, Identity
from function.place import Manifest
from function.ready import Expected, expected
from function.report import Condition, ConditionType


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that a plan depends on. It is the memo's key, so all of it is hashable."""

    who: Identity
    spec: bytes | None
    """None: it is nested too deeply to be decoded."""
    accepted: bytes | None
    platform: bytes | None
    input: bytes | None
    platform_known: bool
    observed: bool
    """Whether any composed resource exists."""
    level: int
    """Level of the function that composed the app last; 0: none did."""
    facts: Facts


SPEC_HONORED = ConditionType("SpecHonored")
OLDER_FUNCTION: Final = "OlderFunction"

Expectations = Mapping[str, Expected]
"""Key → what that object must be like to be ready. Of a part, sorted by key."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to report on what is observed. Calls share it, so nobody may change it."""

    reports: tuple[tuple[Expectations, Reporter], ...]
    """For each part what its objects must be like, and its reporter."""
    lookups: Mapping[str, Lookup]
    conditions: tuple[Condition, ...]
    """Conditions that don't depend on what is observed."""
    refused: bool
    repeated: bool
    """Whether the status repeats the refused spec."""

    @property
    def expectations(self) -> Expectations:
        """What all objects must be like, part by part."""
        return {key: each for expected, _ in self.reports for key, each in expected.items()}


def make(
    question: Question, platform: Platform, decode: Callable[[bytes], Mapping[str, Any]]
) -> tuple[Plan, Mapping[str, Manifest]]:
    """Accept, resolve, compose and finish. The objects aren't in the plan, since the memo keeps them encoded.

    Raises Fatal where nothing can be composed safely.
    """
    if question.level > compose.LEVEL and not platform.allow_older_function:
        raise Fatal(OLDER_FUNCTION, older_function(question.level))
    unchanged = (
        question.spec is not None and question.spec == question.accepted
    )  # As bytes, because Python takes True for 1.
    asked = undecodable(question.spec) or decode(question.spec or b"")
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
    # The lookups of a refused spec are kept. Without them the requirements would change from round to round,
    # and Crossplane gives up on that.
    lookups = {} if acceptance.asked is None else lookups_of(composed(acceptance.asked, question.facts)[1])
    if acceptance.chosen is None:
        idle = compose.idle(question.facts)
        moot = (POLICY_COMPLIANT.not_applicable(), SPEC_HONORED.not_applicable())
        conditions = (*acceptance.conditions, *moot)
        return Plan(reports(idle, {}), lookups, conditions, acceptance.refused, acceptance.repeated), {}
    app, parts, held = composed(acceptance.chosen, question.facts)
    manifests = {key: finish(app, key, m) for part in parts for key, m in part.resources.items()}
    kept = [sentence for part in parts for sentence in part.kept]
    conditions = (*acceptance.conditions, honored(held, kept))
    lookups |= lookups_of(parts)
    made = Plan(reports(parts, manifests), lookups, conditions, acceptance.refused, acceptance.repeated)
    return made, manifests


def composed(readable: Readable, facts: Facts) -> tuple[App, list[Part], list[str]]:
    """What `compose.composed` makes of a spec that can be read."""
    return compose.composed(readable.place, readable.spec, facts)


def lookups_of(parts: list[Part]) -> dict[str, Lookup]:
    """The lookups of all parts."""
    return {name: lookup for part in parts for name, lookup in part.lookups.items()}


def older_function(level: int) -> str:
    """Why a function changes nothing in an app that a newer one composed."""
    return (
        f"a newer function composed this app (level {level}, this one is of level {compose.LEVEL}), and this "
        "one would delete objects that it doesn't know; nothing is changed until the newer function is back "
        "(to go on with this one, set allowOlderFunction: true on the Platform)"
    )


def honored(held: list[str], kept: list[str]) -> Condition:
    """Whether all that is asked is applied. `kept`: what stays as it is against a default only."""
    said = "; ".join((*held, *kept))
    return SPEC_HONORED.false("Held", said) if held else SPEC_HONORED.true("Honored", said)


def reports(
    parts: list[Part], manifests: Mapping[str, Manifest]
) -> tuple[tuple[Expectations, Reporter], ...]:
    """Each part's reporter, with what the part's objects must be like."""
    return tuple(
        ({key: expected(manifests[key], part.checks.get(key)) for key in sorted(part.resources)}, part.report)
        for part in parts
    )
