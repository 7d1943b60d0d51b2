"""Decide which apps are deployed: by what GitHub lists, and by what is deployed already.

An app that is deployed stays until a person removes it on purpose. Whatever else happens to its repository is
only said: a topic that is taken away, an archive, a new name, a repository that is gone or can't be seen.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pydantic import BaseModel

from fleet_services.discovery.names import SUFFIX, TEAM, TOPIC, app_of, team_of
from fleet_services.github.repositories import Repository


class Input(BaseModel):
    """What a ResourceSet makes an app of. Every value is a string.

    The environment is the cluster's: the ResourceSetInputProvider adds it to each input.
    """

    id: str
    """GitHub's number of the repository: a new name of the repository doesn't make it another app."""
    name: str
    namespace: str
    repository: str
    """Its address, such as https://github.com/acme/dashboard-deploy."""
    team: str


class Doubt(Exception):  # noqa: N818  # It isn't known whether there is an error.
    """It isn't certain what shall be deployed, so nothing is answered. The message is a sentence."""


@dataclass
class Found:
    """The answer, and what people should know about it."""

    inputs: list[Input] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Before:
    """What Kubernetes has."""

    deployed: tuple[Input, ...]
    """What was answered last."""
    registered: Mapping[str, str]
    """The namespaces that have an entry in the fleet's registry, with the addresses of their repositories.

    Objects are named by the namespace: an entry for prod doesn't replace the app that was found for dev.
    """


def decide(listed: Iterable[Repository], known: Before, removed: AbstractSet[str]) -> Found:
    """The apps to deploy. `removed` has the names of apps that may go. Raises Doubt.

    The registry deploys the apps in it. They aren't answered, and nothing of them is deleted by that.
    """
    repositories = {str(each.id): each for each in listed}
    before = {each.id: each for each in known.deployed if each.namespace not in known.registered}
    staying = [each for each in before.values() if each.name not in removed]
    if staying and not any(map(marked, repositories.values())):
        message = (
            f"GitHub lists no repository with the topic {TOPIC}, and {len(before)} apps are deployed; "
            "if all of them shall go, list each app as removed"
        )
        raise Doubt(message)
    found = Found()
    for each in before.values():
        keep(each, repositories.get(each.id), removed, found)
    registered = {address(each) for each in known.registered.values()}
    taken = {**known.registered, **{each.name: each.repository for each in found.inputs}}
    for repository in sorted(repositories.values(), key=lambda each: each.id):
        new = str(repository.id) not in before and address(repository.html_url) not in registered
        if new and marked(repository):
            add(repository, taken, removed, found)
    found.inputs.sort(key=lambda each: each.name)
    return found


def address(url: str) -> str:
    """An address in the form in which two of one repository are equal: GitHub ignores case and .git."""
    return url.lower().removesuffix("/").removesuffix(".git")


def marked(repository: Repository) -> bool:
    """Whether it shall be deployed."""
    return TOPIC in repository.topics and not repository.archived and not repository.disabled


def keep(known: Input, repository: Repository | None, removed: AbstractSet[str], found: Found) -> None:
    """Answer with a deployed app as before, unless it is removed on purpose."""
    if repository is None or not marked(repository):
        if known.name in removed:
            return
        found.notes.append(
            f"{known.repository} {what_happened(repository)}; {known.name} stays deployed. "
            f"To remove it, list {known.name} as removed"
        )
    elif known.name in removed:
        found.notes.append(
            f"{known.name} is listed as removed and stays deployed, because {repository.full_name} still has "
            f"the topic {TOPIC}. To remove it, take the topic away"
        )
    changes: dict[str, str] = {}
    if repository is not None and repository.html_url != known.repository:
        # The old address would lead to whoever takes the name next.
        changes["repository"] = repository.html_url
        found.notes.append(f"{known.repository} is now {repository.html_url}; its app stays {known.name}")
    if repository is not None and (team := team_of(repository.topics)):
        changes["team"] = team
    found.inputs.append(known.model_copy(update=changes))


def what_happened(repository: Repository | None) -> str:
    """Why a deployed repository isn't to be deployed."""
    if repository is None:
        return "is gone, or can't be seen any more"
    if repository.archived:
        return "is archived"
    return "is disabled" if repository.disabled else f"lost the topic {TOPIC}"


def add(repository: Repository, taken: dict[str, str], removed: AbstractSet[str], found: Found) -> None:
    """Answer with a new app, or say why not."""
    name, team = app_of(repository.name), team_of(repository.topics)
    reason = ""
    if name is None:
        reason = f"its name isn't <app>{SUFFIX} with a name that an app may have"
    elif name in taken:
        reason = f"the app {name} is deployed from {taken[name]}"
    elif name in removed:
        reason = f"{name} is listed as removed"
    elif team is None:
        reason = f"it needs exactly one topic {TEAM}<team>"
    if name is None or team is None or reason:
        found.notes.append(f"{repository.full_name} is not deployed: {reason}")
        return
    taken[name] = repository.html_url
    found.inputs.append(
        Input(
            id=str(repository.id),
            name=name,
            namespace=name,
            repository=repository.html_url,
            team=team,
        )
    )
