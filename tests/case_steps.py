"""What may happen to an app in a case file, by the word that stands for it there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from function.patch import merge
from tests.simulated.cnpg_instances import Instances
from tests.simulated.composed_resources import (
    machinery,
    owner_name,
    partial,
    reference,
    referring,
    rendered,
)
from tests.simulated.crossplane import COMPOSITION
from tests.simulated.operators import asleep, rolling_out
from tests.simulated.server_side_apply import Manifest
from tests.simulator import World


def apply(world: World, manifest: Manifest) -> None:
    """Somebody applies an object. A Cluster runs already, however it was made."""
    uid = world.apply(manifest)["metadata"]["uid"]
    if manifest["kind"] == "Cluster":
        world.cnpg.data[uid] = []


def edit(world: World, patch: Manifest) -> None:
    """Commit a merge patch (RFC 7386) of the NodeApp's spec: null takes a field out."""
    world.ask(merge(world.spec, patch))


def instances(world: World, state: Mapping[str, Any]) -> None:
    """The Cluster's instances are in another state: fields of tests.simulated.cnpg_instances.Instances."""
    world.play("database-cluster", replace(Instances(), **state))


def by_hand(world: World, patches: Mapping[str, Manifest]) -> None:
    """Somebody edits composed objects: key → merge patch."""
    for key, patch in patches.items():
        world.hand_edit(key, patch)


def variables_by_hand(world: World, names: Mapping[str, str]) -> None:
    """Somebody adds a variable to a Deployment's first container, as kubectl set env does: key → name."""
    for key, name in names.items():
        world.server.update(world.where(key), "kubectl-set", with_variable(name))


def with_variable(name: str) -> Callable[[Manifest], Manifest]:
    """A Deployment with one more variable."""

    def change(deployment: Manifest) -> Manifest:
        template = deployment["spec"]["template"]
        first, *others = template["spec"]["containers"]
        first = first | {"env": [*first.get("env", []), {"name": name, "value": "1"}]}
        patch = {"spec": {"template": {"spec": {"containers": [first, *others]}}}}
        changed: Manifest = merge(deployment, patch)
        return changed

    return change


def storage_classes(world: World, names: Sequence[str]) -> None:
    """Only these storage classes exist: a volume of another one is never bound."""
    world.cnpg.volumes.classes = set(names)


def rollouts(world: World, available: Mapping[str, int]) -> None:
    """Of a Deployment's newest template only so many replicas serve: by key."""
    for key, replicas in available.items():
        world.play(key, rolling_out(replicas))


def operators(world: World, statuses: Mapping[str, Manifest]) -> None:
    """An operator writes a status and rests from then on: kind → merge patch of the status.

    Objects are named by kind, as their keys may differ between revisions.
    """
    for key, ref in world.composed().items():
        if ref.kind in statuses:
            world.server.update(ref, "manager", with_status(statuses[ref.kind]), "status")
            world.play(key, asleep)


def with_status(patch: Manifest) -> Callable[[Manifest], Manifest]:
    """An object whose status is patched."""
    return lambda manifest: manifest | {"status": merge(manifest.get("status", {}), patch)}


def failed_base_backups(world: World, time: str) -> None:
    """The last base backup of every archive failed at this time."""
    for archive in world.cnpg.archives.values():
        archive.failed = time


def newer_function(world: World, objects: Mapping[str, Manifest]) -> None:
    """A function of a far higher level has composed the app, with objects that no other one knows: by key."""
    world.server.update(world.bind(), "crossplane", with_status({"functionLevel": 1000}), "status")
    for key, manifest in objects.items():
        compose(world, key, manifest)


def compose(world: World, key: str, manifest: Manifest) -> None:
    """An object is among those that the XR composed."""
    made = rendered(world.xr, key, manifest, None)
    world.apply(made, owner_name(world.xr))
    references = [*machinery(world.xr)["resourceRefs"], reference(world.xr, made)]
    world.apply(partial(world.xr, referring(world.xr, references)), COMPOSITION)


def accept_loss(world: World, accepted: bool) -> None:  # noqa: FBT001  # A step's value in YAML is true.
    """The loss of the Cluster on record is accepted by an annotation of the NodeApp."""
    if accepted:
        world.annotate(accept_data_loss=world.status["database"]["uid"])


STEPS: dict[str, Callable[[World, Any], object]] = {
    "accept-loss": accept_loss,
    "by-hand": by_hand,
    "edit": edit,
    "failed-base-backups": failed_base_backups,
    "instances": instances,
    "lose": lambda world, key: world.lose(key),
    "newer-function": newer_function,
    "operators": operators,
    "platform": lambda world, spec: world.govern(spec),
    "rebuild": lambda world, _: world.rebuild(),
    "renew-ca": lambda world, _: world.renew_ca(),
    "rollouts": rollouts,
    "storage-classes": storage_classes,
    "variables-by-hand": variables_by_hand,
    "wipe-status": lambda world, _: world.wipe_status(),
    "without-volumes": lambda world, _: world.bring_back_without_volumes(),
}
"""Word → what it does with its value."""


def take(world: World, step: Mapping[str, Any]) -> None:
    """All that one step names happens, and then it is reconciled until nothing changes any more."""
    for word, value in step.items():
        STEPS[word](world, value)
    world.settle()
