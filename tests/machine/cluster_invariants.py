"""What must be true of every change of a Cluster: nothing that holds data is reduced or moved."""

import json
from decimal import Decimal

from function.api.quantity import size
from tests.simulated.admission import major
from tests.simulated.cnpg_instances import image
from tests.simulated.server_side_apply import Manifest


def check_not_reduced(before: Manifest, after: Manifest) -> None:
    """Volume, StorageClass, bootstrap and PostgreSQL major of a Cluster never go back."""
    old, new = before["spec"], after["spec"]
    assert volume(new["storage"]) >= volume(old["storage"]), "the volume shrank"
    assert storage_class(new["storage"]) == storage_class(old["storage"]), "the volume moved"
    assert new["bootstrap"] == old["bootstrap"], "the bootstrap changed"
    runs = before.get("status", {}).get("pgDataImageInfo", {}).get("majorVersion") or 0
    assert major(image(after)) >= runs, "an older PostgreSQL"


def volume(storage: Manifest) -> Decimal:
    """Bytes of a volume. Whoever makes a Cluster by hand may give the size in a template."""
    stated = storage.get("size") or storage["pvcTemplate"]["resources"]["requests"]["storage"]
    return size(stated)


def storage_class(storage: Manifest) -> str | None:
    """StorageClass of a volume, from the same places."""
    stated: str | None = storage.get("storageClass")
    return stated or storage.get("pvcTemplate", {}).get("storageClassName")


def policy(cluster: Manifest) -> str | None:
    """The deletionPolicy in force."""
    in_force: str | None = cluster["metadata"].get("annotations", {}).get("platform.io/deletion-policy")
    return in_force


def recorded_policy(cluster: Manifest) -> str | None:
    """The deletionPolicy that a Cluster's annotation says was asked for explicitly."""
    try:
        last_requested = json.loads(cluster["metadata"]["annotations"]["platform.io/last-requested"])
        explicit: str | None = last_requested.get("deletionPolicy")
    except (KeyError, ValueError, AttributeError):
        return None
    return explicit
