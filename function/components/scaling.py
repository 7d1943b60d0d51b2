"""How many pods a part has: as many as are asked for, or as an autoscaler says."""

from collections.abc import Iterator
from typing import Any

from function.api.process import LongRunning
from function.api.scaling import Scaling
from function.app import App, Object
from function.facts import ReplicaFacts
from function.managers import CROSSPLANE, managers
from function.place import Manifest, Place
from function.read import number, text


def read(deployment: Object | None, autoscaler: Object | None) -> ReplicaFacts:
    """The facts about a Deployment's replicas. `autoscaler`: the HorizontalPodAutoscaler that we composed."""
    deciding = list(owners(deployment))
    by_autoscaler = any(text(each, "subresource") == "scale" for each in deciding)
    ours = any((text(each, "manager") or "").startswith(CROSSPLANE) for each in deciding)
    return ReplicaFacts(
        count=number(deployment, "spec", "replicas"),
        autoscaled=by_autoscaler and not ours,
        has_own_autoscaler=autoscaler is not None,
    )


def owners(deployment: Object | None) -> Iterator[Any]:
    """The entries of managedFields that own spec.replicas. `kubectl scale` isn't meant to last, so it
    doesn't count."""
    for each in managers(deployment, "spec", "replicas"):
        if not (text(each, "manager") or "").startswith("kubectl"):
            yield each


def resolve(
    place: Place, path: str, component: str, asked: LongRunning, facts: ReplicaFacts
) -> tuple[int | None, list[str]]:
    """The replicas to state, and what is held. None: an autoscaler decides. `path`: of what is asked.

    Left out before an autoscaler owns the field, it would fall to 1, Kubernetes' default. An autoscaler
    that agrees with the number never takes the field, so until then what runs is stated.
    """
    if asked.scaling is not None:
        bounds = asked.scaling
        return None if facts.autoscaled else min(max(facts.count, bounds.min), bounds.max), []
    want = least(place, asked)
    if not facts.autoscaled or facts.has_own_autoscaler:
        return want, []
    why = f"an autoscaler that isn't this NodeApp's decides; use {path}.scaling, or delete it and run"
    command = f"kubectl scale deployment {place.named(component)} -n {place.namespace} --replicas={want}"
    held = f"{path}.replicas: kept {facts.count} and not {want}, {why} {command}"
    return None, [held] if asked.replicas is not None and asked.replicas != facts.count else []


def least(place: Place, asked: LongRunning) -> int:
    """Fewest pods that are meant to run."""
    if asked.scaling is not None:
        return asked.scaling.min
    return place.defaults.replicas if asked.replicas is None else asked.replicas


def autoscaler(app: App, component: str, scaling: Scaling) -> Manifest:
    """The HorizontalPodAutoscaler of a Deployment."""
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": app.named(component)}
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": scaling.cpu}}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": app.metadata(component),
        "spec": {
            "scaleTargetRef": target,
            "minReplicas": scaling.min,
            "maxReplicas": scaling.max,
            "metrics": [{"type": "Resource", "resource": cpu}],
        },
    }
