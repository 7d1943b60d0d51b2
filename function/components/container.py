"""Containers: what all of them have in common, and what only the one that serves has."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.components.folders import Folders
from function.place import Manifest

USER = 10001
"""User and group of every process. Lower ids than 10000 may be users of the node, says kube-score."""
STARTUP_SECONDS = 150
"""How long a container may take to start, unless the app says otherwise."""
STARTUP_PERIOD = 5
"""Seconds between two probes of a container that starts: so much later than it could, it gets traffic."""


@dataclass(frozen=True, slots=True)
class Program:
    """What a container runs."""

    image: str
    env: Sequence[Manifest]
    env_from: Sequence[Manifest]
    resources: Manifest
    folders: Folders
    """What it mounts, and the volumes that its pod needs for that."""
    command: Sequence[str] | None = None
    args: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class PodTemplate:
    """What differs between the pods of an app's components."""

    program: Program
    account: str
    """The component whose ServiceAccount the pods have."""
    grace_seconds: int
    """From the order to stop until the pod is killed, draining included."""
    serving: Manifest = field(default_factory=dict)
    """What a container that listens has besides: ports, probes, and a while in which it still serves."""
    min_ready_seconds: int = 5
    """A new pod that crashes within so many seconds of being ready stops the rollout."""
    startup_seconds: int = STARTUP_SECONDS
    """How long the container may take to start."""
    init: Mapping[str, Program] = field(default_factory=dict)
    """Init containers by name."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Further labels of the pods."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the pods. A change of them replaces the pods."""
    record: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the Deployment, for later calls."""


def serving(ports: Mapping[str, int], probes: Manifest, drain: int, grace: int) -> Manifest:
    """What a container that listens has. `drain`: seconds that it still serves while load balancers drop it.

    Kubernetes stops a pod and removes it from load balancers at the same time, but those are slower. At most
    half of the pod's time to stop is spent on that, and the rest is left for what it has to finish.
    """
    return {
        "ports": [{"name": n, "containerPort": p, "protocol": "TCP"} for n, p in ports.items()],
        "lifecycle": {"preStop": {"sleep": {"seconds": min(drain, grace // 2)}}},
        **probes,
    }


def container(program: Program, name: str) -> Manifest:
    """What all containers have in common."""
    return {
        "name": name,
        "image": program.image,
        # A pod starts without the registry if its node has the image. A tag that is moved isn't noticed.
        "imagePullPolicy": "IfNotPresent",
        "command": program.command,
        "args": program.args,
        "env": list(program.env),
        "envFrom": list(program.env_from) or None,
        "resources": program.resources,
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
        "volumeMounts": list(program.folders.mounts),
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
