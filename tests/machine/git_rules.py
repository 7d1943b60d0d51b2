"""What people commit: developers, and platform engineers."""

from hypothesis import strategies as st

from function.components.database.server_names import parsed
from function.patch import merge
from tests.damage import broken_specs
from tests.machine import changes
from tests.machine.app_machine import AppMachine, rule_if_possible
from tests.platform_strategies import platforms
from tests.simulated.server_side_apply import Manifest
from tests.spec_strategies import specs


class Developers(AppMachine):
    """They write NodeApps."""

    @rule_if_possible(change=changes.edits)
    def edit(self, change: changes.Edit) -> None:
        """Commit another value of one field, or none."""
        self.commit(change.apply_to(self.world.spec))

    @rule_if_possible(change=changes.database_edits)
    def edit_database(self, change: changes.Edit) -> None:
        """Commit another value of one field of the database, or none."""
        self.commit(change.apply_to(self.world.spec))

    @rule_if_possible(part=st.sampled_from(["database", "database", "frontend", "backend", "ingress"]))
    def remove(self, part: str) -> None:
        """Commit the spec without a part."""
        self.commit({key: value for key, value in self.world.spec.items() if key != part})

    @rule_if_possible(spec=specs())
    def rewrite(self, spec: Manifest) -> None:
        """Commit another spec."""
        self.commit(spec)

    @rule_if_possible(spec=broken_specs())
    def mistake(self, spec: Manifest) -> None:
        """Commit what is refused."""
        self.commit(spec)

    @rule_if_possible(back=st.integers(1, 5))
    def revert(self, back: int) -> None:
        """Go back some commits."""
        self.commit(self.commits[max(0, len(self.commits) - 1 - back)])

    @rule_if_possible()
    def delete_database(self) -> None:
        """Commit Delete explicitly; once that is accepted, remove the database."""
        spec = self.world.status["accepted"]
        self.commit(spec | {"database": spec["database"] | {"deletionPolicy": "Delete"}})
        self.check()
        self.commit({key: value for key, value in spec.items() if key != "database"})

    @rule_if_possible()
    def accept_loss(self) -> None:
        """Accept the loss of the database that is on record, maybe before it happens."""
        self.world.annotate(accept_data_loss=self.world.status["database"]["uid"])

    @rule_if_possible(deeper=st.integers(1, 2))
    def restore_database(self, deeper: int) -> None:
        """Fill the database from its own backups, as the message of a loss says."""
        spec = self.world.status["accepted"]
        name = parsed(self.world.status["database"]["serverName"])
        assert name
        self.checker.recover_from_archive()
        restored = {"version": name.major, "era": name.era + deeper, "restore": {}}
        self.commit(spec | {"database": spec["database"] | restored})


class PlatformEngineers(AppMachine):
    """They write the Platform, and release the function."""

    @rule_if_possible(platform=platforms())
    def govern(self, platform: Manifest) -> None:
        """Apply other settings."""
        self.world.govern(platform)

    @rule_if_possible(patch=changes.policies)
    def tighten(self, patch: Manifest) -> None:
        """Change one setting."""
        self.world.govern(merge(self.world.settings or {}, patch))

    @rule_if_possible(platform=st.none() | st.just({"domain": 3}))
    def spoil_platform(self, platform: Manifest | None) -> None:
        """The Platform is gone, or wrong."""
        self.world.govern(platform)

    @rule_if_possible(images=changes.releases)
    def upgrade(self, images: dict[int, str]) -> None:
        """Install a release of the function with newer built-in images."""
        self.world.upgrade(images)

    @rule_if_possible()
    def restart(self) -> None:
        """Restart the function."""
        self.world.restart()
