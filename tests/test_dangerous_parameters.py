"""PostgreSQL's parameters that reach beyond the app are refused, by name or by value."""

import pydantic
import pytest

from function.api.database import Database
from function.explain import sentences

LOADING = """
    dynamic_library_path local_preload_libraries session_preload_libraries archive_library
    oauth_validator_libraries extension_control_path extension_destdir include include_dir include_if_exists
    plperl.on_init plperlu.on_init pltcl.start_proc plpython3.x plv8.start_proc pljava.vmoptions
"""
DATA = """
    fsync full_page_writes synchronous_commit wal_sync_method wal_log_hints autovacuum track_counts
    session_replication_role recovery_init_sync_method
"""
OPERATOR = """
    superuser_reserved_connections reserved_connections authentication_timeout db_user_namespace
    password_encryption search_path default_transaction_read_only track_activities
    standard_conforming_strings huge_pages huge_page_size shared_memory_type dynamic_shared_memory_type
    exit_on_error krb_server_keyfile gss_accept_delegation ssl_min_protocol_version ssl_ciphers
    cnpg.config_sha256
"""
DEVELOPER = """
    zero_damaged_pages ignore_checksum_failure ignore_invalid_pages ignore_system_indexes
    debug_discard_caches debug_io_direct trace_locks wal_consistency_checking wal_debug pre_auth_delay
    post_auth_delay allow_in_place_tablespaces backtrace_functions force_parallel_mode jit_dump_bitcode
    send_abort_for_crash remove_temp_files_after_crash
"""
OWNED = """
    shared_buffers wal_level archive_mode archive_command restore_command primary_conninfo data_directory
    hba_file listen_addresses port ssl ssl_ca_file ssl_ecdh_curve shared_preload_libraries log_directory
    unix_socket_directories synchronous_standby_names allow_system_table_mods recovery_target_time
"""
REFUSED = {
    "must not load code": LOADING,
    "must not endanger data": DATA,
    "must not come between CloudNativePG and the server": OPERATOR,
    "must leave out PostgreSQL's developer options": DEVELOPER,
    "must leave out what the platform sets": OWNED,
}
ORDINARY = """
    work_mem maintenance_work_mem effective_cache_size random_page_cost seq_page_cost jit
    autovacuum_naptime autovacuum_vacuum_scale_factor default_statistics_target checkpoint_timeout
    max_wal_size wal_compression wal_buffers log_statement log_min_duration_statement log_lock_waits timezone
    datestyle lc_messages effective_io_concurrency max_parallel_workers
    default_transaction_isolation row_security track_io_timing pg_stat_statements.max auto_explain.log_analyze
    pgaudit.log app.current_user enable_seqscan max_locks_per_transaction deadlock_timeout
"""


def refusal(name: str, value: str) -> str:
    """Why a parameter is refused; empty if it is accepted."""
    try:
        Database.model_validate({"parameters": {name: value}})
    except pydantic.ValidationError as error:
        return sentences(error, Database, "spec.database")[0]
    return ""


@pytest.mark.parametrize(
    ("name", "why"), [(name, why) for why, names in REFUSED.items() for name in names.split()]
)
def test_dangerous_parameter_is_refused(name: str, why: str) -> None:
    """A parameter that loads code, endangers data, or gets in CloudNativePG's way is refused by its name."""
    assert refusal(name, "on").startswith(f"spec.database.parameters: {why}")


@pytest.mark.parametrize("name", ORDINARY.split())
def test_parameter_of_the_app_is_accepted(name: str) -> None:
    """What only tunes the app's own database is the developer's to set."""
    assert refusal(name, "100") == ""


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("max_connections", ["0", "1", "9", "010", "-1", "1e1", "0x64", "ten", ""], ["10", "100"]),
        ("max_wal_senders", ["0", "5"], ["10", "32"]),
        ("max_replication_slots", ["0", "3"], ["10"]),
        ("max_worker_processes", ["0", "8"], ["16"]),
        (
            "statement_timeout",
            ["1", "4999", "100ms", "4s", "1us", "-1", ""],
            ["0", "5000", "5s", "30s", "1min"],
        ),
        ("hot_standby_feedback", ["maybe", "2", ""], ["on", "off", "true"]),
        ("min_wal_size", ["31MB", "2MB", "0", "31"], ["32MB", "32"]),
        ("max_wal_size", ["x", "1.5GB", "4G", "64MB"], ["4GB", "4096", "2 GB"]),
        ("tcp_user_timeout", ["1", "1s"], ["0", "30s"]),
        ("wal_receiver_timeout", ["1ms"], ["5s", "1h"]),
        ("archive_timeout", ["0", "3601", "2h", "61min", "1d"], ["1", "60", "5min", "3600s", "1h"]),
    ],
)
def test_value_that_starves_cloudnativepg_is_refused(name: str, bad: list[str], good: list[str]) -> None:
    """CloudNativePG keeps its connections, its time for a query, and its archive, whatever an app sets."""
    assert [value for value in bad if not refusal(name, value)] == []
    assert [value for value in good if refusal(name, value)] == []


@pytest.mark.parametrize("value", ["a\nfsync = off", "a\r", "\x00", "a\tb", "\x7f"])
def test_value_that_adds_a_line_to_the_configuration_is_refused(value: str) -> None:
    """A value stays a value: none begins a line of its own in PostgreSQL's configuration file."""
    assert refusal("log_line_prefix", value) == (
        "spec.database.parameters: must have values on one line, without control characters"
    )


@pytest.mark.parametrize(
    ("sizes", "fine"),
    [
        ({"min_wal_size": "2GB"}, False),
        ({"min_wal_size": "1024"}, False),
        ({"min_wal_size": "2GB", "max_wal_size": "2048MB"}, False),
        ({"min_wal_size": "2GB", "max_wal_size": "4GB"}, True),
        ({"min_wal_size": "512MB"}, True),
        ({"max_wal_size": "64MB"}, False),
        ({"max_wal_size": "2 GB"}, True),
    ],
)
def test_sizes_of_wal_are_those_that_the_webhook_takes(sizes: dict[str, str], fine: bool) -> None:  # noqa: FBT001
    """CloudNativePG's webhook wants min_wal_size below max_wal_size, and that is told before it refuses."""
    try:
        Database.model_validate({"parameters": sizes})
    except pydantic.ValidationError as error:
        [sentence] = sentences(error, Database, "database")
        assert not fine
        assert "must have a min_wal_size (80MB unless it is written) below max_wal_size" in sentence
    else:
        assert fine
