"""Deployments that a careful engineer would have written: restricted, spread, and rolled without a gap."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.app import App
from function.components.spread import NODE, ZONE, apart, spread
from function.place import Manifest

USER = 10001
"""User and group of every process. Ids below 10000 may be users of the node, which would own what leaks."""


@dataclass(frozen=True, slots=True)
class PodTemplate:
    """What differs between workloads in what their pods run."""

    image: str
    ports: Mapping[str, int]
    env: Sequence[Manifest]
    env_from: Sequence[Manifest]
    resources: Manifest
    probes: Manifest
    drain_seconds: int
    """How long a pod goes on serving while load balancers forget it."""
    grace_seconds: int
    """From the order to stop until it is killed, draining included."""
    command: Sequence[str] | None = None
    args: Sequence[str] | None = None
    init: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Name → command of what must succeed before a pod starts, with the same image."""
    init_env: Sequence[Manifest] = ()
    """Environment of those."""
    mounts: Mapping[str, str] = field(default_factory=dict)
    """Volume → path, read only."""
    volumes: Sequence[Manifest] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    """Further labels of the pods."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the pods. Another one replaces them."""
    record: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the Deployment, for later calls."""


def deployment(
    app: App, component: str, replicas: int, template: PodTemplate, annotations: Mapping[str, str]
) -> Manifest:
    """The pods of a component. A new version replaces the old one pod by pod, each as it becomes ready."""
    labels = app.labels(component) | {"app.kubernetes.io/version": version(template.image)}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": app.metadata(component, annotations=dict(annotations)) | {"labels": labels},
        "spec": {
            "replicas": replicas,
            # Old ReplicaSets only show what ran before: going back is a commit, not `kubectl rollout undo`.
            "revisionHistoryLimit": 5,
            # Kubernetes' default, stated because it is what turns the app's status into "stuck".
            "progressDeadlineSeconds": 600,
            # A pod that crashes right after its first good answer doesn't count, so the rollout stops at it.
            "minReadySeconds": 5,
            # Never fewer pods than asked. The price is room for one more pod while a version rolls out.
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "selector": {"matchLabels": app.selector(component)},
            "template": {
                "metadata": {
                    "labels": {**labels, **template.labels},
                    "annotations": dict(template.annotations) or None,
                },
                "spec": pod(app, component, template),
            },
        },
    }


def pod(app: App, component: str, template: PodTemplate) -> Manifest:
    """The pod template's spec: passes Pod Security's restricted profile."""
    selector = app.selector(component)
    # Without the hash, pods of the old version count too, and the new ones end up on one node.
    constraints = [spread(key, selector, match_label_keys=["pod-template-hash"]) for key in (ZONE, NODE)]
    return {
        "serviceAccountName": app.named(component),
        # An app that is broken into has no way to the API server.
        "automountServiceAccountToken": False,
        # A variable for each Service of the namespace could change what an app reads from its environment.
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": template.grace_seconds,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            # Files of mounted volumes belong to this group, so the process can read them.
            "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "topologySpreadConstraints": constraints,
        "affinity": {"podAntiAffinity": apart(selector)},
        "initContainers": [
            container(template, name)
            | {"command": list(command), "args": None, "env": list(template.init_env)}
            for name, command in template.init.items()
        ]
        or None,
        "containers": [container(template, component) | template.probes | serving(template)],
        # A pod that fills it is evicted, instead of filling its node's disk.
        "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}, *template.volumes],
    }


def serving(template: PodTemplate) -> Manifest:
    """What a component's own container has that its init containers have not."""
    ports = [{"name": n, "containerPort": p, "protocol": "TCP"} for n, p in template.ports.items()]
    # A pod is told to stop at the same moment as load balancers are told to forget it. Those are slower.
    return {"ports": ports, "lifecycle": {"preStop": {"sleep": {"seconds": template.drain_seconds}}}}


def container(template: PodTemplate, name: str) -> Manifest:
    """What a component's container and its init containers have in common."""
    mounts = [{"name": name, "mountPath": path, "readOnly": True} for name, path in template.mounts.items()]
    return {
        "name": name,
        "image": template.image,
        # A tag or digest means one content for ever, so a pod starts although the registry is down.
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
    """Ask the http port every `period` seconds; an empty path only opens a connection."""
    how = {"httpGet": {"path": path, "port": "http"}} if path else {"tcpSocket": {"port": "http"}}
    return {**how, "periodSeconds": period, "timeoutSeconds": timeout, "failureThreshold": failures}


def variables(env: Mapping[str, str]) -> list[Manifest]:
    """A map as a container's env, by name: a Struct has no order of its own."""
    return [{"name": name, "value": env[name]} for name in sorted(env)]


def version(image: str) -> str:
    """The image's tag as a label value, else the start of its digest."""
    tag = re.search(r":([^:/@]+)(?:@|$)", image)
    return tag[1][:63].strip("-_.") if tag else ""
