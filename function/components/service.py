"""The Service and the ServiceAccount of a part's pods."""

from function.app import App
from function.components.cloud_role import annotations
from function.place import Manifest


def service(app: App, component: str) -> Manifest:
    """The Service of the pods. With port 80 a URL needs no port, and the container's port may change."""
    port = {"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP", "appProtocol": "http"}
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": app.metadata(component),
        "spec": {
            "type": "ClusterIP",
            "selector": app.selector(component),
            "ports": [port],
            # A pod in the caller's zone is nearer, and traffic between zones costs money.
            "trafficDistribution": "PreferSameZone",
        },
    }


def service_account(app: App, component: str, cloud_role: bool) -> Manifest:  # noqa: FBT001  # As it is asked.
    """The ServiceAccount of the pods. It has no rights in the cluster, and no token for its API.

    Pull secrets are here and not in the pods, so that a change of the platform's list restarts no pod.
    """
    role = {"annotations": annotations(app)} if cloud_role else {}
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": app.metadata(component, **role),
        "automountServiceAccountToken": False,
        "imagePullSecrets": [{"name": name} for name in app.platform.image_pull_secrets] or None,
    }
