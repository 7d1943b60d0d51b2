"""Edits at the edge of what is allowed, and those that only a later loss shows to be dangerous."""

from typing import Any

from hypothesis import strategies as st

from function.api.quantity import size
from function.patch import merge
from tests.adopted_clusters import MAKES, made
from tests.machine.app_machine import AppMachine, Impossible, counts, rule_if_possible
from tests.machine.invariants import CLUSTER
from tests.simulated.archives import Archive, ArchiveLocation, Row

STORE = {"destinationPath": "s3://backups"}
ODD_IMAGES = ["registry:5000/pg:{}.4", f"r.dev:18/pg/16:{{}}@sha256:{'15' * 32}", "pg:{}-17.2"]
"""Images of a major whose registry, path, digest or suffix looks like one."""


class Edges(AppMachine):
    """Developers and platform engineers who go as far as they can."""

    def edit_of(self, **changes: object) -> None:
        """Commit other values of the database."""
        spec = self.world.status["accepted"]
        self.commit(spec | {"database": merge(spec["database"], changes)})

    def storage(self) -> int:
        """The size of the volumes in bytes."""
        return int(size(self.world.object("database-cluster")["spec"]["storage"]["size"]))

    @rule_if_possible(more=st.sampled_from([-1, 0, 1]))
    def grow_tenfold(self, more: int) -> None:
        """Ask for ten times the size, a byte less or a byte more."""
        self.edit_of(storage=str(10 * self.storage() + more))

    @rule_if_possible(more=st.sampled_from([-1, 0, 1]))
    def resize_by_a_byte(self, more: int) -> None:
        """Ask for the size as it is, a byte less or a byte more."""
        self.edit_of(storage=str(self.storage() + more))

    @rule_if_possible(step=st.sampled_from([-1, 1, 1, None]))
    def change_version(self, step: int | None) -> None:
        """Ask for the major below or above the one that runs, or for none."""
        runs = self.world.status["database"]["version"]
        self.edit_of(version=None if step is None else min(18, max(15, runs + step)))

    @rule_if_possible(step=st.sampled_from([-1, 1, 1, None]))
    def change_era(self, step: int | None) -> None:
        """Ask for the era below or above, or for none."""
        era = self.world.status["accepted"]["database"].get("era", 1)
        self.edit_of(era=None if step is None else max(1, era + step))

    @rule_if_possible(
        retention=st.sampled_from(["28d", "29d", "30d", "31d", "4w", "1m", "5w"]),
        reduce=st.none() | st.just(value=True),
    )
    def change_retention(self, retention: str, reduce: bool | None) -> None:  # noqa: FBT001  # Hypothesis.
        """Keep backups for about a month, a day more or less, in any unit."""
        self.edit_of(backup={"retention": retention, "allowReduction": reduce})

    @rule_if_possible(enabled=st.booleans())
    def switch_backups(self, enabled: bool) -> None:  # noqa: FBT001  # Hypothesis gives arguments by name.
        """Switch backups on or off."""
        self.edit_of(backup={"enabled": enabled})

    @rule_if_possible(raise_era=st.booleans())
    def restore_another(self, raise_era: bool) -> None:  # noqa: FBT001  # Hypothesis gives arguments by name.
        """Ask for the rows of another app, and leave that in Git, maybe under the next era."""
        settings = self.world.settings or {}
        store = settings.get("database", {}).get("objectStore") or STORE
        shared = {"database": {"objectStore": store, "restoreFrom": ["crm"]}}
        self.world.govern(merge(settings, shared))
        born = "2025-01-01T00:00:00Z"
        location = ArchiveLocation(f"{store['destinationPath']}/crm", "crm-web-1-1-pg17")
        self.world.cnpg.archives[location] = Archive("another", 17, [Row(born, "another")], [born])
        restore = {"app": "web", "namespace": "crm"}
        restored: dict[str, Any] = {"name": "metrics", "version": 17, "restore": restore}
        if raise_era:
            asked = self.world.status["accepted"]["database"].get("era", 1)
            restored["era"] = max(asked, self.world.status["database"].get("era", 1)) + 1
            if self.world.server.get(CLUSTER) is None:  # This is meant, and the own rows are given up.
                self.checker.promised_rows = None
        self.edit_of(**restored)

    @rule_if_possible(step=st.sampled_from([-1, 1]))
    def change_platform_era(self, step: int) -> None:
        """Raise or lower the Platform's era though nothing was rebuilt."""
        settings = self.world.settings or {}
        era = settings.get("database", {}).get("era", 1)
        self.world.govern(merge(settings, {"database": {"era": max(1, era + step), "recover": None}}))

    @rule_if_possible(
        major=st.integers(15, 18),
        image=st.sampled_from(ODD_IMAGES),
    )
    def name_odd_images(self, major: int, image: str) -> None:
        """Name images whose registry, digest or suffix looks like a major."""
        patch = {"database": {"images": {str(major): image.format(major)}}}
        self.world.govern(merge(self.world.settings or {}, patch))

    @rule_if_possible(make=st.sampled_from(sorted(MAKES)))
    def adopt(self, make: str) -> None:
        """The cluster is made anew from Git, beside a Cluster that somebody made."""
        if "database" not in self.world.spec:
            raise Impossible
        self.world.rebuild()
        self.checker.promised_rows = None
        uid = self.world.apply(made(make))["metadata"]["uid"]
        self.world.cnpg.data[uid] = []
        counts[f"adopt: {make}"] += 1

    @rule_if_possible()
    def install_older_function(self) -> None:
        """Go back to a release of the function that knows less."""
        self.install(0)

    @rule_if_possible()
    def install_newest_function(self) -> None:
        """Go to the newest release of the function."""
        self.install(self.newest)

    @rule_if_possible(class_=st.sampled_from(["fast", None]))
    def lack_volumes(self, class_: str | None) -> None:
        """From now on volumes of one class alone can be made; those that there are stay."""
        self.world.cnpg.volumes.classes = {class_}

    @rule_if_possible()
    def make_any_volume(self) -> None:
        """Volumes of every class can be made again."""
        self.world.cnpg.volumes.classes = None
