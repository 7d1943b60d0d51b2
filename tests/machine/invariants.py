"""What must be true of an app whatever happens, seen at every reconcile and at every rest."""

import json

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.fields import size
from function.fn import FunctionRunner
from tests.machine import status_invariants
from tests.simulated.admission import major
from tests.simulated.api_server import Ref
from tests.simulated.cnpg import Row, archiver
from tests.simulated.composition_pipeline import call
from tests.simulated.crossplane import Round
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import PATIENCE
from tests.simulator import World

CLUSTER = Ref("Cluster", "shop", "dash-db")
QUIET = {"Progressing", "NoImage", "LookingUp"}
"""Reasons that never make an event."""
LAST_RESORTS = {"Refused", "PlatformMissing", "InvalidPlatform"}
"""Why an answer may be FATAL."""


class Witness:
    """Watches one world, and remembers what must not be lost."""

    def __init__(self, world: World) -> None:
        """It has seen nothing yet."""
        self.world = world
        self.sent: set[str] = set()
        """Types of conditions that were sent."""
        self.held: list[Row] | None = None
        """Rows that a database under Retain was last seen with; None: there is nothing to keep."""
        self.uid = ""
        """Of the Cluster that had them."""
        self.written = False
        """Whether Delete is in force in words, or was written into the record by hand."""

    def reconcile(self) -> Round:
        """One reconcile, and what is true of each."""
        world = self.world
        world.bind()
        before = world.server.get(CLUSTER)
        told = {c["type"]: c["status"] for c in world.xr.get("status", {}).get("conditions", [])}
        done = world.reconcile()
        whole(done, world)
        remembered(done)
        self.sent &= told.keys()
        if done.fatal is None:
            types = {c.type for c in done.response.conditions}
            assert self.sent <= types, f"no longer sent: {self.sent - types}"
            self.sent |= types
            worse(done, told)
        if before and not world.meddled:
            self.same(before, world.server.get(CLUSTER))
        if done.fatal is None and (asked := world.status.get("accepted", {}).get("database")) is not None:
            self.written = asked.get("deletionPolicy") == "Delete"
        return done

    def same(self, before: Manifest, after: Manifest | None) -> None:
        """A Cluster is what it was, or more, or was deleted on purpose."""
        if after is None:
            assert recorded_policy(before) == "Delete", "the Cluster was dropped"
            assert self.written, "the Cluster was dropped though nobody wrote Delete"
            assert "database" not in self.world.status["accepted"], "asked for, and dropped"
            return
        assert after["metadata"]["uid"] == before["metadata"]["uid"], "another Cluster"
        regressed(before, after)
        if policy(before) == "Retain" and recorded_policy(after) != "Delete":
            assert policy(after) == "Retain", "Retain was loosened"

    def rest(self) -> None:
        """Reconcile until nothing changes any more, and what is true then."""
        answer = b""
        for _ in range(PATIENCE):
            before, last = self.world.server.writes, answer
            done = self.reconcile()
            answer = data(done.response)
            if self.world.server.writes == before and answer == last:
                break
        else:
            message = f"nothing is at rest after {PATIENCE} reconciles"
            raise AssertionError(message)
        assert not done.events, f"a quiet reconcile tells {done.events}"
        if done.fatal is None:
            status_invariants.hold(self.world, done.response)
            self.keep()

    def keep(self) -> None:
        """No empty database takes the place of one that was to be kept, and is called Ready."""
        status, rows = self.world.status, self.world.cnpg.rows(CLUSTER)
        accepted = self.world.annotations.get("platform.io/accept-data-loss") == self.uid
        if accepted or (status.get("accepted", {}).get("database") or {}).get("deletionPolicy") == "Delete":
            self.held = None
        works = "DatabaseReady" in self.world.types and self.world.condition("DatabaseReady")
        if works and works.status == "True" and works.reason != "NotApplicable":
            assert self.kept(), "rows are gone without a word"
            assert status["database"]["uid"] == self.world.object("database-cluster")["metadata"]["uid"]
            if status["database"]["deletionPolicy"] == "Retain":
                self.held = list(rows)
            self.uid = status["database"]["uid"]

    def forgets(self) -> None:
        """Whoever knew of a loss knows nothing any more. It is none while the data is there."""
        if not self.kept():
            self.held = None

    def misses(self) -> None:
        """Something is lost. Where it isn't on record any more, nobody can know of it."""
        if "uid" not in self.world.xr.get("status", {}).get("database", {}):
            self.forgets()

    def falls_back(self) -> None:
        """What is recovered is what was archived. Where it is less than there was, it had been said."""
        cluster = self.world.server.get(CLUSTER)
        plugin = archiver(cluster) if cluster else None
        archive = (
            self.world.cnpg.archives.get(self.world.cnpg.place(cluster, plugin))
            if cluster and plugin
            else None
        )
        whole = archive is not None and archive.bases and archive.rows[: len(self.held or [])] == self.held
        self.held = self.held if whole else None

    def kept(self) -> bool:
        """Whether the Cluster has every row that was to be kept."""
        return self.held is None or self.world.cnpg.rows(CLUSTER)[: len(self.held)] == self.held


