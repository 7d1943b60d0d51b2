"""References of environment variables to others, such as $(HOST), and those that lead back to themselves."""

import re
from collections import deque
from collections.abc import Mapping
from functools import lru_cache

from function.api.process import Process
from function.api.workload import Workload

REFERENCE = re.compile(r"\$(?:\$|\(([^)]*)\))")
"""A reference to another variable, or the two characters that stand for one $: Expand in
third_party/forked/golang/expansion of Kubernetes."""


@lru_cache(256)
def references(value: str) -> tuple[str, ...]:
    """The names that a value refers to, each once. It is kept, as workers and jobs have the backend's.

    Behind the last ) there is no reference. The pattern would look for one at each $( again, to the end.
    """
    names = (match[1] for match in REFERENCE.finditer(value, 0, value.rfind(")") + 1))
    return tuple(dict.fromkeys(name for name in names if name is not None))


def circles(path: str, asked: Process | None, given: Mapping[str, str], *, whole: bool) -> list[str]:
    """Variables that refer to themselves, as one sentence. Kubernetes can't replace all of them.

    `path`: of what is asked, in the spec. `given`: the variables that it has anyway. `whole`: whether whole
    ConfigMaps or Secrets become variables. One of them may be extended, as Kubernetes reads them first.
    """
    if asked is None:
        return []
    env = {name: value for name, value in given.items() if name not in asked.secret_env} | asked.env
    graph = {name: [other for other in references(value) if other in env] for name, value in env.items()}
    for name in sorted(asked.env.keys() & on_circles(graph)):
        way = circle(graph, name)
        if not (way == [name, name] and whole):
            shown = " → ".join(way)
            hint = (
                f"take one of the references out, or write $$({way[1]}) where the text $({way[1]}) is meant"
            )
            return [f"spec.{path}.env.{name}: must not refer to itself, as in {shown}; {hint}"]
    return []


def has_whole(workload: Workload | None) -> bool:
    """Whether whole ConfigMaps or Secrets become variables of a part."""
    return bool(workload and (workload.secrets or workload.config_maps))


Graph = Mapping[str, list[str]]
"""Variable → those that it refers to."""


def on_circles(graph: Graph) -> set[str]:
    """The variables that refer to themselves, also through others. Each reference is followed twice only.

    By Kosaraju: those that are reached backward, beginning with what was left last on the ways forward, refer
    to each other.
    """
    backward: dict[str, list[str]] = {name: [] for name in graph}
    for name, others in graph.items():
        for other in others:
            backward[other].append(name)
    left, seen, found = [], set[str](), set[str]()
    for name in graph:
        left += reached(graph, name, seen)
    seen = set()
    for name in reversed(left):
        together = reached(backward, name, seen)
        if len(together) > 1 or name in graph[name]:
            found.update(together)
    return found


def reached(graph: Graph, name: str, seen: set[str]) -> list[str]:
    """The variables on the ways from one, but for those seen before, in the order in which they are left."""
    left: list[str] = []
    if name not in seen:
        seen.add(name)
        for other in graph[name]:
            left += reached(graph, other, seen)
        left.append(name)
    return left


def circle(graph: Graph, name: str) -> list[str]:
    """The shortest way from a variable on a circle back to itself."""
    ways, seen = deque([[name]]), set[str]()
    while True:
        way = ways.popleft()
        for other in graph[way[-1]]:
            if other == name:
                return [*way, name]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
