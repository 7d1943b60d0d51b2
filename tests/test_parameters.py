"""PostgreSQL's parameters are judged by its own table: names, types, units, ranges and choices."""

import pytest

from function.components.database.settings import MAJORS, TABLE, settings
from function.components.database.unknown_parameters import MOST_PROCESSES, STATISTICS, refusal, together
from tests.simulator import APP, World

DATABASE = {"version": 17}
SIZE = "with one of the units B, kB, MB, GB, TB, such as 16MB"
TIME = "with one of the units us, ms, s, min, h, d, such as 30s"
MEMORY = f"a size from 64kB to 2147483647kB {SIZE}"
REFUSED = [
    ("wrok_mem", "1MB", "PostgreSQL has no such parameter; did you mean work_mem?"),
    ("zzz", "1", "PostgreSQL has no such parameter, and extensions have a dot in theirs; take it out"),
    ("work_mem", "16mb", f"must be {MEMORY}, not '16mb'"),
    ("work_mem", "63kB", f"must be {MEMORY}, not '63kB'"),
    ("work_mem", "3TB", f"must be {MEMORY}, not '3TB'"),
    ("work_mem", "5s", f"must be {MEMORY}, not '5s'"),
    ("jit", "yea", "must be on or off, not 'yea'"),
    ("log_statement", "some", "must be all or ddl or mod or none, not 'some'"),
    ("max_connections", "100MB", "must be a whole number from 1 to 262143, without a unit, not '100MB'"),
    ("seq_page_cost", "-1", "must be a number from 0 to 1.79769e+308, without a unit, not '-1'"),
    ("block_size", "8192", "can't be set here; take it out"),
    ("deadlock_timeout", "0", f"must be a time from 1ms to 2147483647ms {TIME}, not '0'"),
    (
        "vacuum_buffer_usage_limit",
        "64kB",
        f"must be a size of 0 or from 128kB to 16777216kB {SIZE}, not '64kB'",
    ),
    (
        "notify_buffers",
        "136kB",
        f"must be a size from 128kB to 1048576kB in steps of 128kB {SIZE}, not '136kB'",
    ),
    ("jit", "x" * 61, "must be on or off"),
]


@pytest.mark.parametrize(("name", "value", "says"), REFUSED)
def test_a_wrong_parameter_is_told_with_what_to_write(name: str, value: str, says: str) -> None:
    """A sentence names the nearest name, the unit, the range or the choices."""
    assert refusal(name, value, 17) == says


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "work_mem": "64 64kB 1.5GB 0x1000 1e3 1TB",
        "jit": "on OFF tr 1",
        "client_min_messages": "WARNING debug",
        "huge_pages": "try true",
        "wal_compression": "lz4 zstd",
        "random_page_cost": "1.1 .5 2 1e0",
        "vacuum_cost_delay": "2ms 0.5 100us",
        "vacuum_buffer_usage_limit": "0 128kB",
        "transaction_buffers": "0 16 128kB",
        "max_stack_depth": "7680kB",
        "timezone": "Europe/Vienna",
    }.items(),
)
def test_what_postgresql_takes_is_accepted(name: str, values: str) -> None:
    """Every spelling that PostgreSQL reads is accepted, in the case that it reads."""
    assert [value for value in values.split() if refusal(name, value, 17)] == []


@pytest.mark.parametrize("number", ["0x" + "f" * 900, "7" * 900, "0" + "7" * 900, "1e308", "-1e308", "1e999"])
@pytest.mark.parametrize("unit", ["", "us", "d", "B", "TB"])
@pytest.mark.parametrize("name", ["work_mem", "statement_timeout", "vacuum_cost_delay", "max_wal_senders"])
def test_no_number_is_too_large_to_be_refused(name: str, number: str, unit: str) -> None:
    """A number that nothing can hold is refused as any other."""
    assert refusal(name, number + unit, 17) is not None


def test_a_parameter_of_another_major_says_of_which() -> None:
    """A parameter that only other majors have is told with them; without a major it is accepted."""
    says = "PostgreSQL 17 has no such parameter, it is of 15 and 16; take it out"
    assert refusal("old_snapshot_threshold", "1h", 17) == says
    assert refusal("old_snapshot_threshold", "1h", 16) is None
    assert refusal("old_snapshot_threshold", "1h", None) is None
    assert refusal("maintenance_work_mem", "64kB", 16) is not None
    assert refusal("maintenance_work_mem", "64kB", 17) is None


def test_parameters_that_only_fit_alone_are_refused_together() -> None:
    """PostgreSQL counts processes in all, and takes one kind of statistics."""
    assert list(together({"max_connections": str(MOST_PROCESSES // 2)})) == []
    [much] = together(dict.fromkeys(["max_connections", "max_worker_processes"], str(MOST_PROCESSES // 2)))
    assert much.startswith("must have at most 262000 in all for max_connections, max_wal_senders")
    assert list(together({"log_statement_stats": "on"} | dict.fromkeys(STATISTICS, "off"))) == []
    [both] = together({"log_statement_stats": "on", "log_parser_stats": "1"})
    assert both.startswith("must have log_statement_stats, or some of log_parser_stats")


def test_the_major_that_runs_decides() -> None:
    """Without a version, a parameter is judged by what runs. A spec that was accepted stays in force."""
    world = World(APP | {"database": {"version": 16}}).settle()
    world.ask(APP | {"database": {"parameters": {"transaction_timeout": "30s"}}}).settle()
    assert world.condition("Accepted").message.startswith(
        "spec.database.parameters.transaction_timeout: PostgreSQL 16 has no such parameter"
    )
    assert "transaction_timeout" not in world.object("database-cluster")["spec"]["postgresql"]["parameters"]
    world.ask(APP | {"database": {"version": 17, "parameters": {"transaction_timeout": "30s"}}}).settle()
    assert world.condition("Accepted").status == "True"


def test_names_with_a_dot_pass() -> None:
    """An extension's parameter, or the app's own, is nothing that PostgreSQL's table knows."""
    dotted = {"parameters": {"app.size": "16mb", "pgaudit.log": "x"}}
    world = World(APP | {"database": DATABASE | dotted}).settle()
    assert world.condition("Accepted").status == "True"


def test_the_table_is_small_and_whole() -> None:
    """It is read at once, a row a line, and no two rows describe a parameter of one major."""
    assert TABLE.stat().st_size < 50_000
    for major in MAJORS:
        described = [sum(row.is_in(major) for row in rows) for rows in settings().values()]
        assert max(described) == 1
        assert sum(described) > 300
