"""The repositories of an organisation."""

from pydantic import BaseModel, TypeAdapter

from fleet_services.github.client import GitHub
from fleet_services.github.errors import GitHubError, parsed

LONGEST = 100.0
"""Seconds for a list. Flux Operator waits two minutes for the answer that is made of it."""
MOST_PAGES = 100
"""Pages of 100 repositories. A list without an end is an error, not a list."""


class Repository(BaseModel):
    """What a listing says about a repository. A field that is missing makes the whole listing invalid."""

    id: int
    """Stays when the repository is renamed."""
    name: str
    full_name: str
    html_url: str
    archived: bool
    disabled: bool
    topics: list[str]


REPOSITORIES = TypeAdapter(list[Repository])


def repositories(github: GitHub, organisation: str) -> list[Repository]:
    """All repositories of an organisation that the credentials may see, whole or not at all.

    The list API shows a new topic at once; GitHub's search index lags.
    Pages are in the order of creation, so a repository that is created meanwhile moves no other one.
    Raises GitHubError if a page is missing, cut off, repeated or of another organisation, and if the list
    takes too long.
    """
    url = f"/orgs/{organisation}/repos?type=all&sort=created&direction=asc&per_page=100"
    found: dict[int, Repository] = {}
    end = github.now() + LONGEST
    for _ in range(MOST_PAGES):
        if github.now() > end:
            message = f"GitHub's list takes longer than {LONGEST:.0f} s"
            raise GitHubError(message)
        page = github.get(url, remember=True)
        for each in parsed(REPOSITORIES, page.content):
            if each.id in found or each.full_name.lower() != f"{organisation}/{each.name}".lower():
                message = f"GitHub's list has {each.full_name} twice, or of another organisation"
                raise GitHubError(message)
            found[each.id] = each
        if not page.next:
            return list(found.values())
        url = page.next
    message = f"GitHub's list has more than {MOST_PAGES} pages"
    raise GitHubError(message)
