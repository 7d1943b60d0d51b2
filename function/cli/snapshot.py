"""The state of a cluster, read from files: composed objects, XRs, and other objects."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from function.api.json_values import DEEPEST, TOO_DEEP, depth
from function.api.names import CLAIM, COMPOSITE
from function.app import Object
from function.cli import apps, sources
from function.cli.documents import Document, Finding
from function.cli.platforms import RejectedError
from function.identity import CLAIM_NAME, CLAIM_NAMESPACE, stands_for
from function.read import at, items, plain, text

KEY = "crossplane.io/composition-resource-name"
"""Annotation: the key under which Crossplane composed an object."""
PART_OF = "app.kubernetes.io/part-of"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The objects of a cluster."""

    composites: Sequence[Document]
    composed: Sequence[Object]
    others: Sequence[Object]

    def known(self, app: apps.NodeApp) -> Object | None:
        """An app's XR, else its claim, else the XR that owns its objects."""
        mine = [d.value for d in self.composites if stands_for(d.value) == (app.name, app.namespace)]
        return max(mine, key=lambda value: value["kind"] == COMPOSITE, default=self.owner(app))

    def owner(self, app: apps.NodeApp) -> Object | None:
        """The XR that owns an app's composed objects: its kind, name and uid."""
        owners = (
            owner for o in self.objects(app).values() for owner in items(o, "metadata", "ownerReferences")
        )
        ours = (
            o for o in owners if at(o, "kind") in (CLAIM, COMPOSITE) and text(o, "name") and text(o, "uid")
        )
        return next(
            ({"kind": o["kind"], "metadata": {"name": o["name"], "uid": o["uid"]}} for o in ours), None
        )

    def objects(self, app: apps.NodeApp) -> dict[str, Object]:
        """The composed objects of an app, by key."""
        return {at(o, "metadata", "annotations", KEY): o for o in self.composed if belongs(o, app)}

    def required(self, requirement: Mapping[str, Any]) -> Iterator[Object]:
        """The objects that meet a requirement. Composed ones are found by labels only: a name is looked up
        for an object that the app hasn't composed."""
        labels = at(requirement, "matchLabels", "labels")
        for other in (*self.others, *self.composed) if labels else self.others:
            if (other["apiVersion"], other["kind"]) != (requirement["apiVersion"], requirement["kind"]):
                continue
            metadata = other["metadata"]
            place = (metadata.get("name"), metadata.get("namespace"))
            if labels:
                matches = labels.items() <= (at(metadata, "labels") or {}).items()
            else:
                matches = place == (requirement["matchName"], requirement.get("namespace"))
            if matches:
                yield other


def belongs(composed: Object, app: apps.NodeApp) -> bool:
    """Whether a composed object may be an app's: no label says that it is another's."""
    metadata = composed["metadata"]
    labels = at(metadata, "labels")
    name = text(labels, CLAIM_NAME) or text(labels, PART_OF)
    namespace = text(labels, CLAIM_NAMESPACE) or text(metadata, "namespace")
    return name in (None, app.name) and (None in (namespace, app.namespace) or namespace == app.namespace)


def read(names: Iterable[str], platform: Object | None) -> Snapshot:
    """The snapshot in files and directories, with a Platform.

    Raises RejectedError for documents that are no objects of a cluster.
    """
    documents = list(sources.documents(names))
    problems = [problem for document in documents for problem in document.problems or wrong(document)]
    if problems:
        raise RejectedError(problems)
    composites = [d for d in documents if apps.kind(d) in (CLAIM, COMPOSITE)]
    objects = [plain(dict(d.value)) for d in documents if apps.kind(d) not in (CLAIM, COMPOSITE)]
    ours = [o for o in objects if text(o, "metadata", "annotations", KEY)]
    others = [o for o in objects if not text(o, "metadata", "annotations", KEY)]
    if platform:
        others = [platform, *(o for o in others if o["kind"] != apps.SETTINGS)]
    return Snapshot(composites, ours, others)


def wrong(document: Document) -> Iterator[Finding]:
    """Errors that keep a document from being an object of a cluster."""
    for key, type_, noun in (("apiVersion", str, "text"), ("kind", str, "text"), ("metadata", dict, "a map")):
        if not isinstance(document.value.get(key), type_):
            reason = f"must be {noun}" if key in document.value else "is required of an observed object"
            yield document.finding((key,), reason)
    if depth(dict(document.value)) > DEEPEST:
        yield document.finding((), TOO_DEEP)
