"""The environment of a part's containers."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from function.api.workload import Workload
from function.components.container import variables
from function.effective import EffectiveWorkload
from function.place import Manifest

REFERENCE = re.compile(r"\$(?:\$|\(([^)]*)\))")
"""A reference to another variable, or the two characters that stand for one $: Expand in
third_party/forked/golang/expansion of Kubernetes."""


def environment(workload: EffectiveWorkload, *given: Iterable[Manifest]) -> list[Manifest]:
    """The env of a container: what is given, and what is asked for, which wins.

    Kubernetes replaces $(NAME) only if NAME stands before it in the list.
    """
    named: dict[str, Manifest] = {}
    for variable in chain(*given, asked_for(workload)):
        named.pop(variable["name"], None)  # So that what wins has its own place in the list.
        named[variable["name"]] = variable
    return ordered(named)


def asked_for(workload: EffectiveWorkload) -> Iterator[Manifest]:
    """The variables that a part asks for."""
    yield from variables(workload.env)
    for name, reference in sorted(workload.secret_env.items()):
        secret, key = reference.split("/")
        yield {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def env_from(workload: EffectiveWorkload) -> list[Manifest]:
    """The ConfigMaps and Secrets whose keys all become variables. A variable in env wins over them."""
    return [
        *({"configMapRef": {"name": name}} for name in workload.config_maps),
        *({"secretRef": {"name": name}} for name in workload.secrets),
    ]


def ordered(named: Mapping[str, Manifest]) -> list[Manifest]:
    """The variables in their order, but each after those that it refers to."""
    placed: dict[str, Manifest] = {}
    visited: set[str] = set()

    def place(name: str) -> None:
        if name in named and name not in visited:
            visited.add(name)
            for other in references(named[name].get("value", "")):
                place(other)
            placed[name] = named[name]

    for name in named:
        place(name)
    return list(placed.values())


def references(value: str) -> Iterator[str]:
    """The names that a value refers to."""
    return (match[1] for match in REFERENCE.finditer(value) if match[1] is not None)


def circles(part: str, asked: Workload | None, given: Mapping[str, str]) -> list[str]:
    """Variables of a part that refer to themselves, as one sentence. Kubernetes can't replace all of them.

    `given`: the variables that the part has from the platform.
    """
    if asked is None:
        return []
    env = {name: value for name, value in given.items() if name not in asked.secret_env} | asked.env
    for name in sorted(asked.env):
        way = circle(env, name)
        # A variable may extend the value that a whole ConfigMap or Secret gives it.
        if way and not (way == [name, name] and (asked.secrets or asked.config_maps)):
            shown = " → ".join(way)
            hint = (
                f"take one of the references out, or write $$({way[1]}) where the text $({way[1]}) is meant"
            )
            return [f"spec.{part}.env.{name}: must not refer to itself, as in {shown}; {hint}"]
    return []


def circle(env: Mapping[str, str], name: str) -> list[str]:
    """The shortest way by references from a variable back to itself; empty if there is none."""
    ways, seen = deque([[name]]), set[str]()
    while ways:
        way = ways.popleft()
        for other in references(env.get(way[-1], "")):
            if other == name:
                return [*way, name]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []
