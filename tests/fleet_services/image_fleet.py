"""A cluster with one app, its deploy repository, and a developer's clone."""

from dataclasses import dataclass
from pathlib import Path

from fleet_services.images.service import POLICIES, Images
from tests.console import Console
from tests.fleet_services.clock import Clock
from tests.fleet_services.flux import Flux
from tests.fleet_services.git_host import GitHost
from tests.fleet_services.kubernetes import Kubernetes
from tests.git import git

FILE = "overlays/dev/images.yaml"
PARTS = ("frontend", "backend")


def tag(version: str) -> str:
    """An image's tag, as CI makes it."""
    return f"main-{version * 7}-{1_790_000_000 + ord(version)}"


@dataclass
class Fleet:
    """All of it."""

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
