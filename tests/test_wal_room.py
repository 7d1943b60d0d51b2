"""WAL that parameters ask for has room on the volume: a volume that it fills stops the database."""

from typing import Any

import pytest

from tests.refusals import refusal
from tests.simulator import APP, World


def asked(storage: str | None = "20Gi", **parameters: str) -> dict[str, Any]:
    """An app whose database has these parameters."""
    size = {"storage": storage} if storage else {}
    return APP | {"database": {"version": 17, "parameters": parameters, **size}}


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (asked(max_wal_size="20GB"), "max_wal_size of 20GB would fill a volume of 20Gi"),
        (asked(wal_keep_size="1TB"), "wal_keep_size of 1TB would fill a volume of 20Gi"),
        (
            asked(max_wal_size="12GB", wal_keep_size="8GB"),
            "max_wal_size of 12GB and wal_keep_size of 8GB would fill a volume of 20Gi",
        ),
        (asked(None, max_wal_size="30GB"), "max_wal_size of 30GB would fill a volume of 20Gi"),
    ],
)
def test_wal_that_fills_the_volume_is_refused(spec: dict[str, Any], says: str) -> None:
    """Also beside a size by default. The sentence has both ways out."""
    remedy = "which has the data too; write less, or more database.storage"
    assert refusal(spec, {}) == f"spec.database.parameters: {says}, {remedy}"


@pytest.mark.parametrize("parameters", [{"max_wal_size": "19GB"}, {"wal_keep_size": "4GB"}, {}])
def test_wal_that_has_room_is_taken(parameters: dict[str, str]) -> None:
    """What isn't written isn't judged: the defaults fit the smallest volume."""
    assert refusal(asked(**parameters), {}) == ""


def test_a_volume_that_is_larger_than_asked_counts() -> None:
    """A size that was lowered is held, so the room is there."""
    world = World(asked("100Gi")).settle()
    world.ask(asked("20Gi", max_wal_size="30GB")).settle()
    assert world.condition("Accepted").status == "True"
    assert world.condition("SpecHonored").message.startswith("database.storage: kept 100Gi")
