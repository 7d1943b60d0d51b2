"""`database` of a Platform."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from function.api.fields import Annotations, Extension, Label, ObjectName
from function.api.image import DIGEST, REPOSITORY
from function.api.model import Model, Rule
from function.api.platform.object_store import ObjectStore

DeletionPolicy = Literal["Retain", "Delete"]
Major = Annotated[int, Field(ge=15, le=18)]
"""Those that have an image in IMAGES."""
Instances = Annotated[int, Field(ge=1, le=9)]
"""Each one is a whole copy of the data, so more than nine are a slip."""

IMAGES = {
    15: "ghcr.io/cloudnative-pg/postgresql:15.19-standard-trixie",
    16: "ghcr.io/cloudnative-pg/postgresql:16.15-standard-trixie",
    17: "ghcr.io/cloudnative-pg/postgresql:17.11-standard-trixie",
    18: "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie",
}
"""PostgreSQL images by major, for databases that don't exist yet: existing ones keep theirs.

From cloudnative-pg/artifacts, image-catalogs/catalog-standard-trixie.yaml of 2026-08-17.
"""

REST_OF_TAG = rf"([.-][A-Za-z0-9_.-]{{0,125}})?({DIGEST})?"

tagged_by_major = Rule(
    f"self.all(major, self[major].matches(r'^{REPOSITORY}:' + major + r'{REST_OF_TAG}$'))",
    lambda images: all(
        re.fullmatch(f"{REPOSITORY}:{major}{REST_OF_TAG}", image) for major, image in images.items()
    ),
    "must give each major an image whose tag begins with it, such as "
    '"17": "ghcr.io/cloudnative-pg/postgresql:17.11-standard-trixie"',
)
known_majors = Rule(
    "self.all(major, major in ['15', '16', '17', '18'])",
    lambda images: set(images) <= {"15", "16", "17", "18"},
    'must have the keys "15", "16", "17" or "18"',
)


class DatabasePlatform(Model):
    """What all databases of this cluster have in common."""

    storage_class: ObjectName | None = None
    """StorageClass of new databases. Existing ones keep theirs. Default: the cluster's default class."""
    images: Annotated[
        dict[str, Annotated[str, Field(max_length=512)]], Field(max_length=4), known_majors, tagged_by_major
    ] = {}
    """PostgreSQL image of each major, as "17": image. Only this gives existing databases a new minor
    version: all databases of that major restart with the image."""

    object_store: ObjectStore | None = None
    """Where backups go. It needs the barman-cloud plugin, whose ObjectStore has the same keys. Databases are
    then backed up as NodeApps and profiles say. The first time, and if it is taken out, these databases
    restart."""
    service_account_annotations: Annotations = {}
    """Annotations of the ServiceAccount of every database that is backed up. They name the cloud role
    that may write backups, such as eks.amazonaws.com/role-arn. Keys in Secrets would be needed in
    each app's namespace."""
    allowed_extensions: Annotated[list[Extension], Field(max_length=64)] = []
    """Extensions that NodeApps may ask for although they reach files or the network, run an untrusted
    language, or come with an image of your own: CloudNativePG creates them as superuser. Others of
    PostgreSQL's own extensions are always allowed."""
    restore_from: Annotated[list[Label], Field(max_length=256)] = []
    """Namespaces whose backups apps in other namespaces may be restored from."""
    era: Annotated[int, Field(ge=1, le=1000)] = 1
    """Number of this incarnation of the cluster. It is part of the name of a new database's backups.
    Raise it when a cluster is rebuilt after a total loss."""
    recover: bool = False
    """Recover databases that don't exist from their backups of the era before, instead of creating
    them empty. Use it only while a lost cluster is rebuilt: a new app has no backups to recover from."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.recover) || !self.recover || (has(self.objectStore) && has(self.era) && self.era > 1)",
            lambda database: not database.recover or (database.object_store and database.era > 1),
            "recover needs an objectStore, and an era that was raised: 2 for the first rebuilt cluster",
        ),
    )

    def image(self, major: int) -> str | None:
        """The image that databases of a major move to. None: they keep the one that they run."""
        return self.images.get(str(major))

    def newest(self) -> int:
        """The major of a new database whose NodeApp names none."""
        return max(map(int, self.images)) if self.images else max(IMAGES)
