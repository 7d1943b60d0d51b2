"""A played GitHub over real repositories: files are read and written in a bare repository by Git itself."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from tests.fleet_services.served import Answer, Request
from tests.git import git


@dataclass
class GitHost:
    """One repository."""

    bare: Path
    name: str = "acme/dash-deploy"
    before_write: list[Callable[[], object]] = field(default_factory=list)
    """What happens between a client's reading and its writing."""
    planned: list[Answer] = field(default_factory=list)
    """What the next calls get instead."""
    writes: list[int] = field(default_factory=list)
    """The HTTP statuses of all writes."""
    reads: int = 0
    rules: str = ""
    """Why a rule of the branch refuses each write; empty if none does."""

    def respond(self, request: Request) -> Answer:
        """One call."""
        assert request.headers["authorization"] == "Bearer secret"
        if self.planned:
            return self.planned.pop(0)
        query = parse_qs(request.query)
        if request.path == f"/repos/{self.name}/commits":
            self.reads += 1
            return self.commits(query["path"][0], int(query.get("page", ["1"])[0]))
        path = request.path.removeprefix(f"/repos/{self.name}/contents/")
        if request.method == "GET":
            self.reads += 1
            return self.contents(path)
        answer = self.write(path, request)
        self.writes.append(answer.status)
        return answer

    def commits(self, path: str, page: int) -> Answer:
        """The commits that changed a file."""
        form = "--format=%H%x00%B%x01"
        entries = git(self.bare, "log", form, "main", "--", path).split("\x01")[:-1]
        listed = [entry.strip("\n").split("\0") for entry in entries]
        items = [{"sha": sha, "commit": {"message": message}} for sha, message in listed]
        assert page == 1
        return Answer(200, items[:100])

    def contents(self, path: str) -> Answer:
        """A file, as GitHub sends it: in lines of base64."""
        blob = self.blob(path)
        if not blob:
            return Answer(404, {"message": "Not Found"})
        content = git(self.bare, "cat-file", "blob", blob) + "\n"
        return Answer(
            200, {"sha": blob, "encoding": "base64", "content": base64.encodebytes(content.encode()).decode()}
        )

    def blob(self, path: str) -> str:
        """The id of a file's version on main."""
        return git(self.bare, "rev-parse", "-q", "--verify", f"main:{path}", ok=False)

    def write(self, path: str, request: Request) -> Answer:
        """Commit a file, if it has the version that the client read."""
        if self.before_write:
            self.before_write.pop(0)()
        if self.rules:
            return Answer(409, {"message": self.rules})
        assert request.body["branch"] == "main"
        head = git(self.bare, "rev-parse", "main")
        if self.blob(path) != request.body["sha"]:
            return Answer(409, {"message": f"{path} does not match {request.body['sha']}"})
        index = {"GIT_INDEX_FILE": str(self.bare / "index-of-the-host")}
        git(self.bare, "read-tree", "main", env=index)
        text = base64.b64decode(request.body["content"]).decode()
        blob = git(self.bare, "hash-object", "-w", "--stdin", stdin=text)
        git(self.bare, "update-index", "--cacheinfo", f"100644,{blob},{path}", env=index)
        tree = git(self.bare, "write-tree", env=index)
        message = request.body["message"]
        bot = {"GIT_AUTHOR_NAME": "flux[bot]", "GIT_COMMITTER_NAME": "GitHub"}
        commit = git(self.bare, "commit-tree", tree, "-p", head, stdin=message, env=bot)
        git(self.bare, "update-ref", "refs/heads/main", commit, head)
        return Answer(200, {"commit": {"sha": commit}})
