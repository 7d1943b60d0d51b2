"""Damage to NodeApps and requests: values that are missing or are something else."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pydantic
from hypothesis import strategies as st

from function.api.nodeapp import Spec
from tests.spec_strategies import specs

JUNK = st.recursive(
    st.sampled_from(["", "x", "-1Gi", "1e9999", "NaN", True, 0, -1, 3.5, 1e300]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
"""Values that no field takes, or that the wrong field gets."""


@st.composite
def broken_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec that is refused: a good one with junk in a place or two."""
    spec = draw(specs())
    broken: dict[str, Any] = draw(damage(spec, JUNK).map(lambda d: apply_damage(spec, d)).filter(refused))
    return broken


def refused(spec: dict[str, Any]) -> bool:
    """Whether no NodeApp may have this spec."""
    try:
        Spec.model_validate(spec)
    except pydantic.ValidationError:
        return True
    return False


class Damage(NamedTuple):
    """One value of a tree that is missing, or is another one."""

    path: tuple[str | int, ...]
    gone: bool
    instead: Any


@st.composite
def damage(draw: st.DrawFn, tree: Any, junk: st.SearchStrategy[Any]) -> list[Damage]:
    """Damage of one to three values. managedFields stay whole: nobody reads them."""
    done = []
    for _ in range(draw(st.integers(1, 3))):
        path: tuple[str | int, ...] = ()
        at = tree
        while children := steps(at):
            step = draw(st.sampled_from(children))
            path, at = (*path, step), at[step]
            if draw(st.integers(0, 3)) == 0:
                break
        if path:
            done.append(Damage(path, draw(st.booleans()), draw(junk)))
    return done


def steps(tree: Any) -> list[Any]:
    """Keys or indexes of a map or list."""
    if isinstance(tree, Mapping):
        return [key for key in sorted(tree) if key != "managedFields"]
    return list(range(len(tree))) if isinstance(tree, list) else []


def apply_damage(tree: Any, done: list[Damage]) -> Any:
    """A tree after damage, as far as its places are still there."""
    for each in done:
        tree = spoilt(tree, each)
    return tree


def spoilt(tree: Any, done: Damage) -> Any:
    """A tree after one damage."""
    step, rest = done.path[0], done.path[1:]
    if step not in steps(tree):
        return tree
    below = spoilt(tree[step], done._replace(path=rest)) if rest else done.instead
    gone = done.gone and not rest
    if isinstance(tree, list):
        return [below if i == step else item for i, item in enumerate(tree) if i != step or not gone]
    return {key: below if key == step else item for key, item in tree.items() if key != step or not gone}
