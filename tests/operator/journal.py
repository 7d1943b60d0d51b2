"""What happens to CloudNativePG's objects in a simulated life, to be repeated on a real API server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple
from unittest import mock

from tests.recordings import patch
from tests.simulated import simulation
from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg import KINDS
from tests.simulated.server_side_apply import Manifest, Writer

WRITTEN = ("labels", "annotations")
"""What of an object's metadata people and Crossplane write. Owners are left out: a real API server would
delete what belongs to an XNodeApp that it doesn't have."""


class Entry(NamedTuple):
    """One write."""

    how: Literal["apply", "patch", "status", "delete"]
    ref: Ref
    manager: str = ""
    manifest: Manifest = {}
    """What is applied, or a merge patch."""


class JournalingServer(ApiServer):
    """A simulated API server that writes down what it admits of CloudNativePG's kinds."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        super().__init__()
        self.journal: list[Entry] = []

    def apply(self, manifest: Manifest, manager: str) -> Manifest:
        """Apply, and write it down if it changes anything. What isn't there may have gone by a rebuild."""
        before, ref = self.writes, Ref.of(manifest)
        new = ref not in self.objects
        done = super().apply(manifest, manager)
        if new:
            self.note(Entry("delete", ref))
        if self.writes != before:
            self.note(Entry("apply", ref, manager, as_written(manifest)))
        return done

    def update(self, ref: Ref, manager: str, change: Writer, subresource: str = "") -> Manifest:
        """Update, and write down the difference. Of a status only what webhooks read counts."""
        old = self.objects[ref]
        new = super().update(ref, manager, change, subresource)
        if not subresource and (changed := patch(as_written(old), as_written(new))):
            self.note(Entry("patch", ref, manager, changed))
        if (image := judged_by(new)) != judged_by(old):
            self.note(Entry("status", ref, manager, {"status": {"pgDataImageInfo": image}}))
        return new

    def forget(self, ref: Ref) -> None:
        """Delete, and write that down."""
        super().forget(ref)
        self.note(Entry("delete", ref))

    def note(self, entry: Entry) -> None:
        """Write down what happens to an object of CloudNativePG's."""
        if entry.ref.kind in KINDS:
            self.journal.append(entry)


def as_written(manifest: Manifest) -> Manifest:
    """An object as somebody would write it."""
    metadata = {key: manifest["metadata"][key] for key in WRITTEN if manifest["metadata"].get(key)}
    kept = {key: item for key, item in manifest.items() if key != "status"}
    return kept | {"metadata": metadata | {"name": manifest["metadata"]["name"]}}


def judged_by(manifest: Manifest) -> Any:
    """What CloudNativePG's webhooks read of a Cluster's status: the image that wrote the data."""
    return manifest.get("status", {}).get("pgDataImageInfo")


@contextmanager
def journaled() -> Iterator[list[JournalingServer]]:
    """The servers of all simulated lives that begin in the block."""
    servers: list[JournalingServer] = []

    def server() -> JournalingServer:
        servers.append(JournalingServer())
        return servers[-1]

    with mock.patch.object(simulation, "ApiServer", server):
        yield servers


def lives(play: Callable[[], Any]) -> list[JournalingServer]:
    """The servers of the simulated lives that a call plays."""
    with journaled() as servers:
        play()
    return servers
