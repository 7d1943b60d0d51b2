"""The API server: objects, who owns their fields, what is refused."""

import json
from typing import Any, NamedTuple

from tests.simulated import server_side_apply
from tests.simulated.admission import invalid
from tests.simulated.defaults import defaulted
from tests.simulated.server_side_apply import Manifest, Owner, Owners, Writer

CLUSTER_SCOPED = {"XNodeApp", "ClusterUsage", "Platform", "Namespace", "APIService"}
UNCOUNTED = {"Service", "ServiceAccount", "Secret", "Namespace"}
"""Kinds whose changes aren't counted in metadata.generation."""


class Invalid(Exception):  # noqa: N818  # The API server's own word.
    """An object isn't valid (422)."""


class Refused(Exception):  # noqa: N818
    """A deletion is refused by a Usage (409)."""


class Ref(NamedTuple):
    """Where an object is. Its group is left out: no two kinds here share a name."""

    kind: str
    namespace: str
    name: str

    @classmethod
    def of(cls, manifest: Manifest) -> "Ref":
        """Where an object is."""
        metadata, kind = manifest["metadata"], manifest["kind"]
        return cls(kind, "" if kind in CLUSTER_SCOPED else metadata.get("namespace", ""), metadata["name"])


class ApiServer:
    """Stored objects are never changed in place: every write makes a new one."""

    def __init__(self) -> None:
        """An empty cluster, at the beginning of 2026."""
        self.objects: dict[Ref, Manifest] = {}
        self.owners: dict[Ref, Owners] = {}
        self.applied: dict[tuple[Ref, str], tuple[Manifest, str]] = {}
        """What was applied last, and the version that came of it."""
        self.writes = 0
        """Of objects that changed; the last one's number is its resourceVersion."""
        self.ticks = 0

    def now(self) -> str:
        """The time, which passes as reconciles do."""
        return f"2026-01-{1 + self.ticks // 1440:02}T{self.ticks // 60 % 24:02}:{self.ticks % 60:02}:00Z"

    def get(self, ref: Ref) -> Manifest | None:
        """An object, or None."""
        return self.objects.get(ref)

    def apply(self, manifest: Manifest, manager: str) -> Manifest:
        """Server-side apply, by force. Raises Invalid."""
        ref = Ref.of(manifest)
        if (live := self.objects.get(ref)) and self.applied.get((ref, manager)) == (manifest, version(live)):
            return live  # An apply that changes nothing: most of them.
        merged, owners = server_side_apply.apply(
            self.objects.get(ref, {}), manifest, self.owners.get(ref, {}), manager
        )
        done = self.write(ref, merged, owners)
        self.applied[ref, manager] = manifest, version(done)
        return done

    def update(self, ref: Ref, manager: str, change: Writer, subresource: str = "") -> Manifest:
        """Write an object as a whole. Raises Invalid."""
        live = self.objects[ref]
        new = change(live)
        if new == live:
            return live
        owners = server_side_apply.update(live, new, self.owners[ref], Owner(manager, "Update", subresource))
        return self.write(ref, new, owners)

    def write(self, ref: Ref, wanted: Manifest, owners: Owners) -> Manifest:
        """Default, judge and store an object. Nothing is stored where nothing changes."""
        live = self.objects.get(ref)
        new = defaulted(wanted)
        if problem := invalid(live, new):
            message = f"{new['kind']} {ref.name!r} is invalid: {problem}"
            raise Invalid(message)
        if live is not None and new == live and owners == self.owners[ref]:
            return live
        self.writes += 1
        metadata = served(live, new, self.writes, self.now())
        changed = {who for who, paths in owners.items() if paths != self.owners.get(ref, {}).get(who)}
        old = (live or {}).get("metadata", {}).get("managedFields", [])
        times = {Owner(e["manager"], e["operation"], e.get("subresource", "")): e["time"] for e in old}
        metadata["managedFields"] = [
            entry(who, new["apiVersion"], owners[who], self.now() if who in changed else times[who])
            for who in owners
        ]
        self.objects[ref], self.owners[ref] = new | {"metadata": metadata}, owners
        return self.objects[ref]

    def delete(self, ref: Ref) -> None:
        """Delete an object. Raises Refused while a Usage protects it."""
        self.admit_deletion(ref)
        self.forget(ref)

    def admit_deletion(self, ref: Ref) -> None:
        """The webhook of usages. Raises Refused."""
        if usage := self.used().get(ref):
            name, namespace = usage["metadata"]["name"], usage["metadata"].get("namespace")
            where = f' (in namespace "{namespace}")' if namespace else ""
            message = (
                f"This resource is in-use by 1 usage(s), including the *v1beta1.{usage['kind']} "
                f'"{name}"{where} with reason: {json.dumps(usage["spec"]["reason"])}.'
            )
            raise Refused(message)

    def forget(self, ref: Ref) -> None:
        """An object goes, whatever protects it."""
        del self.objects[ref], self.owners[ref]
        self.writes += 1

    def used(self) -> dict[Ref, Manifest]:
        """What a usage protects, and that usage."""
        usages = {}
        for usage in self.objects.values():
            if usage["kind"] in ("Usage", "ClusterUsage"):
                of, namespace = usage["spec"]["of"], usage["metadata"].get("namespace", "")
                usages[Ref(of["kind"], namespace, of["resourceRef"]["name"])] = usage
        return usages


def version(manifest: Manifest) -> str:
    """An object's resourceVersion: no two versions share one."""
    number: str = manifest["metadata"]["resourceVersion"]
    return number


def served(live: Manifest | None, new: Manifest, number: int, now: str) -> Manifest:
    """The metadata that the API server keeps itself."""
    old = (live or {}).get("metadata", {})
    metadata: Manifest = new["metadata"] | {
        "uid": old.get("uid") or f"00000000-0000-4000-8000-{number:012}",
        "creationTimestamp": old.get("creationTimestamp") or now,
        "resourceVersion": str(number),
    }
    if new["kind"] not in UNCOUNTED:
        same = live is not None and content(live) == content(new)
        metadata["generation"] = old.get("generation", 0) + (not same)
    return metadata


def content(manifest: Manifest) -> dict[str, Any]:
    """What of an object counts as its generation."""
    return {key: value for key, value in manifest.items() if key not in ("metadata", "status")}


def entry(who: Owner, api_version: str, paths: frozenset[server_side_apply.Path], time: str) -> Manifest:
    """One entry of managedFields."""
    fields = {
        "manager": who.manager,
        "operation": who.operation,
        "apiVersion": api_version,
        "time": time,
        "fieldsType": "FieldsV1",
        "fieldsV1": server_side_apply.encoded(paths),
    }
    return fields | ({"subresource": who.subresource} if who.subresource else {})
