"""A git revert of an image stays: with real repositories, in every order of revert and automation."""

from fleet_services.images.service import Images
from tests.fleet_services.image_fleet import FILE, Fleet, tag
from tests.git import git


def test_a_revert_stays(running: Fleet) -> None:
    """Though the policy selects a newer image, and then a still newer one. The other part goes on."""
    running.revert("frontend")
    assert running.look() == {"frontend": "a", "backend": "x"}
    running.build("frontend", "c")
    running.build("backend", "y")
    assert running.look() == {"frontend": "a", "backend": "y"}
    running.build("frontend", "d")
    assert running.look() == {"frontend": "a", "backend": "y"}


def test_a_revert_merged_by_a_squash_stays(running: Fleet) -> None:
    """As GitHub's button makes it, in a pull request."""
    running.run("pull", "-q", "--rebase")
    running.run("switch", "-qc", "roll-back")
    running.run("revert", "--no-edit", running.newest("frontend"))
    running.run("switch", "-q", "main")
    running.run("merge", "-q", "--squash", "roll-back")
    running.run(
        "commit", "-qm", f'Revert "feat(dev): deploy dashboard-frontend {tag("b")}" (#7)\n\nReverts acme/x#6'
    )
    running.run("push", "-q")
    running.build("frontend", "c")
    assert running.look() == {"frontend": "a", "backend": "x"}


def test_a_revert_that_comes_between_reading_and_writing_stays(running: Fleet) -> None:
    """The service's write is refused, and its next look sees the revert."""
    running.build("frontend", "c")
    running.host.before_write = [lambda: running.revert("frontend")]
    assert running.look(1) == {"frontend": "a", "backend": "x"}
    assert running.host.writes[-1] == 409
    assert running.look() == {"frontend": "a", "backend": "x"}


def test_a_revert_whose_push_is_rejected_stays(running: Fleet) -> None:
    """The service was first with the other part: the developer pulls, and pushes again."""
    running.run("pull", "-q", "--rebase")
    running.run("revert", "--no-edit", running.newest("frontend"))
    running.build("backend", "y")
    assert running.look()["backend"] == "y"
    push_is_rejected(running)
    running.run("pull", "-q", "--rebase")
    running.run("push", "-q")
    assert running.look() == {"frontend": "a", "backend": "y"}


def test_a_revert_that_meets_a_newer_image_stays(running: Fleet) -> None:
    """The service was first with the same line: Git asks the developer, who takes the older image."""
    running.run("pull", "-q", "--rebase")
    running.run("revert", "--no-edit", running.newest("frontend"))
    running.build("frontend", "c")
    assert running.look()["frontend"] == "c"
    push_is_rejected(running)
    running.run("pull", "-q", "--rebase", ok=False)
    running.run("checkout", "-q", "--theirs", FILE)
    running.run("add", FILE)
    running.run("rebase", "--continue")
    running.run("push", "-q")
    assert running.look() == {"frontend": "a", "backend": "x"}
    running.build("frontend", "d")
    assert running.look() == {"frontend": "a", "backend": "x"}


def push_is_rejected(fleet: Fleet) -> None:
    """Somebody else was first."""
    before = git(fleet.host.bare, "rev-parse", "main")
    fleet.run("push", "-q", ok=False)
    assert git(fleet.host.bare, "rev-parse", "main") == before != fleet.run("rev-parse", "HEAD")


def test_a_reverted_revert_follows_again(running: Fleet) -> None:
    """The image that automation wrote last is there again."""
    running.revert("frontend")
    running.look()
    running.run("pull", "-q", "--rebase")
    running.run("revert", "--no-edit", "HEAD")
    running.run("push", "-q")
    running.build("frontend", "c")
    assert running.look() == {"frontend": "c", "backend": "x"}


def test_unpin_ends_what_a_revert_keeps(running: Fleet) -> None:
    """The newest image comes, and the next ones too."""
    running.revert("frontend")
    running.look()
    running.nodeapp("unpin", "overlays/dev", "frontend")
    assert running.look() == {"frontend": "b", "backend": "x"}
    running.build("frontend", "c")
    assert running.look() == {"frontend": "c", "backend": "x"}


def test_a_restart_forgets_nothing(running: Fleet) -> None:
    """What automation wrote last is read from Git's history."""
    running.revert("frontend")
    old = running.service
    running.service = Images(old.github, old.kubernetes, old.settings, running.clock)
    running.build("frontend", "c")
    assert running.look() == {"frontend": "a", "backend": "x"}
