"""A played GitHub for a fleet: statuses of commits, the organisation's listing, and files of repositories."""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx2

from tests.fleet_services.git_host import GitHost
from tests.fleet_services.github import GitHub
from tests.fleet_services.served import Answer, Request
from tests.flux.fleet import Fleet
from tests.flux.repository import Repository
from tests.plane.flux import repositories

DOWN = Answer(503, {"message": "Service unavailable"})
CONTEXT = "nodeapp/dev/dev"
"""Name of the service's status in the cluster dev. notification-controller has one of its own."""
ENTERPRISE = "/api/v3"
"""What notification-controller puts before the path, for any GitHub but github.com."""


@dataclass(frozen=True, slots=True)
class Post:
    """A status that GitHub took."""

    when: float
    """By time.monotonic()."""
    commit: str
    context: str
    state: str
    description: str


@dataclass
class Host:
    """GitHub's API: statuses, the organisation's listing, and the files of repositories."""

    github: GitHub = field(default_factory=GitHub)
    files: dict[str, GitHost] = field(default_factory=dict)
    """By owner and name, as the services read them out of an address."""
    posts: list[Post] = field(default_factory=list)
    down: bool = False

    def respond(self, request: Request) -> Answer:
        """One call."""
        if self.down:
            return DOWN
        request = replace(request, path=request.path.removeprefix(ENTERPRISE))
        for name, host in self.files.items():
            path = request.path.removeprefix(f"/repos/{name}/")
            if path == "commits" or path.startswith("contents/"):
                return host.respond(request)
        answer = self.github.respond(request)
        if request.method == "POST" and answer.status == httpx2.codes.CREATED and "state" in answer.body:
            commit = request.path.rpartition("/")[2]
            keys = ("context", "state", "description")
            self.posts.append(Post(time.monotonic(), commit, *(answer.body[key] for key in keys)))
        return answer

    def serve_files(self, fleet: Fleet, deploy: Repository) -> GitHost:
        """Serve the files of a deploy repository."""
        port_and_name = "/".join(deploy.url.removesuffix(".git").replace(":", "/").split("/")[-2:])
        host = GitHost(repositories(fleet.plane) / Path(deploy.url).name, port_and_name)
        self.files[port_and_name] = host
        return host
