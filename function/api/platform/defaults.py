"""The defaults in force in one environment. They are complete, so no field is None."""

from dataclasses import dataclass

from function.api.platform.database import DeletionPolicy
from function.api.platform.profile import Profile


@dataclass(frozen=True, slots=True)
class DatabaseDefaults:
    """Defaults of databases."""

    instances: int
    storage: str
    backed_up: bool
    """It counts only where the platform has an object store."""
    deletion_policy: DeletionPolicy


@dataclass(frozen=True, slots=True)
class Defaults:
    """Defaults of one environment."""

    replicas: int
    """Pods of each part."""
    disruption_budget: bool
    """Whether parts with two or more pods have a PodDisruptionBudget."""
    database: DatabaseDefaults

    def overlaid(self, profile: Profile) -> "Defaults":
        """These defaults, with the values of a profile over them."""
        database, replicas = profile.database, profile.replicas
        enabled, budget = database.backup.enabled, profile.disruption_budget
        return Defaults(
            replicas=self.replicas if replicas is None else replicas,
            disruption_budget=self.disruption_budget if budget is None else budget,
            database=DatabaseDefaults(
                instances=database.instances or self.database.instances,
                storage=database.storage or self.database.storage,
                backed_up=self.database.backed_up if enabled is None else enabled,
                deletion_policy=database.deletion_policy or self.database.deletion_policy,
            ),
        )


PROFILES = {
    # One of each, and data that goes with the app: a trial costs little and leaves nothing behind.
    "dev": Defaults(
        replicas=1,
        disruption_budget=False,
        database=DatabaseDefaults(1, "5Gi", backed_up=False, deletion_policy="Delete"),
    ),
    # Two pods survive the loss of a node. Three instances: after the loss of one, a commit still finds a
    # replica that confirms it. Volumes start small: they can grow, and never shrink.
    "prod": Defaults(
        replicas=2,
        disruption_budget=True,
        database=DatabaseDefaults(3, "20Gi", backed_up=True, deletion_policy="Retain"),
    ),
}
"""The built-in profiles. No release changes them, because that would change running apps."""
