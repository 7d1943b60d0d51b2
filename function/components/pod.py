"""Pods of the app: restricted by Pod Security, where the Platform says, and without a token."""

import re

from function.app import App
from function.components.container import USER, PodTemplate, container
from function.place import Manifest


def pod_labels(app: App, component: str, template: PodTemplate) -> dict[str, str]:
    """Labels of a component's pods, and of what creates them."""
    return app.labels(component) | {"app.kubernetes.io/version": version(template.program.image)}


def pod(app: App, component: str, template: PodTemplate) -> Manifest:
    """The spec of a pod: passes Pod Security's restricted profile."""
    pods = app.platform.pods
    return {
        "priorityClassName": pods.priority_class_name,
        "nodeSelector": dict(pods.node_selector) or None,
        "tolerations": [each.model_dump(by_alias=True, exclude_none=True) for each in pods.tolerations]
        or None,
        "hostUsers": pods.host_users,
        "serviceAccountName": app.named(template.account),
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
        "initContainers": [container(program, name) for name, program in template.init.items()] or None,
        "containers": [container(template.program, component) | template.serving],
        "volumes": list(template.program.folders.volumes),
    }


def version(image: str) -> str:
    """The image's tag as a label value, else the start of its digest."""
    tag = re.search(r":([^:/@]+)(?:@|$)", image)
    return tag[1][:63].strip("-_.") if tag else ""
