"""A component is complete: it is composed, and it decides what its part of the spec does."""

import importlib
import inspect
import pkgutil
from dataclasses import fields
from typing import get_args, get_type_hints

from function import components, compose
from function.api.nodeapp import Spec
from function.app import Component, Observed
from function.effective import EffectiveSpec
from function.facts import Facts
from function.finish import finish

WITHOUT_A_COMPONENT = {"team", "environment", "overrides"}
"""Fields of the spec that are for every component: a label, the choice of the profile, and patches."""


def test_every_component_is_composed() -> None:
    """Every `Component` record in function/components is in the list that is composed."""
    modules = pkgutil.walk_packages(components.__path__, f"{components.__name__}.")
    records = {
        record.name
        for module in modules
        for record in vars(importlib.import_module(module.name)).values()
        if isinstance(record, Component)
    }
    composed = [each.name for each in compose.COMPONENTS]
    assert len(composed) == len(set(composed)), "two components in compose.COMPONENTS have one name"
    forgotten = records - set(composed)
    assert not forgotten, f"add these components to COMPONENTS in function/compose.py: {forgotten}"


def test_every_field_of_the_spec_is_in_force() -> None:
    """Every field at the spec's root has one in the spec in force: else nobody could decide what it does."""
    forgotten = (
        Spec.model_fields.keys() - WITHOUT_A_COMPONENT - {field.name for field in fields(EffectiveSpec)}
    )
    assert not forgotten, f"without effect until EffectiveSpec in function/effective.py has them: {forgotten}"


def test_components_fill_their_own_fields() -> None:
    """A component's facts and its slice of the spec in force have the types of the fields it is named by."""
    facts, effective = get_type_hints(Facts), get_type_hints(EffectiveSpec)
    for each in compose.COMPONENTS:
        if each.read:
            filled = facts.pop(each.name, None)
            assert filled, f"{each.name} has `read`: add its field to Facts in function/facts.py"
            assert get_type_hints(each.read)["return"] == filled, f"{each.name}: `read` returns another type"
        if each.resolve:
            filled = effective.pop(each.name, None)
            assert filled, (
                f"{each.name} has `resolve`: add its field to EffectiveSpec in function/effective.py"
            )
            resolved, _ = get_args(get_type_hints(each.resolve)["return"])
            assert resolved == filled, f"{each.name}: `resolve` returns another type"
    remedy = "by no component of COMPONENTS in function/compose.py: add the component, or the function to it"
    assert not facts, f"these fields of Facts are read {remedy}: {sorted(facts)}"
    assert not effective, f"these fields of EffectiveSpec are resolved {remedy}: {sorted(effective)}"


def test_builders_see_nothing_observed() -> None:
    """What is built follows from the question alone: no builder and no resolver takes what is observed."""
    of_components = [
        function
        for each in compose.COMPONENTS
        for function in (each.build, each.resolve, each.problems, each.idle)
        if function
    ]
    assert len(of_components) > 2 * len(compose.COMPONENTS)
    for function in (*of_components, compose.parts, compose.resolve, finish):
        hints = inspect.get_annotations(function, eval_str=True)
        assert Observed not in hints.values(), f"{function} takes Observed: read facts in `read` instead"
