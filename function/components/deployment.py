"""Deployments: spread over nodes and zones, and rolled out without a gap."""

from collections.abc import Mapping

from function.app import App
from function.components.container import STARTUP_SECONDS, PodTemplate
from function.components.pod import pod, pod_labels
from function.components.spread import NODE, ZONE, apart, spread
from function.place import Manifest


def deployment(
    app: App, component: str, replicas: int | None, template: PodTemplate, annotations: Mapping[str, str]
) -> Manifest:
    """The pods of a component. A new version replaces the old one pod by pod, each as it becomes ready.

    `replicas` is None where an autoscaler decides.
    """
    labels = pod_labels(app, component, template)
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
            "minReadySeconds": template.min_ready_seconds,
            # Never fewer pods than asked. The price is room for one more pod while a version rolls out.
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "selector": {"matchLabels": app.selector(component)},
            "template": {
                "metadata": {
                    "labels": {**template.labels, **labels},
                    "annotations": dict(template.annotations) or None,
                },
                "spec": pod(app, component, template) | placement(app, component),
            },
        },
    }


def placement(app: App, component: str) -> Manifest:
    """Over nodes and zones.

    Without the hash of the template, pods of the old version would count too, and all new ones may end up on
    one node.
    """
    selector = app.selector(component)
    return {
        "topologySpreadConstraints": [
            spread(key, selector, match_label_keys=["pod-template-hash"]) for key in (ZONE, NODE)
        ],
        "affinity": {"podAntiAffinity": apart(selector)},
    }
