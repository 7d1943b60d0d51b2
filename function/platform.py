"""The platform engineer's settings: one `Platform` object governs all apps of a cluster."""

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from function.fields import Annotations, Env, Host, Label, Labels, Name, Storage
from function.model import BY_PROFILE, Model, Rule

DeletionPolicy = Literal["Retain", "Delete"]
Major = Annotated[int, Field(ge=15, le=18)]

IMAGES = {
    15: "ghcr.io/cloudnative-pg/postgresql:15.19-system-trixie",
    16: "ghcr.io/cloudnative-pg/postgresql:16.15-system-trixie",
    17: "ghcr.io/cloudnative-pg/postgresql:17.11-system-trixie",
    18: "ghcr.io/cloudnative-pg/postgresql:18.6-system-trixie",
}
"""PostgreSQL images by major, for databases that don't exist yet: existing ones keep theirs.

From cloudnative-pg/artifacts, image-catalogs/catalog-system-trixie.yaml of 2026-08-17.
"""

tagged_by_major = Rule(
    r"self.all(major, self[major].matches('^[^@ ]+:' + major + '([.-][^@:/ ]*)?(@sha256:[a-f0-9]{64})?$'))",
    lambda images: all(
        re.fullmatch(rf"[^@ ]+:{major}([.-][^@:/ ]*)?(@sha256:[a-f0-9]{{64}})?", image)
        for major, image in images.items()
    ),
    "must give each major an image whose tag begins with it, such as "
    '"17": "ghcr.io/cloudnative-pg/postgresql:17.11-system-trixie"',
)
known_majors = Rule(
    "self.all(major, major in ['15', '16', '17', '18'])",
    lambda images: set(images) <= {"15", "16", "17", "18"},
    'must have the keys "15", "16", "17" or "18"',
)


class DatabaseProfile(Model):
    """What a database gets that doesn't say."""

    instances: Annotated[int, Field(ge=1, le=9)] = BY_PROFILE
    """PostgreSQL instances: one primary, the others replicas."""
    storage: Storage = BY_PROFILE
    """Size of each instance's volume, such as 20Gi."""
    deletion_policy: DeletionPolicy = BY_PROFILE
    """Whether deleting a NodeApp may delete its database."""


class Profile(Model):
    """Defaults of one environment. A field's name here is its name in the NodeApp."""

    replicas: Annotated[int, Field(ge=0, le=100)] = BY_PROFILE
    """Pods of each part."""
    database: DatabaseProfile = DatabaseProfile()
    """Defaults of databases."""

    def overlay(self, base: "Profile") -> "Profile":
        """This, with what it leaves out taken from another profile."""
        return self.over(base).model_copy(update={"database": self.database.over(base.database)})


PROFILES = {
    "dev": Profile(
        replicas=1, database=DatabaseProfile(instances=1, storage="5Gi", deletion_policy="Delete")
    ),
    "prod": Profile(
        replicas=2, database=DatabaseProfile(instances=3, storage="20Gi", deletion_policy="Retain")
    ),
}
"""The built-in profiles. They never change with a release: that would change companies' apps."""


class IngressPlatform(Model):
    """How traffic reaches apps of this cluster."""

    class_name: Name | None = None
    """The IngressClass of every Ingress. Default: the cluster's default class."""
    cluster_issuer: Name | None = None
    """cert-manager's ClusterIssuer. Set: Ingresses have TLS unless a NodeApp says otherwise."""
    annotations: Annotations = {}
    """On every Ingress."""


class DatabasePlatform(Model):
    """What databases of this cluster have in common."""

    storage_class: Name | None = None
    """StorageClass of new databases. Existing ones keep theirs. Default: the cluster's default class."""
    images: Annotated[
        dict[str, Annotated[str, Field(max_length=512)]], Field(max_length=4), known_majors, tagged_by_major
    ] = {}
    """PostgreSQL image of each major, as "17": image. The only way in which minor versions of
    existing databases move: all databases of that major restart into it."""

    def image(self, major: int) -> str | None:
        """The image that databases of a major move to; None: they keep what they run."""
        return self.images.get(str(major))

    def newest(self) -> int:
        """The major of a database that doesn't say and doesn't exist."""
        return max(map(int, self.images)) if self.images else max(IMAGES)


class Prometheus(Model):
    """The Prometheus operator of this cluster."""

    labels: Labels = {}
    """On every PodMonitor, as its podMonitorSelector demands, such as release: kube-prometheus-stack."""


class Platform(Model):
    """Settings of a cluster's platform: every default of a NodeApp that isn't the developer's business.

    One object named `default` governs all NodeApps of the cluster. Without it every default works.
    """

    environment: Label = "prod"
    """Profile of NodeApps that name none."""
    domain: Host | None = None
    """Parent of generated host names: <app>.<domain>, or <app>-<namespace>.<domain> where the two differ."""
    env: Env = {}
    """Environment of every backend, under the app's own."""
    image_pull_secrets: Annotated[list[Name], Field(max_length=16)] = []
    """Secrets for pulling images, by name. Each app's namespace needs its own copy."""
    ingress: IngressPlatform = IngressPlatform()
    """How traffic reaches apps."""
    database: DatabasePlatform = DatabasePlatform()
    """What databases have in common."""
    prometheus: Prometheus | None = None
    """Set: the Prometheus operator is installed, so apps are monitored. {} will do."""
    profiles: Annotated[dict[str, Profile], Field(max_length=64)] = {}
    """Defaults by environment. dev and prod are built in and may be overlaid; a new one starts from prod."""
    labels: Labels = {}
    """On every composed object, but not on pods: those would restart."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.environment) || self.environment in ['dev', 'prod'] "
            "|| (has(self.profiles) && self.environment in self.profiles)",
            lambda platform: platform.environment in platform.known(),
            "environment must be dev, prod or a key of profiles",
        ),
    )

    def known(self) -> list[str]:
        """The environments that have a profile."""
        return sorted(PROFILES | self.profiles)

    def profile(self, environment: str | None) -> Profile | None:
        """The defaults of an environment, complete; None where there is no such profile."""
        name = environment or self.environment
        base = PROFILES.get(name, PROFILES["prod"])
        return self.profiles[name].overlay(base) if name in self.profiles else PROFILES.get(name)


def merge(value: Any, patch: Any) -> Any:
    """A JSON merge patch (RFC 7386) applied, as a new value."""
    if not isinstance(patch, dict):
        return patch
    old = value if isinstance(value, dict) else {}
    changed = {key: merge(old.get(key), new) for key, new in patch.items() if new is not None}
    return {key: item for key, item in old.items() if key not in patch} | changed
