"""What must be true of an app whatever happens: after every reconcile, and once nothing changes any more."""

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
from tests.status_schema import status_errors

CLUSTER = Ref("Cluster", "shop", "dash-db")
REASONS_WITHOUT_EVENT = {"Progressing", "NoImage", "LookingUp"}
"""Reasons that cause no Warning event."""
FATAL_REASONS = {"Refused", "PlatformMissing", "InvalidPlatform"}
"""Reasons with which a response may be FATAL."""


class InvariantChecker:
    """Checks one world, and remembers what must not be lost."""

    def __init__(self, world: World) -> None:
        """A checker of a world that was not reconciled yet."""
        self.world = world
        self.sent_types: set[str] = set()
        """Types of conditions that the function has sent. None may be missing later."""
        self.promised_rows: list[Row] | None = None
        """Rows that a database under Retain had at last; None: no rows have to be kept."""
        self.uid = ""
        """uid of the Cluster that had them."""
        self.delete_written = False
        """Whether Delete is asked for explicitly, or was written into the Cluster's annotation by hand."""

    def reconcile(self) -> Round:
        """Reconcile once, and check what is true of every reconcile."""
        world = self.world
        world.bind()
        before = world.server.get(CLUSTER)
        former_statuses = {c["type"]: c["status"] for c in world.xr.get("status", {}).get("conditions", [])}
        done = world.reconcile()
        check_complete(done, world)
        check_memo(done)
        assert status_errors(done.response) == []
        self.sent_types &= former_statuses.keys()
        if done.fatal is None:
            types = {c.type for c in done.response.conditions}
            assert self.sent_types <= types, f"no longer sent: {self.sent_types - types}"
            self.sent_types |= types
            check_warnings(done, former_statuses)
        if before and not world.meddled:
            self.check_cluster(before, world.server.get(CLUSTER))
        if done.fatal is None and (asked := world.status.get("accepted", {}).get("database")) is not None:
            self.delete_written = asked.get("deletionPolicy") == "Delete"
        return done

    def check_cluster(self, before: Manifest, after: Manifest | None) -> None:
        """A Cluster is unchanged, or has grown, or was deleted on purpose."""
        if after is None:
            assert recorded_policy(before) == "Delete", "the Cluster was dropped"
            assert self.delete_written, "the Cluster was dropped though nobody wrote Delete"
            assert "database" not in self.world.status["accepted"], "asked for, and dropped"
            return
        assert after["metadata"]["uid"] == before["metadata"]["uid"], "another Cluster"
        check_not_reduced(before, after)
        if policy(before) == "Retain" and recorded_policy(after) != "Delete":
            assert policy(after) == "Retain", "Retain was loosened"

    def settle(self) -> None:
        """Reconcile until nothing changes any more, and check what is true then."""
        answer = b""
        for _ in range(PATIENCE):
            before, last = self.world.server.writes, answer
            done = self.reconcile()
            answer = data(done.response)
            if self.world.server.writes == before and answer == last:
                break
        else:
            message = f"objects still change after {PATIENCE} reconciles"
            raise AssertionError(message)
        assert not done.events, f"a reconcile without a change has events: {done.events}"
        if done.fatal is None:
            status_invariants.check(self.world, done.response)
            self.check_rows()

    def check_rows(self) -> None:
        """No database is Ready that lacks rows of one that had to be kept."""
        status, rows = self.world.status, self.world.cnpg.rows(CLUSTER)
        accepted = self.world.annotations.get("platform.io/accept-data-loss") == self.uid
        if accepted or (status.get("accepted", {}).get("database") or {}).get("deletionPolicy") == "Delete":
            self.promised_rows = None
        works = "DatabaseReady" in self.world.types and self.world.condition("DatabaseReady")
        if works and works.status == "True" and works.reason != "NotApplicable":
            assert self.has_promised_rows(), "rows are gone, and DatabaseReady is True"
            assert status["database"]["uid"] == self.world.object("database-cluster")["metadata"]["uid"]
            if status["database"]["deletionPolicy"] == "Retain":
                self.promised_rows = list(rows)
            self.uid = status["database"]["uid"]

    def forget_loss(self) -> None:
        """The record of a loss is gone, so nobody can know of it. While the rows are there, none is lost."""
        if not self.has_promised_rows():
            self.promised_rows = None

    def object_lost(self) -> None:
        """An object is lost. Without the Cluster's uid in the status, nobody can know that it existed."""
        if "uid" not in self.world.xr.get("status", {}).get("database", {}):
            self.forget_loss()

    def recover_from_archive(self) -> None:
        """A recovery brings back what was archived. If rows were missing there, BackedUp was not True."""
        cluster = self.world.server.get(CLUSTER)
        plugin = archiver(cluster) if cluster else None
        archive = (
            self.world.cnpg.archives.get(self.world.cnpg.location(cluster, plugin))
            if cluster and plugin
            else None
        )
        complete = (
            archive is not None
            and archive.bases
            and archive.rows[: len(self.promised_rows or [])] == self.promised_rows
        )
        self.promised_rows = self.promised_rows if complete else None

    def has_promised_rows(self) -> bool:
        """Whether the Cluster has every row that had to be kept."""
        return (
            self.promised_rows is None
            or self.world.cnpg.rows(CLUSTER)[: len(self.promised_rows)] == self.promised_rows
        )


