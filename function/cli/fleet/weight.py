"""How much of an app a change moves, in numbers that add up over a fleet."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from function.app import Object
from function.cli.running import Running
from function.components.database.keys import CLUSTER
from function.read import at, items, number, text


class Weight(NamedTuple):
    """What a change moves."""

    hosts: int = 0
    """Hosts that are gone, or are served by an object of another kind."""
    pods: int = 0
    """Pods that are replaced, those of databases included."""


def weight(before: Running | None, after: Running) -> Weight:
    """What moves between two states. Nothing does if the later one is refused: what runs goes on."""
    if before is None or after.outcome.refusal:
        return Weight()
    old, new = before.objects, after.objects
    served = dict(hosts(new))
    moved = sum(served.get(host) != kind for host, kind in dict(hosts(old)).items())
    return Weight(moved, sum(replaced(old[key], new[key], key, new) for key in old.keys() & new.keys()))


def hosts(objects: Mapping[str, Object]) -> Iterator[tuple[str, str]]:
    """Each host with the kind of object that serves it."""
    for _, manifest in sorted(objects.items()):
        if manifest["kind"] == "HTTPRoute":
            yield from ((host, "HTTPRoute") for host in items(manifest, "spec", "hostnames"))
        elif manifest["kind"] == "Ingress":
            rules = items(manifest, "spec", "rules")
            yield from ((host, "Ingress") for each in rules if (host := text(each, "host")))


def replaced(old: Object, new: Object, key: str, objects: Mapping[str, Object]) -> int:
    """How many pods of a workload are replaced. An autoscaler has at least its minimum."""
    if key == CLUSTER:
        images = [text(each, "spec", "imageName") for each in (old, new)]
        return number(new, "spec", "instances") if images[0] != images[1] else 0
    templates = [at(each, "spec", "template") for each in (old, new)]
    if None in templates or templates[0] == templates[1]:
        return 0
    autoscaler = objects.get(f"{key.removesuffix('-deployment')}-hpa")
    return number(new, "spec", "replicas") or number(autoscaler, "spec", "minReplicas")
