"""What happens in a cluster: operators, people with kubectl, and upheavals."""

from hypothesis import strategies as st

from function.platform import merge
from tests.machine import changes
from tests.machine.app_machine import Life, deed
from tests.machine.invariants import CLUSTER, policy, recorded_policy
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest


def present() -> st.SearchStrategy[str]:
    """Key of a composed object that is there."""
    return st.runner().flatmap(lambda self: st.sampled_from(sorted(self.world.keys) or ["nothing"]))


class Operators(Life):
    """They run what is composed."""

    @deed(turn=changes.turns)
    def cloudnativepg(self, turn: Operator) -> None:
        """The database's instances, archive or backups fare otherwise from now on."""
        self.world.play("database-cluster", turn)

    @deed(role=st.sampled_from(["frontend", "backend"]), turn=changes.rollouts)
    def rollout(self, role: str, turn: Operator) -> None:
        """A part's pods fare otherwise from now on."""
        self.world.play(f"{role}-deployment", turn)

    @deed()
    def recover(self) -> None:
        """All is well with the operators."""
        self.world.parts.clear()

    @deed()
    def night(self) -> None:
        """Another backup is due."""
        self.world.cnpg.nights += 1

    @deed()
    def hurry(self) -> None:
        """What is done next is done before all has come to rest."""
        self.hurried = True


class Kubectl(Life):
    """People with kubectl edit and delete what is composed."""

    @deed(key=present(), patch=changes.patches)
    def hand_edit(self, key: str, patch: Manifest) -> None:
        """Edit any composed object."""
        self.world.hand_edit(key, patch)

    @deed(patch=changes.cluster_patches)
    def hand_edit_cluster(self, patch: Manifest) -> None:
        """Edit what matters most."""
        self.world.hand_edit("database-cluster", patch)
        self.witness.written |= recorded_policy(self.world.object("database-cluster")) == "Delete"

    @deed(patch=changes.deployment_patches)
    def hand_edit_deployment(self, patch: Manifest) -> None:
        """Edit pods."""
        self.world.hand_edit("backend-deployment", patch)

    @deed(key=present())
    def delete(self, key: str) -> None:
        """Delete any composed object; what is protected is refused."""
        cluster = self.world.server.get(CLUSTER)
        self.world.delete(key)
        if key == "database-cluster" and cluster:
            assert not self.world.keys >= {"deletion-protection-database"}
            self.witness.held = self.witness.held if policy(cluster) == "Retain" else None

    @deed(owner=changes.owners)
    def somebody_elses(self, owner: list[Manifest]) -> None:
        """Where there is no Cluster, somebody makes one of that name.

        Not while the XR refers to one: Crossplane reconciles no XR that refers to what it didn't name.
        """
        if self.world.server.get(CLUSTER) is None and CLUSTER.name not in self.world.referred:
            self.world.apply(changes.stray(owner))
            self.witness.held = None


class Upheavals(Life):
    """Objects, composites and whole clusters are lost."""

    @deed(key=present())
    def lose(self, key: str) -> None:
        """Any composed object is gone, whatever protects it."""
        self.world.lose(key)
        self.witness.misses()

    @deed()
    def lose_database(self) -> None:
        """The same, of what matters most."""
        self.world.lose("database-cluster")
        self.witness.misses()

    @deed()
    def lose_database_meanwhile(self) -> None:
        """It goes after Crossplane saw it, and Crossplane makes it anew."""
        self.world.lose_meanwhile("database-cluster")

    @deed()
    def wipe_status(self) -> None:
        """The XR forgets all that it knew."""
        self.witness.forgets()
        self.world.wipe_status()

    @deed()
    def forget_references(self) -> None:
        """The XR forgets what it composed."""
        if self.witness.kept():
            self.world.forget_references()

    @deed()
    def restore(self) -> None:
        """The cluster's objects are restored from a backup, without the XR."""
        self.witness.forgets()
        self.world.restore()

    @deed(orphan=st.booleans())
    def delete_app(self, orphan: bool) -> None:  # noqa: FBT001  # Hypothesis gives arguments by name.
        """Delete the NodeApp, and apply it again."""
        protected = self.world.keys >= {"deletion-protection-xr"}
        self.world.remove(orphan=orphan)
        assert not protected
        self.witness.forgets()
        self.world.ask(self.world.spec)

    @deed()
    def rebuild(self) -> None:
        """The whole cluster is lost, and made anew from Git."""
        self.world.rebuild()
        self.witness.held = None

    @deed()
    def rebuild_and_recover(self) -> None:
        """The same, with a Platform that has every database recovered."""
        settings = self.world.settings or {}
        database = settings.get("database", {})
        recovered = {"era": database.get("era", 1) + 1, "recover": True}
        stored = database["objectStore"]
        self.witness.falls_back()
        self.world.settings = merge(settings, {"database": recovered | {"objectStore": stored}})
        self.world.rebuild()
        self.what_is_true()
        self.witness.forgets()
