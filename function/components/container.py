"""Containers of a part: what all of them have in common, and what only the one that serves has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.place import Manifest

USER = 10001
"""User and group of every process. Lower ids than 10000 may be users of the node, says kube-score."""


@dataclass(frozen=True, slots=True)
class PodTemplate:
    """What differs between the pods of workloads."""

    image: str
    ports: Mapping[str, int]
    env: Sequence[Manifest]
    env_from: Sequence[Manifest]
    resources: Manifest
    probes: Manifest
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
    mounts: Mapping[str, str] = field(default_factory=dict)
    """Volume → path, read only."""
    volumes: Sequence[Manifest] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    """Further labels of the pods."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the pods. A change of them replaces the pods."""
    record: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the Deployment, for later calls."""


def serving(template: PodTemplate) -> Manifest:
    """What only a component's own container has, and no init container."""
    ports = [{"name": n, "containerPort": p, "protocol": "TCP"} for n, p in template.ports.items()]
    # Kubernetes stops a pod and removes it from load balancers at the same time, but those are slower.
    return {"ports": ports, "lifecycle": {"preStop": {"sleep": {"seconds": template.drain_seconds}}}}


def container(template: PodTemplate, name: str) -> Manifest:
    """What a component's container and its init containers have in common."""
    mounts = [{"name": name, "mountPath": path, "readOnly": True} for name, path in template.mounts.items()]
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
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}, *mounts],  # noqa: S108  # The pod's own.
    }


def probe(path: str, *, period: int, timeout: int, failures: int = 3) -> Manifest:
    """A probe of the http port every `period` seconds. With an empty path it only opens a connection."""
    action = {"httpGet": {"path": path, "port": "http"}} if path else {"tcpSocket": {"port": "http"}}
    return {**action, "periodSeconds": period, "timeoutSeconds": timeout, "failureThreshold": failures}


def variables(env: Mapping[str, str]) -> list[Manifest]:
    """A map as a container's env. It is sorted by name, because a Struct has no order of its own."""
    return [{"name": name, "value": env[name]} for name in sorted(env)]
