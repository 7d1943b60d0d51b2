"""Deployments: restricted by Pod Security, spread over nodes and zones, and rolled out without a gap."""

import re
from collections.abc import Mapping

from function.app import App
from function.components.container import STARTUP_SECONDS, USER, PodTemplate, container, serving
from function.components.spread import NODE, ZONE, apart, spread
from function.place import Manifest


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
            # Kubernetes' default, 600, for a pod that has 150 seconds to start; more for one that has more.
            # The app's status names the rollout that exceeds it.
            "progressDeadlineSeconds": 450 + max(STARTUP_SECONDS, template.startup_seconds),
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
        "volumes": list(template.volumes),
    }


def version(image: str) -> str:
    """The image's tag as a label value, else the start of its digest."""
    tag = re.search(r":([^:/@]+)(?:@|$)", image)
    return tag[1][:63].strip("-_.") if tag else ""
