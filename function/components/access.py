"""NetworkPolicies: who may connect to the pods of a part."""

from collections.abc import Iterable, Sequence

from function.api.caller import Caller
from function.app import App
from function.place import Manifest, Place

NAMESPACE = "kubernetes.io/metadata.name"
"""Label that Kubernetes gives each Namespace: its name."""
PART_OF = "app.kubernetes.io/part-of"
"""Label of all pods of an app: its name."""


def policy(app: App, component: str, pods: Manifest, rules: Sequence[Manifest]) -> Manifest:
    """A part's NetworkPolicy: only what a rule allows may connect to pods with these labels.

    Egress isn't limited. Without any rule nobody may connect. An empty list isn't stated: the API server
    doesn't store it, so it would write the policy again at each apply, and each write causes a reconcile.
    """
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": app.metadata(component),
        "spec": {
            "podSelector": {"matchLabels": pods},
            "policyTypes": ["Ingress"],
            "ingress": list(rules) or None,
        },
    }


def http(app: App, peers: Sequence[Manifest]) -> list[Manifest]:
    """Who may reach the port http: everybody, unless the platform names the namespaces of its controllers.

    The app's own pods always may: a worker or a job calls the API, and the API a frontend that renders.
    The port is named: while a change of the number rolls out, both numbers are open.
    """
    if not app.platform.network.ingress_namespaces:
        return [{"ports": tcp("http")}]
    return [{"from": [*peers, own(app)], "ports": tcp("http")}]


def own(app: App) -> Manifest:
    """The pods of the app itself, by the label by which `allowFrom` knows an app."""
    return {"podSelector": {"matchLabels": {PART_OF: app.name}}}


def controllers(app: App) -> list[Manifest]:
    """The namespaces of whatever routes traffic to the app from outside; nobody if it isn't exposed."""
    names = app.platform.network.ingress_namespaces
    return [namespaces(names)] if names and app.spec.ingress else []


def prometheus(app: App) -> Manifest:
    """The namespaces that may read metrics: all of them, unless the platform says which."""
    names = app.platform.network.monitoring_namespaces
    return namespaces(names) if names else {"namespaceSelector": {}}


def namespaces(names: Iterable[str]) -> Manifest:
    """All pods of these namespaces."""
    named = {"key": NAMESPACE, "operator": "In", "values": sorted(names)}
    return {"namespaceSelector": {"matchExpressions": [named]}}


def callers(allowed: Sequence[Caller]) -> list[Manifest]:
    """The pods that `allowFrom` names."""
    return [
        {
            "namespaceSelector": {"matchLabels": {NAMESPACE: each.namespace}},
            "podSelector": {"matchLabels": {PART_OF: each.app}} if each.app else None,
        }
        for each in allowed
    ]


def problems(place: Place, component: str, allowed: Sequence[Caller], always: str) -> list[str]:
    """An app that allows itself. `always`: which of its parts may anyway, as the end of a sentence."""
    itself = any((each.namespace, each.app) == (place.namespace, place.name) for each in allowed)
    where = f"spec.{component}.allowFrom: {place.namespace}/{place.name}"
    return [f"{where} is this app itself, {always}; name other apps only"] if itself else []


def tcp(*ports: int | str) -> list[Manifest]:
    """Ports, as a policy names them."""
    return [{"protocol": "TCP", "port": port} for port in ports]
