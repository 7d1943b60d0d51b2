"""Days of failures are survived: the wait between two tries is bounded, whatever their number."""

import pytest

from fleet_services.backoff import after
from fleet_services.commit_status.reporter import LONGEST_WAIT, Reporter
from fleet_services.images.service import Seen
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub
from tests.fleet_services.image_fleet import Fleet
from tests.fleet_services.reporting import DEV, RED, later, states
from tests.fleet_services.served import Answer

WEEK = 2016
"""Tries in a week, one every five minutes."""


@pytest.mark.parametrize(("failures", "wait"), [(0, 5.0), (1, 10.0), (5, 160.0), (6, 300.0), (WEEK, 300.0)])
def test_the_wait_doubles_up_to_its_bound(failures: int, wait: float) -> None:
    """It is twice as long after each failure, and never longer than it may be."""
    assert after(failures, 5.0, 300.0) == wait


def test_a_status_that_failed_for_a_week_is_posted(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """GitHub is asked again after five minutes, as before."""
    reporter.want(DEV, RED)
    reporter.entries[DEV].tries = WEEK
    github.planned = [Answer(502, b"")]
    assert later(clock, reporter) == LONGEST_WAIT
    assert states(github) == ["failure"]


def test_images_of_a_repository_that_failed_for_a_week_are_moved(fleet: Fleet) -> None:
    """One more failure doesn't end the service."""
    fleet.build("frontend", "a")
    key = fleet.host.name, "dev"
    fleet.service.seen[key] = Seen(failures=WEEK)
    fleet.host.planned = [Answer(502, b"")]
    assert fleet.look(1) == {"frontend": "-", "backend": "-"}
    assert fleet.look(1) == {"frontend": "a", "backend": "-"}
