"""PostgreSQL's parameters that a developer may not set, because of what they do to others or to the data.

From the chapter "Server Configuration" of PostgreSQL's manual, 15 to 18. `parameters` has those that
CloudNativePG sets or forbids.
"""

import re

from function.api.model import Rule


def refused(names: str, message: str) -> Rule:
    """The rule that no parameter has one of these names. `names`: a pattern."""
    return Rule(
        f"self.all(name, !name.matches(r'^(?:{names})$'))",
        lambda given: not any(re.fullmatch(names, name) for name in given),
        message,
    )


LOADING = (
    r"dynamic_library_path|(local|session)_preload_libraries|archive_library|oauth_validator_libraries"
    r"|extension_(control_path|destdir)|include(_dir|_if_exists)?|(plperlu?|pltclu?|plpython[23]?u?|plv8|pljava)\..*"
)
"""They name libraries that the server loads, where it looks for them, or code that a language runs first.
The configuration file takes `include` for an order to read another file."""

DATA = (
    r"fsync|full_page_writes|synchronous_commit|wal_(sync_method|log_hints)|autovacuum|track_counts"
    r"|session_replication_role|recovery_init_sync_method"
)
"""Without fsync and full_page_writes a crash corrupts the data. Without synchronous_commit it loses commits
that were confirmed. Without autovacuum, which needs track_counts, tables grow until the server stops before
transaction ids wrap around. session_replication_role switches foreign keys and triggers off.
pg_rewind needs wal_log_hints to bring a former primary back. Any session may set synchronous_commit for
itself, where a lost commit doesn't matter."""

OPERATOR = (
    r"(superuser_)?reserved_connections|authentication_timeout|db_user_namespace|password_encryption"
    r"|search_path|default_transaction_read_only|track_activities|standard_conforming_strings"
    r"|huge_page(s|_size)|(dynamic_)?shared_memory_type|exit_on_error|krb_.*|gss_.*|ssl_.*|cnpg\..*"
)
"""CloudNativePG's operator and instance manager connect as superuser, with the same settings as the app.
With another search_path they would call functions that the app made, as superuser. Read-only, they can't
create roles. huge_pages: on keeps the server from starting in a pod that has none. CloudNativePG
keeps records of its own in the configuration file under cnpg.*."""

DEVELOPER = (
    r"trace_.*|debug_.*|wal_(debug|consistency_checking)|ignore_(checksum_failure|invalid_pages|system_indexes)"
    r"|zero_damaged_pages|(pre|post)_auth_delay|allow_in_place_tablespaces|backtrace_functions"
    r"|force_parallel_mode|logical_replication_mode|jit_(debugging_support|dump_bitcode|profiling_support)"
    r"|send_abort_for_(crash|kill)|remove_temp_files_after_crash|log_btree_build_stats"
)
"""The section "Developer Options": they corrupt data, hide that it is corrupt, or stop the server."""

DANGEROUS = (
    refused(
        LOADING,
        "must not load code into the server, as *_preload_libraries, dynamic_library_path, archive_library, "
        "include and the start-up code of languages do",
    ),
    refused(
        DATA,
        "must not endanger data, as fsync, full_page_writes, synchronous_commit, wal_sync_method, "
        "wal_log_hints, autovacuum, track_counts and session_replication_role can; a session may set "
        "synchronous_commit for itself",
    ),
    refused(
        OPERATOR,
        "must not come between CloudNativePG and the server, as reserved_connections, search_path, "
        "default_transaction_read_only, password_encryption, ssl_* and huge_pages can; for the app alone, "
        "write ALTER ROLE ... SET search_path in a migration",
    ),
    refused(
        DEVELOPER,
        "must leave out PostgreSQL's developer options, such as zero_damaged_pages, ignore_* and debug_*: "
        "they corrupt data or stop the server",
    ),
)
