"""PostgreSQL's own programs, of each major, take what the function takes and refuse what it refuses."""

from collections.abc import Iterator

import pytest

from function.components.database.settings import MAJORS, TABLE, settings
from function.components.database.unknown_parameters import STATISTICS, refusal, together
from tests.plane.modules import MissingError
from tests.postgres.boundaries import accepted, described, ends, values
from tests.postgres.single import Server, server
from tests.postgres.table import written

ENOUGH = 200
"""Parameters of each major that are tried, at least."""
MEMORY = """
    max_connections max_locks_per_transaction max_pred_locks_per_transaction max_wal_senders
    max_replication_slots max_worker_processes autovacuum_max_workers autovacuum_worker_slots wal_buffers
    max_prepared_transactions min_dynamic_shared_memory
""".split()  # noqa: SIM905  # A list of ten strings would fill the page.
"""With the largest value of one of them PostgreSQL needs more memory than a machine has."""
OLD_NAMES = {"ssl_ecdh_curve"}
"""PostgreSQL 18 takes it for ssl_groups. No app may set it, by either name."""


@pytest.fixture(scope="module", params=MAJORS)
def postgres(request: pytest.FixtureRequest) -> Iterator[tuple[int, Server]]:
    """A major and a server of it. Skips where its programs can't be had, and says why."""
    try:
        with server(request.param) as new:
            yield request.param, new
    except MissingError as error:
        pytest.skip(str(error))


def test_table_is_postgresqls() -> None:
    """The table is what pg_settings of each major says."""
    try:
        now = written()
    except MissingError as error:
        pytest.skip(str(error))
    assert TABLE.read_text() == now, "write it anew: uv run python -m tests.postgres"


def test_postgresql_takes_what_the_function_takes_and_nothing_else(postgres: tuple[int, Server]) -> None:
    """Each parameter is tried at its bounds, beyond them, and in every unit."""
    major, asked = postgres
    tried = [(each.name, value) for each in described(major) for value in values(each)]
    assert len({name for name, _ in tried}) > ENOUGH
    failed = asked.failed([setting(*each) for each in tried])
    refused = {setting(*each) for each in tried if refusal(*each, major)}
    assert sorted(refused - failed) == []
    forbidden = {setting(*each) for each in tried if not accepted(*each) or any(together(dict([each])))}
    assert sorted(failed - refused - forbidden) == []


def setting(name: str, value: str) -> str:
    """The statement that has PostgreSQL judge a value as it does when it starts."""
    return f"ALTER SYSTEM SET {name} TO '{value}'"


def test_a_name_of_another_major_is_refused_by_postgresql(postgres: tuple[int, Server]) -> None:
    """PostgreSQL knows no parameter that the function says it lacks."""
    major, asked = postgres
    lacking = [
        name
        for name, known in settings().items()
        if not any(each.is_in(major) for each in known) and name not in OLD_NAMES
    ]
    assert all((refusal(name, "1", major) or "").startswith(("PostgreSQL", "can't")) for name in lacking)
    statements = [f"ALTER SYSTEM SET {name} TO DEFAULT" for name in [*lacking, "wrok_mem"]]
    assert asked.failed(statements) == set(statements)


@pytest.mark.parametrize("end", [0, -1], ids=["smallest", "largest"])
def test_postgresql_starts_with_every_bound(postgres: tuple[int, Server], end: int) -> None:
    """It starts with all parameters at the smallest value that an app may have, and at the largest."""
    major, asked = postgres
    left_out = (*STATISTICS, *MEMORY) if end else ()
    possible = {each.name: ends(each, major) for each in described(major)}
    written = {name: taken[end] for name, taken in possible.items() if taken and name not in left_out}
    assert len(written) > ENOUGH - len(left_out)
    assert asked.start("".join(f"{name} = '{value}'\n" for name, value in written.items())) == ""
