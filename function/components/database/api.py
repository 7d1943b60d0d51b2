"""What a developer says of a database."""

import re
from typing import Annotated, ClassVar

from pydantic import Field

from function.components.resources import Resources
from function.fields import Name, Storage, size
from function.model import BY_PROFILE, Model, Rule, matches
from function.platform import DeletionPolicy, Major

RESERVED = r"postgres|template[01]|streaming_replica|(pg|cnpg)_.*"
PARAMETER = r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?"
OWNED = (
    "shared_buffers",
    *("allow_system_table_mods", "archive_cleanup_command", "archive_command", "archive_mode", "bonjour"),
    *("bonjour_name", "cluster_name", "config_file", "data_directory", "data_sync_retry", "event_source"),
    *("external_pid_file", "hba_file", "hot_standby", "ident_file", "jit_provider", "listen_addresses"),
    *("log_destination", "log_directory", "log_file_mode", "log_filename", "log_rotation_age"),
    *("log_rotation_size", "log_truncate_on_rotation", "logging_collector", "pg_failover_slots.primary_dsn"),
    *("pg_failover_slots.standby_slot_names", "port", "primary_conninfo", "primary_slot_name"),
    *("promote_trigger_file", "recovery_end_command", "recovery_min_apply_delay", "recovery_target"),
    *("recovery_target_action", "recovery_target_inclusive", "recovery_target_lsn", "recovery_target_name"),
    *("recovery_target_time", "recovery_target_timeline", "recovery_target_xid", "restart_after_crash"),
    *("restore_command", "shared_preload_libraries", "ssl", "ssl_ca_file", "ssl_cert_file", "ssl_crl_file"),
    *("ssl_dh_params_file", "ssl_key_file", "ssl_passphrase_command"),
    *("ssl_passphrase_command_supports_reload", "ssl_prefer_server_ciphers", "stats_temp_directory"),
    *("synchronized_standby_slots", "synchronous_standby_names", "syslog_facility", "syslog_ident"),
    *("syslog_sequence_numbers", "syslog_split_messages", "temp_tablespaces", "unix_socket_directories"),
    *("unix_socket_group", "unix_socket_permissions", "wal_level"),
)
"""Parameters that CloudNativePG sets or forbids, and ours.

From FixedConfigurationParameters in cloudnative-pg's pkg/postgres/configuration.go, release 1.30.
"""


def memory(database: "Database") -> str | None:
    """What is asked as memory: request and limit are the same."""
    return database.resources.requests.memory or database.resources.limits.memory


def same_memory(database: "Database") -> bool:
    """Whether request and limit agree, where both are given."""
    request, limit = database.resources.requests.memory, database.resources.limits.memory
    return not (request and limit) or size(request) == size(limit)


def enough_memory(database: "Database") -> bool:
    """Whether PostgreSQL can start with it."""
    return (asked := memory(database)) is None or size(asked) >= size("128Mi")


def cel_memory(compare: str) -> str:
    """What must be true of each memory that is given, for the API server."""
    given = "has(self.resources) && has(self.resources.{0}) && has(self.resources.{0}.memory)"
    told = f"quantity(string(self.resources.{{0}}.memory)).{compare}"
    return " && ".join(f"(!({given}) || {told})".format(name) for name in ("requests", "limits"))


class Database(Model):
    """A PostgreSQL database, run by CloudNativePG. No edit deletes, renames, shrinks or downgrades
    it: what can't be undone is kept, and SpecHonored says so."""

    name: Annotated[
        str,
        Field(max_length=63),
        matches(r"[a-z_][a-z0-9_]{0,62}", "must be lower case letters, digits and _, such as metrics"),
        Rule(
            f"!self.matches(r'^(?:{RESERVED})$')",
            lambda name: not re.fullmatch(RESERVED, name),
            "must not be a name that PostgreSQL or CloudNativePG reserves: postgres, template0, template1, "
            "streaming_replica, pg_*, cnpg_*",
        ),
    ] = BY_PROFILE
    """Name of the database and of the role that owns it. Kept once it exists. Default: the app's
    name with _ for -."""
    version: Major = BY_PROFILE
    """PostgreSQL major, 15 to 18. Raising it upgrades in place, with a stop of some minutes; it
    can't be lowered. Default: what runs now; for a new database the platform's newest."""
    instances: Annotated[int, Field(ge=1, le=9)] = BY_PROFILE
    """PostgreSQL instances: one primary, the others replicas that take over. Default: by
    environment, 1 in dev and 3 in prod."""
    storage: Storage = BY_PROFILE
    """Size of each instance's volume, such as 20Gi. It only grows: a smaller one is not applied.
    Default: by environment, 5Gi in dev and 20Gi in prod."""
    storage_class: Name | None = None
    """StorageClass of the volumes. Kept once they exist. Default: the platform's."""
    resources: Resources = Resources()
    """CPU and memory of each instance. Memory's request and limit are the same; a quarter of it
    becomes shared_buffers. Default: 500m to 1 core, 1Gi."""
    parameters: Annotated[
        dict[str, Annotated[str, Field(max_length=1024)]],
        Field(max_length=64),
        Rule(
            f"self.all(name, name.matches(r'^(?:{PARAMETER})$'))",
            lambda given: all(re.fullmatch(PARAMETER, name) for name in given),
            "must have the names of PostgreSQL parameters, such as work_mem",
        ),
        Rule(
            f"self.all(name, !(name in {list(OWNED)}))",
            lambda given: not set(given) & set(OWNED),
            "must leave out what the platform sets (shared_buffers follows from resources) and what "
            "CloudNativePG sets or forbids: files, logging, SSL, replication, recovery, sockets, preloading",
        ),
    ] = {}
    """PostgreSQL's configuration, such as work_mem: 16MB. Some of it restarts the instances."""
    deletion_policy: DeletionPolicy = BY_PROFILE
    """What may delete the data. Retain: nothing, until Delete is committed here. Delete: removing
    `database` deletes it. Default: by environment, Delete in dev and Retain in prod; a Retain that
    was in force stays in force until Delete is written here."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.resources) || !has(self.resources.requests) || !has(self.resources.limits) "
            "|| !has(self.resources.requests.memory) || !has(self.resources.limits.memory) "
            "|| quantity(string(self.resources.requests.memory))"
            ".compareTo(quantity(string(self.resources.limits.memory))) == 0",
            same_memory,
            "resources must request the memory that is its limit: name it once, in requests",
        ),
        Rule(
            cel_memory("compareTo(quantity('128Mi')) >= 0"),
            enough_memory,
            "resources must have at least 128Mi of memory",
        ),
    )
