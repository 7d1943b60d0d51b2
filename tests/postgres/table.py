"""The table of PostgreSQL's parameters, asked of PostgreSQL's own programs."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from function.components.database.settings import MAJORS, TABLE
from tests.postgres.single import Server, server

Row = dict[str, Any]

WORDS = ("true", "false", "yes", "no", "1", "0", "on", "off", "debug", "info", "archive", "hot_standby")
"""Choices that pg_settings doesn't list: spellings of on and off, and older names."""
BUILD = {"wal_compression": ["lz4", "zstd"], "default_toast_compression": ["lz4"]}
"""Choices that the packages' builds lack. Those of CloudNativePG's images, which are Debian's, have them.

They have io_uring too, for io_method. That is left out: container runtimes forbid it, and PostgreSQL doesn't
start.
"""
BUFFERS = """
    commit_timestamp_buffers multixact_member_buffers multixact_offset_buffers notify_buffers
    serializable_buffers subtransaction_buffers transaction_buffers
"""
CHECKED: Mapping[str, Row] = {
    # PostgreSQL keeps 512kB free of the 8MB of stack that Linux gives a process: check_max_stack_depth.
    "max_stack_depth": {"max": 7680},
    "io_max_concurrency": {"floor": 1},
    "vacuum_buffer_usage_limit": {"floor": 128},
    **{name: {"step": 16} for name in BUFFERS.split()},
}
"""What PostgreSQL checks beyond the bounds of pg_settings, with functions in C."""

QUERY = """
    SELECT json_build_object('name', lower(name), 'type', vartype, 'unit', unit, 'min', min_val,
    'max', max_val, 'choices', enumvals) FROM pg_settings ORDER BY lower(name)
"""


def written() -> str:
    """The table as the file has it: a row a line."""
    of_majors: dict[str, dict[int, Row]] = {}
    for major in MAJORS:
        with server(major) as asked:
            for row in rows(asked):
                of_majors.setdefault(row.pop("name"), {})[major] = row
    lines = [json.dumps(row) for name in sorted(of_majors) for row in merged(name, of_majors[name])]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def rows(asked: Server) -> Iterator[Row]:
    """The parameters of one major, without what is None."""
    listed = asked.data / "listed"
    failed = asked.failed([f"COPY ({' '.join(QUERY.split())}) TO '{listed}'"])
    assert not failed, failed
    found = [json.loads(line.replace("\\\\", "\\")) for line in listed.read_text().splitlines()]
    fixed = {row["name"]: f"ALTER SYSTEM SET {row['name']} TO DEFAULT" for row in found}
    hidden = {
        (row["name"], word): f"ALTER SYSTEM SET {row['name']} TO '{word}'"
        for row in found
        if row["type"] == "enum"
        for word in sorted(set(WORDS) - set(row["choices"]))
    }
    refused = asked.failed([*fixed.values(), *hidden.values()])
    for row in found:
        name = row["name"]
        if fixed[name] in refused:
            yield {"name": name, "type": "fixed"}
            continue
        also = [word for (of, word), statement in hidden.items() if of == name and statement not in refused]
        yield {key: value for key, value in bounded(row | {"also": also}).items() if value not in (None, [])}


def bounded(row: Row) -> Row:
    """A row with numbers for its bounds, and with what the query can't know."""
    of_type = {"integer": int, "real": float}.get(row["type"])
    bounds = {key: of_type(row[key]) for key in ("min", "max")} if of_type else {}
    bounds |= CHECKED.get(row["name"], {})
    choices = sorted({*row["choices"], *BUILD.get(row["name"], ())}) if row["choices"] else None
    return row | bounds | {"choices": choices}


def merged(name: str, of_majors: Mapping[int, Row]) -> Iterator[Row]:
    """Rows that say the same of neighbouring majors as one."""
    for _, group in groupby(sorted(of_majors.items()), key=lambda item: json.dumps(item[1])):
        alike = list(group)
        yield {"name": name, "majors": [alike[0][0], alike[-1][0]], **alike[0][1]}


def main() -> None:
    """Write the table anew."""
    TABLE.write_text(written())
