"""Deployments that a careful engineer would have written: restricted, spread, and rolled without a gap."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.app import App, Manifest

USER = 10001
"""Any id of 10000 or more can't be one of the node's own users."""


@dataclass(frozen=True, slots=True)
class Pods:
    """What differs between roles in what their pods run."""

    image: str
    ports: Mapping[str, int]
    env: Sequence[Manifest]
    env_from: Sequence[Manifest]
    resources: Manifest
    probes: Manifest
    drain: int
    """Seconds a pod goes on serving while load balancers forget it."""
    grace: int
    """Seconds from the order to stop until it is killed."""
    command: Sequence[str] | None = None
    args: Sequence[str] | None = None
    init: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Name → command of what must succeed before a pod starts, with the same image."""
    init_env: Sequence[Manifest] = ()
    """Environment of those."""
    mounts: Mapping[str, str] = field(default_factory=dict)
    """Volume → path, read only."""
    volumes: Sequence[Manifest] = ()


def deployment(app: App, role: str, replicas: int, pods: Pods, notes: Mapping[str, str]) -> Manifest:
    """The pods of a role. A new version replaces the old one pod by pod, and only as it becomes ready."""
    labels = app.labels(role) | {"app.kubernetes.io/version": version(pods.image)}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": app.metadata(role, annotations=dict(notes)) | {"labels": labels},
        "spec": {
            "replicas": replicas,
            "revisionHistoryLimit": 5,
            "progressDeadlineSeconds": 600,
            "minReadySeconds": 5,
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "selector": {"matchLabels": app.selector(role)},
            "template": {"metadata": {"labels": labels}, "spec": pod(app, role, pods)},
        },
    }


def pod(app: App, role: str, pods: Pods) -> Manifest:
    """The pod template's spec: passes Pod Security's restricted profile."""
    return {
        "serviceAccountName": app.named(role),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": pods.grace,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "topologySpreadConstraints": [
            spread(app, role, "topology.kubernetes.io/zone"),
            spread(app, role, "kubernetes.io/hostname"),
        ],
        "affinity": {
            "podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [apart(app, role)]}
        },
        "initContainers": [
            container(pods, name) | {"command": list(command), "args": None, "env": list(pods.init_env)}
            for name, command in pods.init.items()
        ]
        or None,
        "containers": [
            container(pods, role)
            | pods.probes
            | {
                "ports": [{"name": n, "containerPort": p, "protocol": "TCP"} for n, p in pods.ports.items()],
                "lifecycle": {"preStop": {"sleep": {"seconds": pods.drain}}},
            }
        ],
        "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}, *pods.volumes],
    }


def container(pods: Pods, name: str) -> Manifest:
    """What a role's container and its init containers have in common."""
    mounts = [{"name": volume, "mountPath": path, "readOnly": True} for volume, path in pods.mounts.items()]
    return {
        "name": name,
        "image": pods.image,
        "imagePullPolicy": "IfNotPresent",
        "command": pods.command,
        "args": pods.args,
        "env": list(pods.env),
        "envFrom": list(pods.env_from) or None,
        "resources": pods.resources,
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


def spread(app: App, role: str, topology: str) -> Manifest:
    """Keep the pods of one version evenly over the nodes or zones, where there are several."""
    return {
        "maxSkew": 1,
        "topologyKey": topology,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": app.selector(role)},
        "matchLabelKeys": ["pod-template-hash"],
    }


def apart(app: App, role: str) -> Manifest:
    """Prefer nodes that have none of these pods. Spreading does that too, but linters only know this."""
    selector = {"matchLabels": app.selector(role)}
    return {
        "weight": 100,
        "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname", "labelSelector": selector},
    }


def probe(path: str, period: int, timeout: int, failures: int = 3) -> Manifest:
    """Ask the http port, in seconds; an empty path only opens a connection."""
    how = {"httpGet": {"path": path, "port": "http"}} if path else {"tcpSocket": {"port": "http"}}
    return {**how, "periodSeconds": period, "timeoutSeconds": timeout, "failureThreshold": failures}


def variables(env: Mapping[str, str]) -> list[Manifest]:
    """A map as a container's env, by name: a Struct has no order of its own."""
    return [{"name": name, "value": env[name]} for name in sorted(env)]


def version(image: str) -> str:
    """The image's tag as a label value, else the start of its digest."""
    tag = re.search(r":([^:/@]+)(?:@|$)", image)
    return tag[1][:63].strip("-_.") if tag else ""
