"""Whose app an XR is: its name, its namespace, and how it came to be."""

import re
from dataclasses import dataclass

from function.api.fields import APP_NAME, APP_NAME_RULE
from function.api.names import API_VERSION, CLAIM, COMPOSITE
from function.app import Object
from function.place import Composite
from function.read import at, text

CLAIM_NAME, CLAIM_NAMESPACE = "crossplane.io/claim-name", "crossplane.io/claim-namespace"
"""Labels by which Crossplane says whom an XR stands for."""


class Fatal(Exception):  # noqa: N818  # Crossplane's own word for it.
    """Nothing can be composed safely: the answer is FATAL, and changes nothing."""

    def __init__(self, reason: str, message: str) -> None:
        """Say why, for the condition and the event."""
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks."""

    name: str
    namespace: str
    composite: Composite


def stands_for(xr: Object) -> tuple[str | None, str | None]:
    """Name and namespace of an XR's app, as far as it says: those of its claim, else its own.

    A namespaced XR is the NodeApp itself, whatever labels somebody gives it.
    """
    metadata, claim = at(xr, "metadata"), at(xr, "spec", "claimRef")
    labels, name = at(metadata, "labels"), text(metadata, "name")
    if namespace := text(metadata, "namespace"):
        return name, namespace
    return (
        text(labels, CLAIM_NAME) or text(claim, "name") or name,
        text(labels, CLAIM_NAMESPACE) or text(claim, "namespace"),
    )


def identify(xr: Object) -> Identity:
    """Who an XR stands for. Raises Fatal where that can't be told."""
    kind, api_version, own = (text(xr, *path) for path in (("kind",), ("apiVersion",), ("metadata", "name")))
    if api_version != API_VERSION or kind not in (CLAIM, COMPOSITE):
        message = (
            f"this function composes {COMPOSITE} and {CLAIM} of {API_VERSION}, not {kind} of {api_version}; "
            "fix compositeTypeRef in the Composition"
        )
        raise Fatal("WrongKind", message)
    name, namespace = stands_for(xr)
    if name is None or namespace is None or own is None:
        message = (
            f"{kind} {name or 'without a name'} has no namespace to compose into; create a {CLAIM} instead, "
            f"or label it with {CLAIM_NAMESPACE}"
        )
        raise Fatal("NoNamespace", message)
    claimed = text(xr, "metadata", "labels", CLAIM_NAME) or text(xr, "spec", "claimRef", "name")
    namespaced = text(xr, "metadata", "namespace") is not None
    composite = Composite(api_version, kind, own, claimed=claimed is not None, namespaced=namespaced)
    return Identity(name, namespace, composite)


def misnamed(name: str) -> str:
    """What is wrong with an app's name, a sentence; empty when it is fine. Names can't be edited."""
    if re.fullmatch(APP_NAME, name):
        return ""
    return f"metadata.name: {name!r} {APP_NAME_RULE}; delete it and apply it under another name"
