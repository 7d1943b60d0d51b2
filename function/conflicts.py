"""What Kubernetes refuses of an overridden object as a whole: fields that exclude or need each other.

Crossplane would apply it again and again, and only an event would say why. The rules are those of pkg/apis in
Kubernetes: apps, core and policy, validation.go of each.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pydantic

from function.api.platform.pods import Toleration
from function.explain import explain
from function.overridable import Path
from function.read import at, items, number

Fault = tuple[Path, str]
"""Where and why."""

OF_BALANCERS = ("allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges")


def conflicts(kind: str, manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """The faults of an object of a kind."""
    match kind:
        case "Deployment":
            yield from of_rollout(manifest)
            yield from of_pods(manifest, ("spec", "template", "spec"))
        case "CronJob":
            yield from of_pods(manifest, ("spec", "jobTemplate", "spec", "template", "spec"))
        case "Service":
            yield from of_service(manifest)
        case "PodDisruptionBudget" if None not in (at(manifest, *MIN), at(manifest, *MAX)):
            yield MIN, "can't stand beside maxUnavailable; write maxUnavailable: null too"


MIN, MAX = ("spec", "minAvailable"), ("spec", "maxUnavailable")


def of_rollout(deployment: Mapping[str, Any]) -> Iterator[Fault]:
    """How pods of a new version replace those of the old one."""
    strategy = at(deployment, "spec", "strategy")
    if at(strategy, "type") == "Recreate" and at(strategy, "rollingUpdate") is not None:
        where = ("spec", "strategy", "type")
        yield where, "Recreate can't stand beside rollingUpdate; write rollingUpdate: null too"
    ready, deadline = (at(deployment, "spec", key) for key in ("minReadySeconds", "progressDeadlineSeconds"))
    if deadline is not None and deadline <= (ready or 0):
        yield ("spec", "progressDeadlineSeconds"), f"must be more than minReadySeconds, which is {ready or 0}"


def of_pods(manifest: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    """The pods of a template at a path."""
    pod = at(manifest, *path)
    drain = number(pod, "containers", 0, "lifecycle", "preStop", "sleep", "seconds")
    grace = at(pod, "terminationGracePeriodSeconds")
    if grace is not None and grace < drain:
        why = f"must be at least {drain}: so long it still serves; shutdownSeconds of the part sets both"
        yield (*path, "terminationGracePeriodSeconds"), why
    if at(pod, "dnsPolicy") == "None" and not items(pod, "dnsConfig", "nameservers"):
        yield (*path, "dnsPolicy"), "None needs dnsConfig.nameservers"
    for index, toleration in enumerate(items(pod, "tolerations")):
        try:
            Toleration.model_validate(toleration)
        except pydantic.ValidationError as error:
            for where, sentence in explain(error, Toleration):
                yield (*path, "tolerations", str(index), *map(str, where)), sentence


def of_service(service: Mapping[str, Any]) -> Iterator[Fault]:
    """The type of a Service, and what needs another one."""
    spec = at(service, "spec")
    type_ = at(spec, "type")
    for key in OF_BALANCERS:
        if at(spec, key) is not None and type_ != "LoadBalancer":
            yield ("spec", key), f"needs type: LoadBalancer, and the type is {type_}"
    if at(spec, "externalTrafficPolicy") is not None and type_ not in ("LoadBalancer", "NodePort"):
        where = ("spec", "externalTrafficPolicy")
        yield where, f"needs type: LoadBalancer or NodePort, and the type is {type_}"
    if at(spec, "sessionAffinityConfig") is not None and at(spec, "sessionAffinity") != "ClientIP":
        yield ("spec", "sessionAffinityConfig"), "needs sessionAffinity: ClientIP"
