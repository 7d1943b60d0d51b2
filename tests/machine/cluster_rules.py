"""What happens in a cluster: operators, people with kubectl, and upheavals."""

from hypothesis import strategies as st

from function.patch import merge
from tests.machine import changes
from tests.machine.app_machine import AppMachine, rule_if_possible
from tests.machine.cluster_invariants import policy, recorded_policy
from tests.machine.invariants import CLUSTER
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest


def present() -> st.SearchStrategy[str]:
    """Key of a composed object that is there."""
    return st.runner().flatmap(lambda self: st.sampled_from(sorted(self.world.keys) or ["nothing"]))


class Operators(AppMachine):
    """They reconcile what is composed."""

    @rule_if_possible(state=changes.cnpg_states)
    def cloudnativepg(self, state: Operator) -> None:
        """From now on the database's instances, archive or backups are in another state."""
        self.world.play("database-cluster", state)

    @rule_if_possible()
    def renew_ca(self) -> None:
        """CloudNativePG renews the CA of the database."""
        self.world.renew_ca()

    @rule_if_possible(role=st.sampled_from(["frontend", "backend"]), state=changes.rollouts)
    def rollout(self, role: str, state: Operator) -> None:
        """From now on the rollout of a part is in another state."""
        self.world.play(f"{role}-deployment", state)

    @rule_if_possible()
    def recover(self) -> None:
        """All operators are back in their usual state."""
        self.world.parts.clear()

    @rule_if_possible()
    def night(self) -> None:
        """Another backup is due."""
        self.world.cnpg.base_backups.nights += 1

    @rule_if_possible()
    def hurry(self) -> None:
        """The next rule is run after one reconcile, not at rest."""
        self.hurried = True


class Kubectl(AppMachine):
    """People with kubectl edit and delete what is composed."""

    @rule_if_possible(key=present(), patch=changes.patches)
    def hand_edit(self, key: str, patch: Manifest) -> None:
        """Edit any composed object."""
        self.world.hand_edit(key, patch)

    @rule_if_possible(patch=changes.cluster_patches)
    def hand_edit_cluster(self, patch: Manifest) -> None:
        """Edit the Cluster."""
        self.world.hand_edit("database-cluster", patch)
        self.checker.delete_written |= recorded_policy(self.world.object("database-cluster")) == "Delete"

    @rule_if_possible(patch=changes.deployment_patches)
    def hand_edit_deployment(self, patch: Manifest) -> None:
        """Edit the backend's Deployment."""
        self.world.hand_edit("backend-deployment", patch)

    @rule_if_possible(key=present())
    def delete(self, key: str) -> None:
        """Delete any composed object; what is protected is refused."""
        cluster = self.world.server.get(CLUSTER)
        self.world.delete(key)
        if key == "database-cluster" and cluster:
            assert not self.world.keys >= {"deletion-protection-database"}
            self.checker.promised_rows = self.checker.promised_rows if policy(cluster) == "Retain" else None

    @rule_if_possible(stray=changes.strays)
    def somebody_elses(self, stray: Manifest) -> None:
        """Where there is no Cluster, somebody makes one of that name.

        Not while the XR refers to one: Crossplane reconciles no XR that refers to what it didn't name.
        """
        if self.world.server.get(CLUSTER) is None and CLUSTER.name not in self.world.referred:
            uid = self.world.apply(stray)["metadata"]["uid"]
            self.world.cnpg.data[uid] = []
            self.checker.promised_rows = None


class Upheavals(AppMachine):
    """Objects, composites and whole clusters are lost."""

    @rule_if_possible(key=present())
    def lose(self, key: str) -> None:
        """Any composed object is gone, whatever protects it."""
        self.world.lose(key)
        self.checker.object_lost()

    @rule_if_possible()
    def lose_database(self) -> None:
        """The Cluster is gone, whatever protects it."""
        self.world.lose("database-cluster")
        self.checker.object_lost()

    @rule_if_possible()
    def delete_cluster_alone(self) -> None:
        """The Cluster is gone, and its volumes aren't."""
        self.world.delete_cluster_alone()
        self.checker.object_lost()

    @rule_if_possible()
    def lose_database_meanwhile(self) -> None:
        """The Cluster goes between observation and apply, so Crossplane creates it again."""
        self.world.lose_meanwhile("database-cluster")
        self.checker.object_goes_next()
        if "uid" not in self.world.xr.get("status", {}).get("database", {}):
            self.checker.promised_rows = None  # Nobody can know that there was one.

    @rule_if_possible()
    def wipe_status(self) -> None:
        """The XR loses its status."""
        self.checker.forget_loss()
        self.world.wipe_status()

    @rule_if_possible()
    def forget_references(self) -> None:
        """The XR loses its resourceRefs."""
        if self.checker.has_promised_rows():
            self.world.forget_references()

    @rule_if_possible()
    def restore(self) -> None:
        """The cluster's objects are restored from a backup, without the XR."""
        self.checker.forget_loss()
        self.world.restore()

    @rule_if_possible(orphan=st.booleans())
    def delete_app(self, orphan: bool) -> None:  # noqa: FBT001  # Hypothesis gives arguments by name.
        """Delete the NodeApp, and apply it again."""
        protected = self.world.keys >= {"deletion-protection-xr"}
        self.world.remove(orphan=orphan)
        assert not protected
        self.checker.forget_loss()
        self.world.ask(self.world.spec)

    @rule_if_possible()
    def rebuild(self) -> None:
        """The whole cluster is lost, and made anew from Git."""
        self.world.rebuild()
        self.checker.promised_rows = None

    @rule_if_possible()
    def rebuild_and_recover(self) -> None:
        """Rebuild the cluster, with a Platform that recovers every database."""
        settings = self.world.settings or {}
        database = settings.get("database", {})
        recovered = {"era": database.get("era", 1) + 1, "recover": True}
        stored = database.get("objectStore") or {"destinationPath": "s3://backups"}
        self.checker.recover_from_archive()
        self.world.settings = merge(settings, {"database": recovered | {"objectStore": stored}})
        self.world.rebuild()
        self.check()
        self.checker.forget_loss()
