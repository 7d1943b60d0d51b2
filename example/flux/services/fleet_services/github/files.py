"""One file in a repository, and the commits that changed it."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter

from fleet_services.github.client import GitHub
from fleet_services.github.errors import GitHubError, parsed

PAGES = 10
"""Pages of 100 commits that are looked through."""


class Contents(BaseModel):
    """GitHub's answer for a file."""

    sha: str
    encoding: str
    content: str


class Commit(BaseModel):
    """A commit's message."""

    message: str


class Listed(BaseModel):
    """A commit in a list."""

    sha: str
    commit: Commit


class Reference(BaseModel):
    """A commit's id."""

    sha: str


class Written(BaseModel):
    """GitHub's answer for a file that was written."""

    commit: Reference


CONTENTS, COMMITS = TypeAdapter(Contents), TypeAdapter(list[Listed])
WRITTEN = TypeAdapter(Written)


@dataclass(frozen=True, slots=True)
class File:
    """A file on a branch."""

    github: GitHub
    repository: str
    path: str
    branch: str

    def read(self) -> tuple[str, str]:
        """Its text, and the id of this version of it. Raises GitHubError."""
        url = f"/repos/{self.repository}/contents/{self.path}?ref={self.branch}"
        found = parsed(CONTENTS, self.github.get(url).content)
        try:
            return base64.b64decode(found.content).decode(), found.sha
        except (binascii.Error, UnicodeDecodeError) as error:
            message = f"{self.path} of {self.repository} isn't text in UTF-8"
            raise GitHubError(message) from error

    def messages(self) -> Iterator[str]:
        """The messages of the commits that changed it, the newest first. Raises GitHubError."""
        url = f"/repos/{self.repository}/commits?sha={self.branch}&path={self.path}&per_page=100"
        for _ in range(PAGES):
            page = self.github.get(url)
            yield from (each.commit.message for each in parsed(COMMITS, page.content))
            if not page.next:
                return
            url = page.next

    def write(self, text: str, version: str, message: str) -> None:
        """Commit a new text, if the file still has this version. Raises GitHubError with status 409 if not.

        GitHub compares and writes in one step, so an edit between reading and writing is never undone.
        """
        body = {
            "message": message,
            "content": base64.b64encode(text.encode()).decode(),
            "sha": version,
            "branch": self.branch,
        }
        answer = self.github.call("PUT", f"/repos/{self.repository}/contents/{self.path}", {}, body)
        parsed(WRITTEN, answer.content)  # A proxy's page isn't a commit.
