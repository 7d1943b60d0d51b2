"""What must be true of an app whatever happens: after every reconcile, and once nothing changes any more."""

from dataclasses import dataclass, field

from tests.machine import status_invariants
from tests.machine.ca_invariant import TrustedCA
from tests.machine.cluster_invariants import check_not_reduced, policy, recorded_policy
from tests.machine.response_invariants import check_complete, check_memo, check_warnings, data
from tests.simulated.api_server import Ref
from tests.simulated.archives import Row
from tests.simulated.cnpg import archiver
from tests.simulated.rounds import Round
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import PATIENCE
from tests.simulator import World
from tests.status_schema import status_errors

CLUSTER = Ref("Cluster", "shop", "dash-db")


@dataclass
class InvariantChecker:
    """Checks one world, and remembers what must not be lost."""

    world: World
    sent_types: set[str] = field(default_factory=set)
    """Types of conditions that the function has sent. None may be missing later."""
    promised_rows: list[Row] | None = None
    """Rows that a database under Retain had at last; None: no rows have to be kept."""
    uid: str = ""
    """uid of the Cluster that had them."""
    trusted: TrustedCA = field(default_factory=TrustedCA)
    """The CA that the backend's pods trust."""
    delete_written: bool = False
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
        """A Cluster with data is unchanged, or has grown, or was deleted on purpose."""
        if before["metadata"]["uid"] not in self.world.cnpg.data:
            return
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
            self.trusted.check(self.world)
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

    def object_goes_next(self) -> None:
        """The Cluster goes in the next reconcile. If its uid isn't in the status by then, nobody can know."""
        if "uid" not in self.world.xr.get("status", {}).get("database", {}):
            self.promised_rows = None

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
            and archive.bases[archive.mixed :]
            and archive.rows[: len(self.promised_rows or [])] == self.promised_rows
        )
        self.promised_rows = self.promised_rows if complete else None

    def has_promised_rows(self) -> bool:
        """Whether the Cluster has every row that had to be kept."""
        return (
            self.promised_rows is None
            or self.world.cnpg.rows(CLUSTER)[: len(self.promised_rows)] == self.promised_rows
        )
