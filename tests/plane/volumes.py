"""Volumes of databases, played: what a storage driver does, but for storing anything.

Each PersistentVolumeClaim gets a volume of the size that it asks for, whatever its StorageClass.
A claim that asks for more is said to be resizing, as a driver says it, and has the size a moment later.
"""

from tests.plane.api import Api, Json

VOLUMES, CLAIMS = "/api/v1/persistentvolumes", "/api/v1/persistentvolumeclaims"
DEFAULT = {"storageclass.kubernetes.io/is-default-class": "true"}
"""The annotation of the class of claims that name none."""
RESIZING = {"type": "Resizing", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}


def storage_class(name: str, **annotations: str) -> Json:
    """A class whose volumes can grow. Without that the API server refuses to let a claim ask for more."""
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": name, "annotations": annotations},
        "provisioner": "played.example.org",
        "allowVolumeExpansion": True,
    }


def serve_claims(api: Api) -> None:
    """Give new claims their volumes, and grow those that ask for more. Raises OSError."""
    volumes = {volume["metadata"]["name"] for volume in api.get(VOLUMES)["items"]}
    for claim in api.get(CLAIMS)["items"]:
        phase = claim.get("status", {}).get("phase")
        if phase == "Pending" and volume_name(claim) not in volumes:
            api.create(VOLUMES, volume(claim))
        elif phase == "Bound" and (status := growth(claim)) is not None:
            metadata = claim["metadata"]
            path = f"/api/v1/namespaces/{metadata['namespace']}/persistentvolumeclaims/{metadata['name']}"
            api.patch(f"{path}/status", {"status": status})


def growth(claim: Json) -> Json | None:
    """The next status of a claim that asks for another size than it has: resizing, then resized."""
    status, asked = claim["status"], claim["spec"]["resources"]["requests"]["storage"]
    if status["capacity"]["storage"] == asked:
        return None
    if any(condition["type"] == RESIZING["type"] for condition in status.get("conditions", ())):
        return {"capacity": {"storage": asked}, "conditions": []}
    return {"conditions": [RESIZING]}


def volume(claim: Json) -> Json:
    """The volume of a claim. It outlives its claim, as nothing is stored in it."""
    metadata, spec = claim["metadata"], claim["spec"]
    reference = {key: metadata[key] for key in ("name", "namespace", "uid")}
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": volume_name(claim)},
        "spec": {
            "capacity": {"storage": spec["resources"]["requests"]["storage"]},
            "accessModes": spec["accessModes"],
            "claimRef": {"apiVersion": "v1", "kind": "PersistentVolumeClaim"} | reference,
            "storageClassName": spec.get("storageClassName", ""),
            "persistentVolumeReclaimPolicy": "Retain",
            "hostPath": {"path": "/nonexistent"},
        },
    }


def volume_name(claim: Json) -> str:
    """The name of a claim's volume, as drivers spell it."""
    return f"pvc-{claim['metadata']['uid']}"
