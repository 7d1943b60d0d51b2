"""Who may reach the database within the cluster."""

from collections.abc import Sequence

from function.api.caller import Caller
from function.api.names import TEAM
from function.app import App
from function.components import access
from function.components.access import tcp
from function.components.database.client import PORT, client_labels
from function.components.database.keys import COMPONENT
from function.place import Manifest

STATUS_PORT = 8000
"""The operator reads the status of instances here: pkg/management/url/url.go in cloudnative-pg."""
METRICS_PORTS = (9187, 9127)
"""Metrics of instances and of poolers: pkg/management/url/url.go in cloudnative-pg."""


def network_policy(app: App, allowed: Sequence[Caller]) -> Manifest:
    """The app, who is allowed, the operator, the Cluster's own pods and Prometheus reach it; nobody else.

    It selects poolers and jobs too, which have the Cluster's label. Egress isn't limited: the pods need the
    API server and the object store.
    """
    pods = {"cnpg.io/cluster": app.named(COMPONENT)}
    own, clients = ({"podSelector": {"matchLabels": labels}} for labels in (pods, client_labels(app)))
    rules = [
        {"from": [operator(), own], "ports": tcp(PORT, STATUS_PORT)},
        {"from": [clients, *access.callers(allowed)], "ports": tcp(PORT)},
        {"from": [access.prometheus(app)], "ports": tcp(*METRICS_PORTS)},
    ]
    return access.policy(app, COMPONENT, pods, rules)


def operator() -> Manifest:
    """CloudNativePG's operator, in whatever namespace it runs.

    Pods of apps have the label of a team, so an app with the operator's name isn't taken for it.
    """
    return {
        "namespaceSelector": {},
        "podSelector": {
            "matchLabels": {"app.kubernetes.io/name": "cloudnative-pg"},
            "matchExpressions": [{"key": TEAM, "operator": "DoesNotExist"}],
        },
    }