def whole(done: Round, world: World) -> None:
    """An answer is FATAL or complete, and the API server has nothing against it.

    A Usage that an XR left behind may: it protects what it did, until somebody deletes it.
    """
    if done.fatal is not None:
        [condition] = done.response.conditions
        assert condition.reason in LAST_RESORTS, done.fatal
        assert not done.response.desired.resources
        return
    assert done.error == "" or ("in-use by" in done.error and left_behind(world))
    assert done.refused == {}
    assert done.response.desired.composite.ready != fnv1.READY_UNSPECIFIED
    assert all(r.ready != fnv1.READY_UNSPECIFIED for r in done.response.desired.resources.values())


def remembered(done: Round) -> None:
    """A function that remembers nothing answers the same, byte for byte."""
    for each in done.calls:
        again = call(FunctionRunner(memo=False), each.request)
        assert data(again) == data(each.response), "answered otherwise without the memo"


def left_behind(world: World) -> bool:
    """Whether there is a Usage that belongs to no XR."""
    usages = (m for ref, m in world.server.objects.items() if ref.kind.endswith("Usage"))
    return any(not m["metadata"].get("ownerReferences") for m in usages)


def worse(done: Round, told: dict[str, str]) -> None:
    """A Warning means that a condition was good or new and isn't good now."""
    turned = {
        c.reason
        for c in done.response.conditions
        if c.status == fnv1.STATUS_CONDITION_FALSE and told.get(c.type, "True") == "True"
    }
    warnings = {event.reason for event in done.events if event.type == "Warning"}
    assert warnings <= turned - QUIET


def regressed(before: Manifest, after: Manifest) -> None:
    """Nothing that holds data is less than it was, or elsewhere."""
    old, new = before["spec"], after["spec"]
    assert size(new["storage"]["size"]) >= size(old["storage"]["size"]), "the volume shrank"
    assert new["storage"].get("storageClass") == old["storage"].get("storageClass"), "the volume moved"
    assert new["bootstrap"] == old["bootstrap"], "the bootstrap changed"
    runs = before.get("status", {}).get("pgDataImageInfo", {}).get("majorVersion") or 0
    assert major(new["imageName"]) >= runs, "an older PostgreSQL"


def policy(cluster: Manifest) -> str | None:
    """The deletionPolicy in force."""
    found: str | None = cluster["metadata"].get("annotations", {}).get("platform.io/deletion-policy")
    return found


def recorded_policy(cluster: Manifest) -> str | None:
    """The deletionPolicy that a Cluster's record has in words."""
    try:
        stanza = json.loads(cluster["metadata"]["annotations"]["platform.io/database"])
        found: str | None = stanza.get("deletionPolicy")
    except (KeyError, ValueError, AttributeError):
        return None
    return found


def data(message: fnv1.RunFunctionResponse) -> bytes:
    """A response as bytes that are equal where it is equal."""
    return message.SerializeToString(deterministic=True)
