"""Containers of a part: what all of them have in common, and what only the one that serves has."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.place import Manifest

USER = 10001
"""User and group of every process. Lower ids than 10000 may be users of the node, says kube-score."""
STARTUP_SECONDS = 150
"""How long a container may take to start, unless the app says otherwise."""
STARTUP_PERIOD = 5
"""Seconds between two probes of a container that starts: so much later than it could, it gets traffic."""


@dataclass(frozen=True, slots=True)
class PodTemplate:
    """What differs between the pods of workloads."""

    image: str
    ports: Mapping[str, int]
    env: Sequence[Manifest]
    env_from: Sequence[Manifest]
    resources: Manifest
    probes: Manifest
    startup_seconds: int
    """How long the container may take to start."""
    mounts: Sequence[Manifest]
    """The containers' volumeMounts."""
    volumes: Sequence[Manifest]
    drain_seconds: int
    """How long a pod that must stop still serves, while load balancers remove it."""
    grace_seconds: int
    """From the order to stop until the pod is killed, draining included."""
    command: Sequence[str] | None = None
    args: Sequence[str] | None = None
    init: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Name → command of an init container with the same image."""
    init_env: Sequence[Manifest] = ()
    """Environment of the init containers."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Further labels of the pods."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the pods. A change of them replaces the pods."""
    record: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the Deployment, for later calls."""


def draining(seconds: int, grace: int) -> int:
    """How long a pod that must stop still serves: at most half of its time, so the rest is left to stop."""
    return min(seconds, grace // 2)


def serving(template: PodTemplate) -> Manifest:
    """What only a component's own container has, and no init container."""
    ports = [{"name": n, "containerPort": p, "protocol": "TCP"} for n, p in template.ports.items()]
    # Kubernetes stops a pod and removes it from load balancers at the same time, but those are slower.
    return {"ports": ports, "lifecycle": {"preStop": {"sleep": {"seconds": template.drain_seconds}}}}


def container(template: PodTemplate, name: str) -> Manifest:
    """What a component's container and its init containers have in common."""
    return {
        "name": name,
        "image": template.image,
        # A pod starts without the registry if its node has the image. A tag that is moved isn't noticed.
        "imagePullPolicy": "IfNotPresent",
        "command": template.command,
        "args": template.args,
        "env": list(template.env),
        "envFrom": list(template.env_from) or None,
        "resources": template.resources,
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "capabilities": {"drop": ["ALL"]},
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "volumeMounts": list(template.mounts),
    }


def startup_probe(path: str, timeout: int, seconds: int) -> Manifest:
    """A probe that a container must pass once, within so many seconds."""
    return probe(path, period=STARTUP_PERIOD, timeout=timeout, failures=math.ceil(seconds / STARTUP_PERIOD))


def probe(path: str, *, period: int, timeout: int, failures: int = 3) -> Manifest:
    """A probe of the http port every `period` seconds. With an empty path it only opens a connection."""
    action = {"httpGet": {"path": path, "port": "http"}} if path else {"tcpSocket": {"port": "http"}}
    return {**action, "periodSeconds": period, "timeoutSeconds": timeout, "failureThreshold": failures}


def variables(env: Mapping[str, str]) -> list[Manifest]:
    """A map as a container's env. It is sorted by name, because a Struct has no order of its own."""
    return [{"name": name, "value": env[name]} for name in sorted(env)]
