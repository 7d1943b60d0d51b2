"""Who an app is and where it runs, and the names and labels that follow from that."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from function.api.names import BACKSTAGE, TEAM
from function.api.platform import Defaults, Platform

Manifest = dict[str, Any]
"""A Kubernetes object that we desire, written as its YAML reads. None means "no opinion"."""

SHORT = {"database": "db"}
"""Short forms of components in names. CloudNativePG appends to a Cluster's name, of 50 characters at most."""
NAMED = {"worker": "work", "job": "cj"}
"""Short forms of the components that have names of their own: worker-mail is <app>-work--mail.

No app's name has --, and what precedes it ends with the kind, so no name is that of another app. Without it,
the worker `backend` of app `shop` and the backend of app `shop-worker` would be one Deployment. A label has
at most 63 characters and a CronJob's name 52: cj, as kubectl calls one, leaves 47 for the app and the job.
"""


@lru_cache(4096)
def named(app: str, component: str) -> str:
    """The name of an app's objects of one component."""
    kind, _, name = component.partition("-")
    if name and kind in NAMED:
        return f"{app}-{NAMED[kind]}--{name}"
    return f"{app}-{SHORT.get(component, component)}"


@dataclass(frozen=True, slots=True)
class Composite:
    """The composite resource (XR) an app is composed for.

    `claimed`: it belongs to a claim. `namespaced`: it is the NodeApp itself (the modern style).
    """

    api_version: str
    kind: str
    name: str
    claimed: bool
    namespaced: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Who an app is and where it runs: all that resolving a spec may read besides spec and facts."""

    name: str
    namespace: str
    team: str
    composite: Composite
    platform: Platform
    defaults: Defaults

    def named(self, component: str) -> str:
        """The name of this app's objects of one component."""
        return named(self.name, component)

    def selector(self, component: str) -> dict[str, str]:
        """The label that selects a component's pods. It never changes, as a Deployment's selector can't."""
        return {"app.kubernetes.io/instance": self.named(component)}

    def app_labels(self) -> dict[str, str]:
        """Labels that people and tools find the app by. The pods that operators create have them too."""
        return {"app.kubernetes.io/part-of": self.name, BACKSTAGE: self.name, TEAM: self.team}

    def labels(self, component: str) -> dict[str, str]:
        """Labels of one component's objects and pods."""
        return {
            **self.selector(component),
            **self.app_labels(),
            "app.kubernetes.io/name": self.name,
            "app.kubernetes.io/component": component,
            "app.kubernetes.io/managed-by": "crossplane",
        }

    def metadata(self, component: str, **more: Any) -> Manifest:
        """Metadata of a component's object. `finish` adds what all objects carry."""
        return {
            "name": self.named(component),
            "namespace": self.namespace,
            "labels": self.labels(component),
            **more,
        }
