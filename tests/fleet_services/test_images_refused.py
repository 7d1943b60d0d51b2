"""Images that can't be written: somebody is told, and what only looks like a write isn't taken for one."""

import pytest

from fleet_services.images.service import METRICS, REPEAT
from tests.fleet_services.image_fleet import FILE, Fleet
from tests.fleet_services.served import Answer

NOT_FOUND = Answer(404, {"message": "Not Found"})
RULES = "Repository rule violations found\n\nChanges must be made through a pull request."


def failures() -> float:
    """What the alert counts."""
    return METRICS.get_sample_value("fleet_images_failures_total") or 0.0


def test_a_rule_of_the_branch_is_told(running: Fleet, caplog: pytest.LogCaptureFixture) -> None:
    """GitHub answers 409 to it, as to an edit that came first. It is tried less and less often."""
    before, running.host.rules = failures(), RULES
    running.build("frontend", "c")
    for _ in range(40):
        running.look(1)
        running.clock.now += -400 + 15
    assert 3 < failures() - before < 10
    assert "Repository rule violations found" in caplog.text
    running.host.rules = ""
    assert running.look() == {"frontend": "c", "backend": "x"}


def test_a_repository_without_the_file_is_no_failure(fleet: Fleet) -> None:
    """It has no images to move. GitHub's history tells it from a repository that can't be seen."""
    before = failures()
    fleet.host.planned = [NOT_FOUND, Answer(200, [])]
    fleet.look(1)
    assert failures() == before
    fleet.clock.now += REPEAT
    fleet.host.planned = [NOT_FOUND, NOT_FOUND]
    fleet.look(1)
    assert failures() == before + 1


def test_only_a_commit_counts_as_written(fleet: Fleet) -> None:
    """Otherwise the image that is still there would look like one that a person put there."""
    fleet.build("frontend", "a")
    fleet.look(1)
    fleet.build("frontend", "b")
    page = Answer(200, b"<html>Sign in</html>")
    fleet.host.planned = [fleet.host.contents(FILE), fleet.host.commits(FILE, 1), page]
    assert fleet.look(1) == {"frontend": "a", "backend": "-"}
    assert fleet.look() == {"frontend": "b", "backend": "-"}


def test_a_renamed_repository_is_followed(fleet: Fleet) -> None:
    """GitHub redirects from the old name."""
    fleet.build("frontend", "a")
    fleet.service.github.http.follow_redirects = True
    to = f"/repos/{fleet.host.name}/contents/{FILE}?ref=main"
    fleet.host.planned = [Answer(301, b"", {"Location": to})]
    assert fleet.look(1) == {"frontend": "a", "backend": "-"}
