"""Retain, enforced: while data must be kept, Crossplane refuses to delete what holds it."""

from function.api.names import API_VERSION, CLAIM
from function.app import App, Component, Part
from function.components.database import COMPONENT
from function.place import Manifest

USAGE_API_VERSION = "protection.crossplane.io/v1beta1"


def build(app: App) -> Part:
    """A Usage each of the NodeApp and the Cluster; classic, also of the XR and the Namespace.

    Garbage collection would take the database with any of the four. A namespaced XR can't compose
    the cluster-scoped kind, so there the Namespace must be protected from elsewhere. What is another's
    isn't ours to protect: its owner may delete it, and this app may be deleted to get another name.
    """
    database, composite = app.spec.database, app.composite
    if database is None or database.deletion_policy != "Retain" or app.facts.database.state == "not_ours":
        return Part()
    reason = (
        f"database {database.name} of NodeApp {app.namespace}/{app.name} has deletionPolicy Retain: "
        "commit database.deletionPolicy: Delete first"
    )
    resources = {
        "deletion-protection-database": usage(app, COMPONENT, "postgresql.cnpg.io/v1", "Cluster", reason)
    }
    if composite.namespaced or composite.claimed:
        resources["deletion-protection"] = usage(app, None, API_VERSION, CLAIM, reason)
    if not composite.namespaced:
        of_xr = of(composite.api_version, composite.kind, composite.name)
        resources["deletion-protection-xr"] = cluster_usage(app, of_xr, reason)
        resources["deletion-protection-namespace"] = cluster_usage(
            app, of("v1", "Namespace", app.namespace), reason
        )
    return Part(resources)


def usage(app: App, component: str | None, api_version: str, kind: str, reason: str) -> Manifest:
    """Refuse to delete an object of the app's namespace, that is named as this."""
    name = app.named(component) if component else app.name
    return {
        "apiVersion": USAGE_API_VERSION,
        "kind": "Usage",
        "metadata": app.metadata(component or "protection"),
        "spec": {"of": of(api_version, kind, name), "reason": reason},
    }


def cluster_usage(app: App, what: Manifest, reason: str) -> Manifest:
    """Refuse to delete an object of the cluster. Crossplane names this: two apps of one name may meet."""
    return {
        "apiVersion": USAGE_API_VERSION,
        "kind": "ClusterUsage",
        "metadata": {"labels": app.labels("protection")},
        "spec": {"of": what, "reason": reason},
    }


def of(api_version: str, kind: str, name: str) -> Manifest:
    """A reference to one object."""
    return {"apiVersion": api_version, "kind": kind, "resourceRef": {"name": name}}


PROTECTION: Component[None, None] = Component(name="protection", build=build)
