"""Identify the app of an XR: its name, its namespace, and the kind of XR."""

import re
from dataclasses import dataclass

from function.api.fields import APP_NAME, APP_NAME_RULE, HOST_SEPARATOR, SEPARATOR_RULE
from function.api.names import API_VERSION, CLAIM, COMPOSITE
from function.api.reasons import Reason
from function.app import Object
from function.place import Composite
from function.read import at, text

CLAIM_NAME, CLAIM_NAMESPACE = "crossplane.io/claim-name", "crossplane.io/claim-namespace"
"""Labels with the claim of an XR. Crossplane sets them."""


class Fatal(Exception):  # noqa: N818  # Crossplane's own word for it.
    """Nothing can be composed safely. The response is FATAL, and Crossplane changes nothing."""

    def __init__(self, reason: Reason, message: str) -> None:
        """Take the reason of the condition, and the message of the condition and the event."""
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    """The app of an XR, and the XR."""

    name: str
    namespace: str
    composite: Composite


def stands_for(xr: Object) -> tuple[str | None, str | None]:
    """Name and namespace of an XR's app: those of its claim, else its own. None where it has none.

    A namespaced XR is the NodeApp itself, so its labels don't count.
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
    """The app of an XR. Raises Fatal for another kind of XR, and for one without a namespace."""
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
    """What is wrong with an app's name, as a sentence; empty if nothing is. Names can't be edited."""
    if not re.fullmatch(APP_NAME, name):
        rule = APP_NAME_RULE
    elif HOST_SEPARATOR in name:
        rule = SEPARATOR_RULE
    else:
        return ""
    return f"metadata.name: {name!r} {rule}; delete it and apply it under another name"
