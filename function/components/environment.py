"""The environment of a part's containers."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from function.components.container import variables
from function.components.references import references
from function.effective import EffectiveProcess
from function.place import Manifest


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
