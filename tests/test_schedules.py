"""Schedules of backups are those that CloudNativePG's parser takes, and that come."""

import json
import re
from pathlib import Path

import pydantic
import pytest

from function.api import schedule as api
from tests.simulator import APP, World

RECORDED: dict[str, str] = json.loads((Path(__file__).parent / "robfig" / "verdicts.json").read_text())
"""Schedule → what robfig/cron 1.2.0 makes of it (`python -m tests.robfig`)."""
SCHEDULE: pydantic.TypeAdapter[str] = pydantic.TypeAdapter(api.Schedule)


def is_taken(schedule: str) -> bool:
    """Whether the model takes it."""
    try:
        SCHEDULE.validate_python(schedule)
    except pydantic.ValidationError:
        return False
    return True


def test_parser_decides() -> None:
    """A schedule is taken if and only if CloudNativePG's parser takes it and finds a time for it."""
    verdicts = list(RECORDED.values())
    assert min(map(verdicts.count, ("comes", "never", "refused"))) >= 20
    wrong = {schedule for schedule, verdict in RECORDED.items() if is_taken(schedule) != (verdict == "comes")}
    assert not wrong


def test_api_server_refuses_no_valid_schedule() -> None:
    """The patterns of the API server's rules find fault only with what the parser can't follow."""
    backward, never = re.compile(api.BACKWARD), re.compile(f"({api.SPACE})?({api.NEVER})({api.SPACE})?")
    seen = {schedule for schedule in RECORDED if backward.search(schedule) or never.fullmatch(schedule)}
    assert not {RECORDED[schedule] for schedule in seen} & {"comes"}
    assert len(seen) > 50


@pytest.mark.parametrize("schedule", ["*-5 2 * * *", "+5 2 * * *", "0 2 1,,2 * *", "2 * * *"])
def test_what_no_manual_has_is_refused(schedule: str) -> None:
    """What the parser takes though it isn't five fields of cron is refused."""
    assert not is_taken(schedule)


def test_schedule_is_written_with_single_spaces() -> None:
    """What goes to CloudNativePG has seconds, and one space between its fields."""
    platform = {"database": {"objectStore": {"destinationPath": "s3://backups"}}}
    backup = {"enabled": True, "schedule": "30  4\t* * MON-Fri\n"}
    world = World(APP | {"database": APP["database"] | {"backup": backup}}, platform).settle()
    [key] = [key for key in world.keys if key.startswith("database-backup")]
    assert world.object(key)["spec"]["schedule"] == "0 30 4 * * MON-Fri"
