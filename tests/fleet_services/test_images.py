"""Images follow their policies, and a git revert stays: with real repositories, in every order."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fleet_services import kubernetes as api
from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from fleet_services.images.rule import message, moves, remembered
from fleet_services.images.service import POLICIES, Images, Settings
from tests.console import Console
from tests.deploy_repository import EXAMPLE
from tests.fleet_services.conftest import Clock
from tests.fleet_services.flux import Flux
from tests.fleet_services.git_host import GitHost, git
from tests.fleet_services.kubernetes import Kubernetes, served
from tests.fleet_services.served import Answer
from tests.fleet_services.served import served as listening

FILE = "overlays/dev/images.yaml"
PARTS = ("frontend", "backend")


def tag(version: str) -> str:
    """An image's tag, as CI makes it."""
    return f"main-{version * 7}-{1_790_000_000 + ord(version)}"


@dataclass
class Fleet:
    """A cluster with one app, its deploy repository, and a developer's clone."""

    cluster: Kubernetes
    host: GitHost
    clone: Path
    service: Images
    clock: Clock
    frozen: Path

    def build(self, part: str, version: str) -> None:
        """CI pushes an image, and its policy selects it."""
        name = f"dashboard-{part}"
        ref = {"name": f"ghcr.io/acme/{name}", "tag": tag(version)}
        path = POLICIES.format(namespace="flux-apps")
        self.cluster.put(
            path, {"metadata": {"name": name, "namespace": "flux-apps"}, "status": {"latestRef": ref}}
        )

    def look(self, times: int = 3) -> dict[str, str]:
        """Flux fetches, and the service looks, several times. The versions that are in Git then."""
        for _ in range(times):
            Flux("dev", "dash/dash").attempts(git(self.host.bare, "rev-parse", "main")).put(self.cluster)
            self.clock.now += 400
            self.service.look()
        return self.images()

    def images(self) -> dict[str, str]:
        """The versions in Git: one letter for each part; - without an image."""
        text = git(self.host.bare, "show", f"main:{FILE}")
        lines = [line for line in text.splitlines() if "image:" in line]
        found = [line.partition(":main-")[2][:1] or "-" for line in lines]
        return dict(zip(PARTS, found, strict=True))

    def run(self, *arguments: str, ok: bool = True) -> str:
        """Git in the clone."""
        return git(self.clone, *arguments, ok=ok)

    def newest(self, part: str) -> str:
        """The newest commit that moved a part."""
        return git(self.host.bare, "log", "-1", "--format=%H", f"--grep=deploy dashboard-{part}", "main")

    def revert(self, part: str) -> None:
        """A developer reverts it, and pushes."""
        self.run("pull", "-q", "--rebase")
        self.run("revert", "--no-edit", self.newest(part))
        self.run("push", "-q")

    def edit(self, old: str, new: str) -> None:
        """A developer edits the file by hand, and pushes."""
        self.run("pull", "-q", "--rebase")
        file = self.clone / FILE
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
        self.run("commit", "-qam", "edit")
        self.run("push", "-q")

    def nodeapp(self, *arguments: str) -> None:
        """A developer runs the command, and pushes."""
        self.run("pull", "-q", "--rebase")
        assert Console().run(*arguments).exit_code == 0
        self.run("commit", "-qam", " ".join(arguments))
        self.run("push", "-q")


@pytest.fixture
def fleet(tmp_path: Path, secret: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fleet]:
    """A new app, whose images were never built."""
    bare, clone, account, frozen = (tmp_path / each for each in ("bare.git", "clone", "account", "frozen"))
    shutil.copytree(EXAMPLE, clone)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    for command in (
        "init -q -b main",
        "add .",
        "commit -qm first",
        f"remote add origin {bare}",
        "push -qu origin main",
    ):
        git(clone, *command.split())
    account.mkdir()
    frozen.write_text("# none\n")
    monkeypatch.chdir(clone)
    cluster, host = Kubernetes(), GitHost(bare)
    with (
        served(cluster, account) as server,
        listening(host.respond) as address,
        client.connect(address) as http,
    ):
        kubernetes = api.Kubernetes(server, account)
        github = client.GitHub(http, Credentials(secret, http, {"contents": "write"}, clock), clock)
        settings = Settings("flux-apps", frozenset({"dev"}), frozen)
        yield Fleet(cluster, host, clone, Images(github, kubernetes, settings, clock), clock, frozen)
        kubernetes.http.close()


@pytest.fixture
def running(fleet: Fleet) -> Fleet:
    """An app with a second frontend and a first backend."""
    fleet.build("frontend", "a")
    fleet.build("backend", "x")
    fleet.look()
    fleet.build("frontend", "b")
    assert fleet.look() == {"frontend": "b", "backend": "x"}
    return fleet


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
    """GitHub is called only after a commit or a new image of this app."""
    running.look()
    reads = running.host.reads
    running.look(5)
    path = POLICIES.format(namespace="flux-apps")
    other = {"name": "ghcr.io/acme/blog", "tag": tag("z")}
    running.cluster.put(
        path, {"metadata": {"name": "blog", "namespace": "flux-apps"}, "status": {"latestRef": other}}
    )
    running.look(5)
    assert running.host.reads == reads


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


def test_a_restart_forgets_nothing(running: Fleet) -> None:
    """What automation wrote last is read from Git's history."""
    running.revert("frontend")
    old = running.service
    running.service = Images(old.github, old.kubernetes, old.settings, running.clock)
    running.build("frontend", "c")
    assert running.look() == {"frontend": "a", "backend": "x"}


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
