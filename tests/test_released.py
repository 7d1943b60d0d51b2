"""No upgrade of the function restarts pods that CHANGELOG.md doesn't announce."""

from pathlib import Path

import yaml

from tests import released

CHANGELOG = (Path(__file__).parents[1] / "CHANGELOG.md").read_text()


def test_restarts_are_announced() -> None:
    """What the next release does to pods that the last one made."""
    before = yaml.safe_load(released.FILE.read_text())
    unannounced = released.restarted(before, released.pods()) - released.announced(CHANGELOG)
    assert not unannounced, f"say under Restarts in CHANGELOG.md why these restart: {unannounced}"


def test_a_changed_pod_is_seen() -> None:
    """Each kind of pod, and the part that it belongs to."""
    before = released.pods()
    after = released.pods()
    after["full"]["backend-deployment"]["spec"]["containers"][0]["image"] = "other:2"
    after["full"]["database-cluster"]["resources"] = {}
    assert released.restarted(before, after) == {"backend", "database"}
    assert released.restarted(before, before) == set()


def test_an_announcement_is_read() -> None:
    """Of the newest entry alone."""
    entry = "## {}\n\n### Restarts\n\n- {}: why\n\n"
    page = "# Changelog\n\n" + entry.format("Unreleased", "backend") + entry.format("0.1.0", "database")
    assert released.announced(page) == {"backend"}
