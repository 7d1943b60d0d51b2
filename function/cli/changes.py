"""What an edit of an app does, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from function.api.quantity import size
from function.app import Object
from function.cli import pods
from function.cli.noiseless import own
from function.cli.running import Running
from function.components.database.images import major
from function.components.database.keys import CLUSTER
from function.read import at, number, text

Kind = Literal["refused", "breach", "held", "irreversible", "deleted", "restarted", "created", "changed"]

TITLES: Mapping[Kind, str] = {
    "refused": "Refused",
    "breach": "Runs on, and breaks a rule",
    "held": "Stays as it is",
    "irreversible": "Can't be undone",
    "deleted": "Deleted",
    "restarted": "Restarts",
    "created": "Created",
    "changed": "Changed",
}
"""The titles of all kinds, in the order in which people want to know."""


@dataclass(frozen=True, slots=True)
class Change:
    """One consequence of an edit."""

    kind: Kind
    message: str


def changes(before: Running | None, after: Running | None) -> Iterator[Change]:
    """What happens when `after` takes the place of `before`. None: there is no such app."""
    if after is None:
        yield from removed(before) if before else ()
    elif after.outcome.refusal:
        yield Change("refused", after.outcome.refusal)
    else:
        yield from (Change("breach", message) for message in newly(before, after, "PolicyCompliant"))
        yield from (Change("held", message) for message in newly(before, after, "SpecHonored"))
        yield from moved(before, after)
        old, new = (each.objects if each else {} for each in (before, after))
        for key in sorted(old.keys() | new.keys()):
            yield from of_object(key, old.get(key), new.get(key))


def removed(before: Running) -> Iterator[Change]:
    """What happens when an app is taken out."""
    app = before.outcome.app
    if "deletion-protection" in before.objects:
        remedy = "commit database.deletionPolicy: Delete first, and take the NodeApp out with the next commit"
        yield Change("refused", f"{app} isn't deleted while database.deletionPolicy is Retain; {remedy}")
        return
    yield Change("deleted", f"{app} with its {len(before.objects)} objects")
    if database := before.objects.get(CLUSTER):
        yield lost(database)


def lost(cluster: Object) -> Change:
    """That a database goes."""
    name, volumes = named(cluster), at(cluster, "spec", "storage", "size")
    return Change(
        "irreversible", f"{name} and its {volumes} of data are deleted; backups in the object store stay"
    )


def newly(before: Running | None, after: Running, type_: str) -> Iterator[str]:
    """What a condition says that is False, and didn't say before."""
    already = false(before, type_) if before else []
    yield from (message for message in false(after, type_) if message not in already)


def false(running: Running, type_: str) -> list[str]:
    """What a condition says, if it is False."""
    of_type = [c for c in running.outcome.conditions if c["type"] == type_]
    return [c["message"] for c in of_type if c["status"] == "False"]


def moved(before: Running | None, after: Running) -> Iterator[Change]:
    """Another address."""
    old, new = (text(each.outcome.status, "url") if each else None for each in (before, after))
    if old and new and old != new:
        yield Change("changed", f"the app moves from {old} to {new}")


def of_object(key: str, old: Object | None, new: Object | None) -> Iterator[Change]:
    """What happens to an object."""
    if new is None:
        if old and key == CLUSTER:
            yield lost(old)
        yield Change("deleted", named(old or {}))
    elif old is None:
        yield Change("created", named(new))
    elif key == CLUSTER:
        yield from of_cluster(old, new)
    elif at(old, "spec", "template") != at(new, "spec", "template"):
        # A migration has the backend's image and variables, and is no second difference.
        how = ", ".join(dict.fromkeys(pods.differences(old, new))) or "its pods are others"
        yield Change("restarted", f"{named(new)}: {how}")
    elif own(old) != own(new):
        yield Change("changed", named(new))


def of_cluster(old: Object, new: Object) -> Iterator[Change]:
    """What happens to a database."""
    name, spec = named(new), [own(each)["spec"] for each in (old, new)]
    sizes = [text(each, "storage", "size") or "0" for each in spec]
    images = [text(each, "imageName") for each in spec]
    majors = [major(image) for image in images]
    if size(sizes[0]) < size(sizes[1]):
        yield Change("irreversible", f"{name}: volumes grow from {sizes[0]} to {sizes[1]}, and never shrink")
    if None not in majors and majors[0] != majors[1]:
        why = "PostgreSQL is down while pg_upgrade runs, and doesn't go back"
        yield Change("irreversible", f"{name}: PostgreSQL {majors[0]} becomes {majors[1]}; {why}")
    elif images[0] != images[1]:
        yield Change("restarted", f"{name}: {images[0]} becomes {images[1]}; instances restart one by one")
    instances = [number(each, "instances") for each in spec]
    if instances[0] != instances[1]:
        yield Change("changed", f"{name}: {instances[0]} instances become {instances[1]}")
    known = ("storage", "imageName", "instances")
    others = sorted(
        each for each in {*spec[0], *spec[1]}.difference(known) if spec[0].get(each) != spec[1].get(each)
    )
    if others:
        yield Change("changed", f"{name}: {', '.join(others)}; CloudNativePG restarts it if that is needed")


def named(manifest: Object) -> str:
    """Kind and name."""
    return f"{manifest.get('kind')} {text(manifest, 'metadata', 'name')}"
