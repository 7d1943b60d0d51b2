"""RunFunction requests as Crossplane would send them, in protobuf's JSON mapping."""

from collections.abc import Mapping, Sequence
from typing import Any

from function.api.names import API_VERSION, COMPOSITE, PLATFORM, PLATFORM_NAME, SETTINGS_API_VERSION

Json = Mapping[str, Any]


def composite(spec: Json, name: str = "dashboard", namespace: str = "team-a", **more: Any) -> dict[str, Any]:
    """The XNodeApp behind a claim."""
    labels = {"crossplane.io/claim-name": name, "crossplane.io/claim-namespace": namespace}
    metadata = {"name": f"{name}-x7k2p", "uid": f"uid-of-{name}", "labels": labels}
    return {"apiVersion": API_VERSION, "kind": COMPOSITE, "metadata": metadata, "spec": spec, **more}


def platform(settings: Json) -> dict[str, Any]:
    """The Platform that governs all apps."""
    metadata = {"name": PLATFORM_NAME}
    return {
        "apiVersion": SETTINGS_API_VERSION,
        "kind": "Platform",
        "metadata": metadata,
        "spec": settings,
    }


def request(
    xr: Json, observed: Mapping[str, Json] | None = None, **required: Sequence[Json] | None
) -> dict[str, Any]:
    """A call for an XR, given what is observed by key, and the matches of each requirement by its name."""
    resources = {key: {"resource": item} for key, item in (observed or {}).items()}
    state = {"composite": {"resource": xr}, "resources": resources}
    required_resources = {
        name.replace("_", "-"): {"items": [{"resource": item} for item in items]}
        for name, items in required.items()
        if items is not None
    }
    return {"observed": state, "requiredResources": {PLATFORM: {}} | required_resources}
