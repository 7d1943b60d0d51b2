"""Protection of data under Retain: Crossplane's webhook refuses to delete the objects that hold it."""

from function.api.names import API_VERSION, CLAIM
from function.app import App, Component, Part
from function.components.database import CLUSTER_USAGE, COMPONENT, mistakes
from function.place import Manifest

USAGE_API_VERSION = "protection.crossplane.io/v1beta1"
DETAILS = "crossplane.io/usage-details"
"""Annotation: the reason. Crossplane adds it where it is missing, by a write that causes a reconcile."""


def build(app: App) -> Part:
    """A Usage of the NodeApp and one of the Cluster. In the classic style also of the XR and the Namespace.

    With any of the four, garbage collection would delete the database. A namespaced XR can't compose the
    cluster-scoped ClusterUsage, so in the modern style somebody else must protect the Namespace. Another
    owner's Cluster isn't protected: its owner may delete it, and this app may be deleted to be renamed.
    """
    database, composite = app.spec.database, app.composite
    if database is None or database.deletion_policy != "Retain" or app.facts.database.state == "not_ours":
        return Part()
    reason = (
        f"database {database.name} of NodeApp {app.namespace}/{app.name} has deletionPolicy Retain: "
        "commit database.deletionPolicy: Delete first"
    )
    resources = {}
    if not mistakes(app):
        resources[CLUSTER_USAGE] = usage(app, COMPONENT, "postgresql.cnpg.io/v1", "Cluster", reason)
    if composite.namespaced or composite.claimed:
        resources["deletion-protection"] = usage(app, None, API_VERSION, CLAIM, reason)
    if not composite.namespaced:
        xr = reference(composite.api_version, composite.kind, composite.name)
        resources["deletion-protection-xr"] = cluster_usage(app, xr, reason)
        resources["deletion-protection-namespace"] = cluster_usage(
            app, reference("v1", "Namespace", app.namespace), reason
        )
    return Part(resources)


def usage(app: App, component: str | None, api_version: str, kind: str, reason: str) -> Manifest:
    """Refuse to delete an object in the app's namespace that has the component's name, else the app's."""
    name = app.named(component) if component else app.name
    return {
        "apiVersion": USAGE_API_VERSION,
        "kind": "Usage",
        "metadata": app.metadata(component or "protection", annotations={DETAILS: reason}),
        "spec": {"of": reference(api_version, kind, name), "reason": reason},
    }


def cluster_usage(app: App, target: Manifest, reason: str) -> Manifest:
    """Refuse to delete a cluster-scoped object. Crossplane generates its name, as apps may share one."""
    return {
        "apiVersion": USAGE_API_VERSION,
        "kind": "ClusterUsage",
        "metadata": {"labels": app.labels("protection"), "annotations": {DETAILS: reason}},
        "spec": {"of": target, "reason": reason},
    }


def reference(api_version: str, kind: str, name: str) -> Manifest:
    """A reference to one object."""
    return {"apiVersion": api_version, "kind": kind, "resourceRef": {"name": name}}


PROTECTION: Component[None, None] = Component(name="protection", build=build)
