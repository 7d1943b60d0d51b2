"""Models → the XRDs, the Platform's CRD and the Input's CRD."""

from collections.abc import Mapping
from typing import Any

from function.api.fields import APP_NAME, APP_NAME_RULE, HOST_SEPARATOR, SEPARATOR_RULE
from function.api.job import LONGEST
from function.api.model import RULES
from function.api.names import (
    CLAIM,
    COMPOSITE,
    COMPOSITION,
    GROUP,
    INPUT_GROUP,
    PLATFORM_NAME,
    SETTINGS_GROUP,
    VERSION,
)
from function.api.nodeapp import Spec
from function.api.openapi import openapi
from function.api.platform import Platform
from function.api.status import Status
from function.place import Manifest

COLUMNS = (
    # It turns Unknown when Crossplane can't go on, while Ready keeps its old value and the message is empty.
    ("ACCEPTED", "string", ".status.conditions[?(@.type=='Accepted')].status", 0),
    ("URL", "string", ".status.url", 0),
    ("MESSAGE", "string", ".status.message", 0),
    ("FRONTEND", "string", ".status.frontend.image", 1),
    ("F-PODS", "integer", ".status.frontend.available", 1),
    ("BACKEND", "string", ".status.backend.image", 1),
    ("B-PODS", "integer", ".status.backend.available", 1),
    ("DATABASE", "string", ".status.database.image", 1),
    ("DB-PODS", "integer", ".status.database.ready", 1),
)
"""What `kubectl get nodeapp` shows: name, type, path, and priority (1 is -o wide)."""

NAMED = {
    f"self.metadata.name.matches('^{APP_NAME}$')": APP_NAME_RULE,
    f"!self.metadata.name.contains('{HOST_SEPARATOR}')": SEPARATOR_RULE,
    f"!has(self.spec.jobs) || self.spec.jobs.all(job, job.size() + self.metadata.name.size() <= {LONGEST})": (
        f"and the name of each job must have at most {LONGEST} characters together"
    ),
}
"""The rules for an app's name, in CEL, each with its message."""


def classic() -> Manifest:
    """The API with a claim: the NodeApp, and its cluster-scoped XNodeApp.

    A rule on the name applies to both kinds, but Crossplane gives the XNodeApp a longer name.
    """
    return xrd(
        "v1",
        COMPOSITE,
        {f"self.kind.startsWith('X') || ({rule})": message for rule, message in NAMED.items()},
        claimNames={"kind": CLAIM, "plural": plural(CLAIM)},
        # The claim stays until its objects are gone. With Background it would go at once, and nothing would
        # show a deletion that is refused or stuck.
        defaultCompositeDeletePolicy="Foreground",
    )


def modern() -> Manifest:
    """The API without claims: the NodeApp is itself the composite resource."""
    return xrd("v2", CLAIM, NAMED, scope="Namespaced")


def xrd(api_version: str, kind: str, named: Mapping[str, str], **more: Any) -> Manifest:
    """A CompositeResourceDefinition of Crossplane's API version, with the rules for names in CEL."""
    schema = {
        "type": "object",
        "description": "A full-stack Node app in one object. Try: kubectl explain nodeapp.spec --recursive",
        RULES: [{"rule": rule, "message": f"metadata.name {message}"} for rule, message in named.items()],
        "properties": {"spec": openapi(Spec), "status": openapi(Status)},
        "required": ["spec"],
    }
    version = {
        "name": VERSION,
        "served": True,
        "referenceable": True,
        "additionalPrinterColumns": [
            {"name": name, "type": type_, "jsonPath": path, "priority": priority}
            for name, type_, path, priority in COLUMNS
        ],
        "schema": {"openAPIV3Schema": schema},
    }
    return {
        "apiVersion": f"apiextensions.crossplane.io/{api_version}",
        "kind": "CompositeResourceDefinition",
        "metadata": {"name": f"{plural(kind)}.{GROUP}"},
        "spec": {
            "group": GROUP,
            "names": {"kind": kind, "plural": plural(kind)},
            **more,
            "defaultCompositionRef": {"name": COMPOSITION},
            "versions": [version],
        },
    }


def platform_crd() -> Manifest:
    """The Platform: cluster-scoped, one object."""
    only = {
        "rule": f"self.metadata.name == '{PLATFORM_NAME}'",
        "message": f"there is one Platform, named {PLATFORM_NAME}: nothing would read another one",
    }
    return crd(SETTINGS_GROUP, "Platform", "Cluster", openapi(Platform), [only])


def input_crd() -> Manifest:
    """The CRD of the step's input. Crossplane doesn't install it: registries and editors read it."""
    return crd(INPUT_GROUP, "Input", "Namespaced", openapi(Platform), [])


def crd(group: str, kind: str, scope: str, spec: Manifest, rules: list[Manifest]) -> Manifest:
    """A CustomResourceDefinition of v1beta1 with a spec and nothing else."""
    schema: Manifest = {
        "type": "object",
        "description": spec["description"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": spec,
        },
        "required": ["spec"],
    }
    names = {"kind": kind, "listKind": f"{kind}List", "plural": plural(kind), "singular": kind.lower()}
    version = {
        "name": "v1beta1",
        "served": True,
        "storage": True,
        "schema": {"openAPIV3Schema": schema | ({RULES: rules} if rules else {})},
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural(kind)}.{group}"},
        "spec": {"group": group, "names": names, "scope": scope, "versions": [version]},
    }


def plural(kind: str) -> str:
    """A kind's plural, as in API paths and on the command line."""
    return f"{kind.lower()}s"
