"""Images follow their policies, with a real repository, and what people pin or freeze stays."""

import pytest

from fleet_services.images.rule import message, moves, remembered
from fleet_services.images.service import POLICIES
from tests.fleet_services.flux import Flux
from tests.fleet_services.image_fleet import FILE, PARTS, Fleet, tag
from tests.fleet_services.served import Answer
from tests.git import git


def test_the_first_images_are_written(fleet: Fleet) -> None:
    """Into the empty strings, and nothing else changes."""
    before = git(fleet.host.bare, "show", f"main:{FILE}")
    assert fleet.look() == {"frontend": "-", "backend": "-"}
    fleet.build("frontend", "a")
    assert fleet.look() == {"frontend": "a", "backend": "-"}
    fleet.build("backend", "x")
    assert fleet.look() == {"frontend": "a", "backend": "x"}
    after = git(fleet.host.bare, "show", f"main:{FILE}")
    for part, version in zip(PARTS, "ax", strict=True):
        before = before.replace('""', f"ghcr.io/acme/dashboard-{part}:{tag(version)}", 1)
    assert after == before


def test_a_new_image_is_one_commit(running: Fleet) -> None:
    """Its subject says what is deployed."""
    running.build("frontend", "c")
    running.build("backend", "y")
    running.look()
    assert git(running.host.bare, "log", "-1", "--format=%s", "main") == (
        f"feat(dev): deploy dashboard-frontend {tag('c')}, dashboard-backend {tag('y')}"
    )
    assert running.host.writes == [200, 200, 200]


def test_nothing_is_asked_while_nothing_changes(running: Fleet) -> None:
    """GitHub is called only after a commit or a new image of this app, and once an hour."""
    running.look()
    reads = running.host.reads
    running.look(2)
    path = POLICIES.format(namespace="flux-apps")
    other = {"name": "ghcr.io/acme/blog", "tag": tag("z")}
    running.cluster.put(
        path, {"metadata": {"name": "blog", "namespace": "flux-apps"}, "status": {"latestRef": other}}
    )
    running.look(2)
    assert running.host.reads == reads
    running.clock.now += 3600
    running.look(1)
    assert running.host.reads > reads


def test_a_pinned_image_stays(running: Fleet) -> None:
    """Until it is unpinned."""
    running.nodeapp("pin", "overlays/dev", "frontend")
    running.build("frontend", "c")
    running.build("backend", "y")
    assert running.look() == {"frontend": "b", "backend": "y"}
    running.nodeapp("unpin", "overlays/dev", "frontend")
    assert running.look() == {"frontend": "c", "backend": "y"}


def test_an_image_written_by_hand_stays(running: Fleet) -> None:
    """Whatever it is."""
    running.edit(tag("b"), "1.4.0")
    running.build("frontend", "c")
    running.look()
    assert "dashboard-frontend:1.4.0" in git(running.host.bare, "show", f"main:{FILE}")


def test_other_edits_of_the_file_don_t_stop_automation(running: Fleet) -> None:
    """Comments and new fields are people's. They stay, and the images move."""
    running.edit("spec:\n", "# Ask the shop team before a sale.\nspec:\n  monitoring: false\n")
    running.build("frontend", "c")
    assert running.look() == {"frontend": "c", "backend": "x"}
    text = git(running.host.bare, "show", f"main:{FILE}")
    assert "# Ask the shop team before a sale.\nspec:\n  monitoring: false\n" in text


@pytest.mark.parametrize("frozen", ["dash # a fair", "*"])
def test_nothing_moves_while_frozen(running: Fleet, frozen: str) -> None:
    """One app, or the whole environment. Then what was missed comes."""
    running.frozen.write_text(f"{frozen}\n")
    running.build("frontend", "c")
    assert running.look() == {"frontend": "b", "backend": "x"}
    running.frozen.write_text("")
    assert running.look() == {"frontend": "c", "backend": "x"}


def test_a_list_of_the_frozen_that_is_gone_freezes_all(running: Fleet) -> None:
    """It isn't known then who is frozen."""
    running.frozen.unlink()
    running.build("frontend", "c")
    assert running.look() == {"frontend": "b", "backend": "x"}


def test_other_environments_are_not_touched(running: Fleet) -> None:
    """Production is promoted by people."""
    before = git(running.host.bare, "rev-parse", "main:overlays/prod")
    Flux("prod", "dash-prod/dash").attempts(git(running.host.bare, "rev-parse", "main")).put(running.cluster)
    running.build("frontend", "c")
    running.look()
    assert git(running.host.bare, "rev-parse", "main:overlays/prod") == before


def test_github_down_is_waited_for(running: Fleet) -> None:
    """The image comes when it is back."""
    running.host.planned = [Answer(502, b"")] * 3
    running.build("frontend", "c")
    assert running.look(6) == {"frontend": "c", "backend": "x"}


def test_what_a_commit_remembers_is_read_back() -> None:
    """From automation's own messages, and from no others."""
    last = {"flux-apps:a": "ghcr.io/acme/a:1@sha256:" + "0" * 64}
    text = message("dev", {"flux-apps:b": "ghcr.io/acme/b:2"}, last)
    assert remembered(text) == {**last, "flux-apps:b": "ghcr.io/acme/b:2"}
    assert remembered('Revert "feat(dev): deploy b 2"\n\nThis reverts commit 0123.') is None


@pytest.mark.parametrize(
    "line",
    [
        'image: a # pinned {"$imagepolicy": "flux-apps:a"}',
        "image: a # a comment",
        'image: a # {"$imagepolicy": "flux-apps:a:tag"}',
        '# image: a # {"$imagepolicy": "flux-apps:a"}',
        "image: a",
    ],
)
def test_other_lines_are_no_images(line: str) -> None:
    """They stay, byte for byte."""
    result = moves(f"{line}\n", {"flux-apps:a": "b"}, {"flux-apps:a": "a"})
    assert (result.text, result.policies) == (f"{line}\n", set())
