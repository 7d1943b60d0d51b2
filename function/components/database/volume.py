"""The volume of a Cluster's first instance: whether anything may have been written to it."""

from function.app import Lookup, Object, Observed
from function.components.database import keys
from function.place import Place
from function.read import at, items, number, text


def volume_name(cluster: str) -> str:
    """The name of the PersistentVolumeClaim of a Cluster's first instance.

    CloudNativePG makes no other one before that instance was the primary: createPrimaryInstance in
    cluster_create.go, release 1.30.
    """
    return f"{cluster}-1"


def volume_lookup(place: Place) -> Lookup:
    """The first volume. The Cluster's status doesn't say whether it is bound."""
    name = volume_name(place.named(keys.COMPONENT))
    return Lookup("v1", "PersistentVolumeClaim", name, place.namespace)


def has_started(cluster: Object) -> bool:
    """Whether an instance was a primary once.

    An instance writes currentPrimary before it takes connections, and nothing ever clears it:
    instance_startup.go and instance_controller.go in cloudnative-pg, release 1.30.
    """
    status = at(cluster, "status")
    return bool(
        text(status, "currentPrimary") or number(status, "readyInstances") or number(status, "timelineID")
    )


def is_empty(observed: Observed, cluster: Object) -> bool:
    """Whether a Cluster that we made certainly has no data: no volume of it was ever bound.

    From the moment when a volume is bound, initdb and the start of an instance take seconds. So nothing is
    written between this look and a deletion that follows from it.
    """
    name = text(cluster, "metadata", "name") or ""
    others = [each for each in items(cluster, "status", "instanceNames") if each != volume_name(name)]
    if text(cluster, "metadata", "annotations", keys.ADOPTED) or has_started(cluster) or others:
        return False
    volumes = observed.required.get(keys.VOLUME)
    return volumes is not None and not any(may_have_data(volume) for volume in volumes)


def may_have_data(volume: Object) -> bool:
    """Whether a PersistentVolumeClaim has a volume, had one, or gets one from a snapshot."""
    spec = at(volume, "spec")
    waits = text(volume, "status", "phase") == "Pending" and text(spec, "volumeName") is None
    return not waits or at(spec, "dataSource") is not None


def is_left(observed: Observed) -> bool:
    """Whether the volume of a Cluster that is gone stays, because somebody deleted the Cluster alone.

    CloudNativePG gives it to the next Cluster of that name, with all others that are left, whatever the
    bootstrap says: getOrphanPVCs in cluster_restore.go, release 1.30.
    """
    return any(
        text(volume, "metadata", "labels", keys.OF_CLUSTER)
        and text(volume, "metadata", "annotations", keys.SERIAL)
        and not items(volume, "metadata", "ownerReferences")
        and not at(volume, "metadata", "deletionTimestamp")
        for volume in observed.required.get(keys.VOLUME, ())
    )


def is_leaving(observed: Observed) -> bool:
    """Whether the volume of a Cluster that is gone is still there, and goes too.

    CloudNativePG would take it for the new Cluster's, whose pod would then wait for it for ever
    (cloudnative-pg issue 10985). A volume without an owner is left to people.
    """
    return any(
        at(volume, "metadata", "deletionTimestamp") or items(volume, "metadata", "ownerReferences")
        for volume in observed.required.get(keys.VOLUME, ())
    )
