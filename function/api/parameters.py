"""PostgreSQL's configuration: the parameters that a developer may set."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from function.api.dangerous_parameters import DANGEROUS
from function.api.model import Rule
from function.api.parameter_values import BOUNDS, UNITS, one_line, wal_sizes

PARAMETER = r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?"
OWNED = (
    "shared_buffers",
    "allow_system_table_mods",
    "archive_cleanup_command",
    "archive_command",
    "archive_mode",
    "bonjour",
    "bonjour_name",
    "cluster_name",
    "config_file",
    "data_directory",
    "data_sync_retry",
    "event_source",
    "external_pid_file",
    "hba_file",
    "hot_standby",
    "ident_file",
    "jit_provider",
    "listen_addresses",
    "log_destination",
    "log_directory",
    "log_file_mode",
    "log_filename",
    "log_rotation_age",
    "log_rotation_size",
    "log_truncate_on_rotation",
    "logging_collector",
    "pg_failover_slots.primary_dsn",
    "pg_failover_slots.standby_slot_names",
    "port",
    "primary_conninfo",
    "primary_slot_name",
    "promote_trigger_file",
    "recovery_end_command",
    "recovery_min_apply_delay",
    "recovery_target",
    "recovery_target_action",
    "recovery_target_inclusive",
    "recovery_target_lsn",
    "recovery_target_name",
    "recovery_target_time",
    "recovery_target_timeline",
    "recovery_target_xid",
    "restart_after_crash",
    "restore_command",
    "shared_preload_libraries",
    "ssl",
    "ssl_ca_file",
    "ssl_cert_file",
    "ssl_crl_file",
    "ssl_dh_params_file",
    "ssl_ecdh_curve",
    "ssl_key_file",
    "ssl_passphrase_command",
    "ssl_passphrase_command_supports_reload",
    "ssl_prefer_server_ciphers",
    "stats_temp_directory",
    "synchronized_standby_slots",
    "synchronous_standby_names",
    "syslog_facility",
    "syslog_ident",
    "syslog_sequence_numbers",
    "syslog_split_messages",
    "temp_tablespaces",
    "unix_socket_directories",
    "unix_socket_group",
    "unix_socket_permissions",
    "wal_level",
)
"""Parameters that CloudNativePG sets or forbids, and shared_buffers, which this function sets.

From FixedConfigurationParameters in cloudnative-pg's pkg/postgres/configuration.go, release 1.30.
"""

Parameters = Annotated[
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
    *DANGEROUS,
    one_line,
    *BOUNDS,
    UNITS,
    AfterValidator(wal_sizes),
]
