"""The environment of a part's containers."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from function.api.process import Process
from function.api.workload import Workload
from function.components.container import variables
from function.effective import EffectiveProcess
from function.place import Manifest

REFERENCE = re.compile(r"\$(?:\$|\(([^)]*)\))")
"""A reference to another variable, or the two characters that stand for one $: Expand in
third_party/forked/golang/expansion of Kubernetes."""


def environment(process: EffectiveProcess, *given: Iterable[Manifest]) -> list[Manifest]:
    """The env of a container: what is given, and what is asked for, which wins.

    Kubernetes replaces $(NAME) only if NAME stands before it in the list.
    """
    named: dict[str, Manifest] = {}
    for variable in chain(*given, asked_for(process)):
        named.pop(variable["name"], None)  # So that what wins has its own place in the list.
        named[variable["name"]] = variable
    return ordered(named)


def asked_for(process: EffectiveProcess) -> Iterator[Manifest]:
    """The variables that are asked for."""
    yield from variables(process.env)
    for name, reference in sorted(process.secret_env.items()):
        secret, key = reference.split("/")
        yield {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def env_from(process: EffectiveProcess) -> list[Manifest]:
    """The ConfigMaps and Secrets whose keys all become variables. A variable in env wins over them."""
    return [
        *({"configMapRef": {"name": name}} for name in process.config_maps),
        *({"secretRef": {"name": name}} for name in process.secrets),
    ]


def ordered(named: Mapping[str, Manifest]) -> list[Manifest]:
    """The variables in their order, but each after those that it refers to."""
    placed: dict[str, Manifest] = {}
    for name in named:
        place(name, named, placed, set())
    return list(placed.values())


def place(name: str, named: Mapping[str, Manifest], placed: dict[str, Manifest], begun: set[str]) -> None:
    """Place a variable, but first those that it refers to. `begun`: those that refer to it."""
    if name not in named or name in placed or name in begun:
        return
    for other in references(named[name].get("value", "")):
        place(other, named, placed, begun | {name})
    placed[name] = named[name]


def references(value: str) -> Iterator[str]:
    """The names that a value refers to.

    Behind its last ) there is none. Looking there for one would take time by the square of the length.
    """
    whole = value[: value.rfind(")") + 1]
    return (match[1] for match in REFERENCE.finditer(whole) if match[1] is not None)


def circles(path: str, asked: Process | None, given: Mapping[str, str], *, whole: bool) -> list[str]:
    """Variables that refer to themselves, as one sentence. Kubernetes can't replace all of them.

    `path`: of what is asked, in the spec. `given`: the variables that it has anyway. `whole`: whether whole
    ConfigMaps or Secrets become variables. One of them may be extended, as Kubernetes reads them first.
    """
    if asked is None:
        return []
    env = {name: value for name, value in given.items() if name not in asked.secret_env} | asked.env
    for name in sorted(asked.env):
        way = circle(env, name)
        if way and not (way == [name, name] and whole):
            shown = " → ".join(way)
            hint = (
                f"take one of the references out, or write $$({way[1]}) where the text $({way[1]}) is meant"
            )
            return [f"spec.{path}.env.{name}: must not refer to itself, as in {shown}; {hint}"]
    return []


def has_whole(workload: Workload | None) -> bool:
    """Whether whole ConfigMaps or Secrets become variables of a part."""
    return bool(workload and (workload.secrets or workload.config_maps))


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
