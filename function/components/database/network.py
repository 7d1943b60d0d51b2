"""Who may reach the database within the cluster."""

from function.app import App, Manifest
from function.components.database.client import COMPONENT, PORT

STATUS = 8000
"""Port on which CloudNativePG's operator and instances talk to each other."""
METRICS = (9187, 9127)
"""Of instances, of poolers."""


def network_policy(app: App) -> Manifest:
    """The app, the operator, the Cluster's own pods and Prometheus reach it; nobody else.

    It selects poolers and jobs too, which carry the Cluster's label. The operator may be in any
    namespace, and so may Prometheus unless the platform says where. What goes out is not limited: it
    needs the API server and the object store.
    """
    cluster = {"matchLabels": {"cnpg.io/cluster": app.named(COMPONENT)}}
    operator = {
        "namespaceSelector": {},
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "cloudnative-pg"}},
    }
    backend = {"podSelector": {"matchLabels": app.selector("backend")}}
    namespaces = app.platform.network.monitoring_namespaces
    named = {"key": "kubernetes.io/metadata.name", "operator": "In", "values": sorted(namespaces)}
    prometheus = {"namespaceSelector": {"matchExpressions": [named]} if namespaces else {}}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": app.metadata(COMPONENT),
        "spec": {
            "podSelector": cluster,
            "policyTypes": ["Ingress"],
            "ingress": [
                {"from": [operator, {"podSelector": cluster}], "ports": tcp(PORT, STATUS)},
                {"from": [backend], "ports": tcp(PORT)},
                {"from": [prometheus], "ports": tcp(*METRICS)},
            ],
        },
    }


def tcp(*ports: int) -> list[Manifest]:
    """Ports, as a policy names them."""
    return [{"protocol": "TCP", "port": port} for port in ports]