def check_complete(done: Round, world: World) -> None:
    """A response is FATAL or complete, and the API server refuses nothing of it.

    The exception is a Usage that a former XR left behind: it goes on protecting its object until somebody
    deletes it.
    """
    if done.fatal is not None:
        [condition] = done.response.conditions
        assert condition.reason in FATAL_REASONS, done.fatal
        assert not done.response.desired.resources
        return
    assert done.error == "" or ("in-use by" in done.error and left_behind(world))
    assert done.refused == {}
    assert done.response.desired.composite.ready != fnv1.READY_UNSPECIFIED
    assert all(r.ready != fnv1.READY_UNSPECIFIED for r in done.response.desired.resources.values())


def check_memo(done: Round) -> None:
    """A function without a memo gives the same response, byte for byte."""
    for each in done.calls:
        again = call(FunctionRunner(memo=False), each.request)
        assert data(again) == data(each.response), "the response without the memo differs"


def left_behind(world: World) -> bool:
    """Whether there is a Usage that belongs to no XR."""
    usages = (m for ref, m in world.server.objects.items() if ref.kind.endswith("Usage"))
    return any(not m["metadata"].get("ownerReferences") for m in usages)


def check_warnings(done: Round, former_statuses: dict[str, str]) -> None:
    """A Warning means that a condition was good or new and isn't good now."""
    turned = {
        c.reason
        for c in done.response.conditions
        if c.status == fnv1.STATUS_CONDITION_FALSE and former_statuses.get(c.type, "True") == "True"
    }
    warnings = {event.reason for event in done.events if event.type == "Warning"}
    assert warnings <= turned - REASONS_WITHOUT_EVENT


def check_not_reduced(before: Manifest, after: Manifest) -> None:
    """Volume, StorageClass, bootstrap and PostgreSQL major of a Cluster never go back."""
    old, new = before["spec"], after["spec"]
    assert size(new["storage"]["size"]) >= size(old["storage"]["size"]), "the volume shrank"
    assert new["storage"].get("storageClass") == old["storage"].get("storageClass"), "the volume moved"
    assert new["bootstrap"] == old["bootstrap"], "the bootstrap changed"
    runs = before.get("status", {}).get("pgDataImageInfo", {}).get("majorVersion") or 0
    assert major(new["imageName"]) >= runs, "an older PostgreSQL"


def policy(cluster: Manifest) -> str | None:
    """The deletionPolicy in force."""
    in_force: str | None = cluster["metadata"].get("annotations", {}).get("platform.io/deletion-policy")
    return in_force


def recorded_policy(cluster: Manifest) -> str | None:
    """The deletionPolicy that a Cluster's annotation says was asked for explicitly."""
    try:
        last_requested = json.loads(cluster["metadata"]["annotations"]["platform.io/database"])
        explicit: str | None = last_requested.get("deletionPolicy")
    except (KeyError, ValueError, AttributeError):
        return None
    return explicit


def data(message: fnv1.RunFunctionResponse) -> bytes:
    """A response as bytes that are equal where it is equal."""
    return message.SerializeToString(deterministic=True)
