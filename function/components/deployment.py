"""Deployments: restricted by Pod Security, spread over nodes and zones, and rolled out without a gap."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.app import App
from function.components.spread import NODE, ZONE, apart, spread
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


def deployment(
    app: App, component: str, replicas: int | None, template: PodTemplate, annotations: Mapping[str, str]
) -> Manifest:
    """The pods of a component. A new version replaces the old one pod by pod, each as it becomes ready.

    `replicas` is None where an autoscaler decides.
    """
    labels = app.labels(component) | {"app.kubernetes.io/version": version(template.image)}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": app.metadata(component, annotations=dict(annotations)) | {"labels": labels},
        "spec": {
            "replicas": replicas,
            # Old ReplicaSets only show what ran before: a rollback is a commit, not `kubectl rollout undo`.
            "revisionHistoryLimit": 5,
            # Kubernetes' default, stated because the app's status names the rollout that exceeds it.
            "progressDeadlineSeconds": 600,
            # A pod that crashes within five seconds of its first good answer stops the rollout.
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
    # Without the hash, pods of the old version count too, and all new ones may end up on one node.
    constraints = [spread(key, selector, match_label_keys=["pod-template-hash"]) for key in (ZONE, NODE)]
    pods = app.platform.pods
    return {
        "priorityClassName": pods.priority_class_name,
        "nodeSelector": dict(pods.node_selector) or None,
        "tolerations": [each.model_dump(by_alias=True, exclude_none=True) for each in pods.tolerations]
        or None,
        "hostUsers": pods.host_users,
        "serviceAccountName": app.named(component),
        # An attacker in the pod finds no token for the API server.
        "automountServiceAccountToken": False,
        # Else Kubernetes sets variables for each Service of the namespace, which an app may read by mistake.
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": template.grace_seconds,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            # Files of mounted volumes get this group, so the process can read them.
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
        # The kubelet evicts a pod that writes more, before it fills the node's disk.
        "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}, *template.volumes],
    }


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


def version(image: str) -> str:
    """The image's tag as a label value, else the start of its digest."""
    tag = re.search(r":([^:/@]+)(?:@|$)", image)
    return tag[1][:63].strip("-_.") if tag else ""
