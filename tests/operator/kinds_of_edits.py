"""Kinds of edits of a database, and which of them a journal has."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from function.api.quantity import size
from tests.operator.journal import Entry
from tests.simulated.admission import major
from tests.simulated.server_side_apply import Manifest

Change = Callable[[Manifest, Manifest], bool]
"""Whether two manifests, applied one after the other, differ in this way."""


def annotation(manifest: Manifest, key: str) -> Any:
    """An annotation of a manifest."""
    return manifest["metadata"].get("annotations", {}).get(key)


def hibernates(manifest: Manifest) -> bool:
    """Whether a Cluster is told to sleep."""
    return bool(annotation(manifest, "cnpg.io/hibernation") == "on")


def archives(manifest: Manifest) -> bool:
    """Whether a Cluster is backed up."""
    return any(plugin.get("isWALArchiver") for plugin in manifest["spec"].get("plugins", ()))


def version(manifest: Manifest) -> int:
    """The major that a Cluster is to run; 0 where it names no image."""
    return major(manifest["spec"].get("imageName"))


def adopted(manifest: Manifest) -> bool:
    """Whether a Cluster was found."""
    return bool(annotation(manifest, "platform.io/adopted") == "true")


CLUSTER: dict[str, Change] = {
    "storage up": lambda old, new: size(of(new, "storage")["size"]) > size(of(old, "storage")["size"]),
    "instances up": lambda old, new: of(new, "instances") > of(old, "instances"),
    "instances down": lambda old, new: of(new, "instances") < of(old, "instances"),
    "parameters": lambda old, new: of(old, "postgresql") != of(new, "postgresql"),
    "hibernate": lambda old, new: hibernates(new) and not hibernates(old),
    "wake": lambda old, new: hibernates(old) and not hibernates(new),
    "version up": lambda old, new: 0 < version(old) < version(new),
    "version back": lambda old, new: 0 < version(new) < version(old),
    "backups on": lambda old, new: archives(new) and not archives(old),
    "backups off": lambda old, new: archives(old) and not archives(new),
}
POOLER: dict[str, Change] = {
    "pooler out": lambda old, new: of(old, "instances") > of(new, "instances") == 0,
    "pooler in again": lambda old, new: of(new, "instances") > of(old, "instances") == 0,
}
STORE: dict[str, Change] = {
    "retention": lambda old, new: old["spec"].get("retentionPolicy") != new["spec"].get("retentionPolicy"),
}
CHANGES = {"Cluster": CLUSTER, "Pooler": POOLER, "ObjectStore": STORE}
FIRST: dict[str, Callable[[Manifest], bool]] = {
    "adopted": lambda new: new["kind"] == "Cluster" and adopted(new),
    "restored": lambda new: new["kind"] == "Cluster" and "recovery" in new["spec"].get("bootstrap", {}),
    "pooler in": lambda new: new["kind"] == "Pooler",
    "extensions": lambda new: new["kind"] == "Database",
}
"""What one manifest alone shows."""
ALL = {*FIRST, *(name for changes in CHANGES.values() for name in changes)}


def of(manifest: Manifest, field: str) -> Any:
    """A field of the spec that one manager states. Adopted Clusters lack what nobody asked for."""
    return manifest["spec"].get(field) or {"instances": 0, "storage": {"size": "0"}}.get(field)


def kinds(journal: Iterable[Entry]) -> Iterator[str]:
    """The kinds of edits in a journal, each as often as it happens; those of one manifest once."""
    applied: dict[Any, list[Manifest]] = {}
    for entry in journal:
        if entry.how == "apply" and not entry.manager.startswith("kubectl"):
            applied.setdefault(entry.ref, []).append(entry.manifest)
    for ref, manifests in applied.items():
        yield from (name for name, shows in FIRST.items() if any(map(shows, manifests)))
        for old, new in pairwise(manifests):
            yield from (name for name, differs in CHANGES.get(ref.kind, {}).items() if differs(old, new))
