"""`database` of a NodeApp."""

import re
from typing import Annotated, ClassVar

from pydantic import Field

from function.api import memory
from function.api.backup import Backup, Era, Restore
from function.api.caller import Callers
from function.api.fields import Extension, ObjectName
from function.api.locale import Locale
from function.api.model import Model, Rule, matches
from function.api.parameters import Parameters
from function.api.platform.database import DeletionPolicy, Instances, Major
from function.api.pooler import Pooler
from function.api.quantity import Storage
from function.api.resources import Resources

RESERVED = r"postgres|template[01]|streaming_replica|public|none|(pg|cnpg)_.*"
"""What is there already, and what PostgreSQL gives to no role: initdb would fail."""
RESERVES = (
    "a name that PostgreSQL or CloudNativePG reserves: postgres, template0, template1, "
    "streaming_replica, public, none, pg_*, cnpg_*"
)
OF_ANOTHER_APP = "has(self.restore.app) || has(self.restore.namespace)"
"""Whether backups of another app are meant, in CEL."""


def is_reserved(name: str) -> bool:
    """Whether no database and role may have this name."""
    return re.fullmatch(RESERVED, name) is not None


Extensions = Annotated[
    list[Extension],
    Field(max_length=32),
    Rule(
        "self.all(one, self.exists_one(other, other == one))",
        lambda given: len(set(given)) == len(given),
        "must name each extension once",
    ),
    Rule(
        "!('pgvector' in self)",
        lambda given: "pgvector" not in given,
        "must name extensions as CREATE EXTENSION does: vector, which is in the package pgvector",
    ),
]

DatabaseName = Annotated[
    str,
    Field(max_length=63),
    matches(r"[a-z_][a-z0-9_]{0,62}", "must be lower case letters, digits and _, such as metrics"),
    Rule(
        f"!self.matches(r'^(?:{RESERVED})$')",
        lambda name: not is_reserved(name),
        f"must not be {RESERVES}",
    ),
]


class Database(Model):
    """A PostgreSQL database."""

    name: DatabaseName | None = None
    """Name of the database and of the role that owns it. It can't change once the database exists.
    Default: the app's name with _ in place of -."""
    version: Major | None = None
    """PostgreSQL major, 15 to 18. Raising it upgrades the database in place, which stops it for some
    minutes. It can't be lowered. It is part of the name of the backups, so write it: after a total loss
    they are found by it. Default: the major that runs; for a new database the platform's newest."""
    instances: Instances | None = None
    """PostgreSQL instances: one primary, and replicas that can take over from it. Default: by
    environment, 1 in dev and 3 in prod."""
    storage: Storage | None = None
    """Size of each instance's volume, such as 20Gi. It can only grow: a smaller size isn't applied.
    Default: by environment, 5Gi in dev and 20Gi in prod."""
    storage_class: ObjectName | None = None
    """StorageClass of the volumes. It can't change once they exist. Default: the platform's."""
    resources: Resources = Resources()
    """CPU and memory of each instance. The memory request is also the limit, and a quarter of it
    becomes shared_buffers. Default: a request of 500m and a limit of 1 core, 1Gi of memory."""
    parameters: Parameters = {}
    """PostgreSQL's parameters, such as work_mem: 16MB. A change of some of them restarts the instances."""
    extensions: Extensions = []
    """Extensions to create in the database, such as pg_trgm. The PostgreSQL image must contain them.
    An extension that is removed from this list stays in the database."""
    locale: Locale | None = None
    """How a new database sorts text. It can't change once the database exists, and a restored one has that of
    its backups. Default: libc with C, which compares bytes."""
    backup: Backup = Backup()
    """Backups. They need an object store of the platform."""
    era: Era = 1
    """Number of this incarnation of the database. It is part of the name of the backups, so it can't
    change once there are any. Raise it to restore this app's own backups into a new database.
    Default: 1."""
    restore: Restore | None = None
    """Backups to fill a new database from. version must name the PostgreSQL major that made them. It never
    changes a database that exists."""
    pooler: Pooler | None = None
    """Connection pooler (PgBouncer). The app connects through it, migrations don't."""
    allow_from: Callers = []
    """Who else may connect, such as a reporting tool. It needs credentials too: give it a copy of the
    Secret that status.database.secret names, or a role of its own."""
    hibernate: bool | None = None
    """Stop PostgreSQL and the backend, and keep the volumes. When it is false
    again, the database starts before the backend."""
    deletion_policy: DeletionPolicy | None = None
    """What may delete the data. Retain: nothing, until Delete is committed here. Delete: removing
    `database` deletes it. Default: by environment, Delete in dev and Retain in prod. A Retain that
    was in force stays in force until Delete is written here."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *memory.RULES,
        Rule(
            "!has(self.locale) || !has(self.version) || self.locale.provider != 'builtin' || self.version >= "
            "(self.locale.locale == 'PG_UNICODE_FAST' ? 18 : 17)",
            lambda database: (
                database.locale is None
                or database.version is None
                or database.version >= database.locale.oldest()
            ),
            "version must be 17 or newer for the locale provider builtin, and 18 for PG_UNICODE_FAST",
        ),
        Rule(
            f"!has(self.restore) || {OF_ANOTHER_APP} || has(self.restore.era) "
            "|| (has(self.era) && self.era > 1)",
            lambda database: (
                database.restore is None or database.restore.names_its_source or database.era > 1
            ),
            "era must be raised to restore this app's own backups: 2 restores those of era 1",
        ),
        Rule(
            f"!has(self.restore) || !({OF_ANOTHER_APP}) || has(self.name)",
            lambda database: not (database.restore and database.restore.of_another_app and not database.name),
            "name must be given with restore.app or restore.namespace, and be the name of the database in "
            "those backups: under another name it would come up empty",
        ),
        Rule(
            "!has(self.restore) || has(self.version)",
            lambda database: database.restore is None or database.version is not None,
            "version must be given with restore: the PostgreSQL major that made the backups, as it is part "
            "of their name",
        ),
    )
