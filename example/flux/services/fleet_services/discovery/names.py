"""The app of a repository: its name and its team."""

import re

TOPIC = "flux-managed"
"""Topic of the repositories that are deployed."""
TEAM = "team-"
"""Begin of the topic that names the team, such as team-platform-team."""
SUFFIX = "-deploy"
"""End of a deploy repository's name. What stands before it is the app's."""

APP_NAME = r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?"
"""The names that the function accepts, but for those with --."""
RESERVED = (
    r"default|kube-.*|flux-.*|.*-system|cert-manager|ingress-nginx|traefik|monitoring"
    r"|true|false|null|yes|no|on|off|y|n"
)
"""Names that no app may have, since its namespace has the same name. The template's form refuses them too."""
LABEL = r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?"


def app_of(repository: str) -> str | None:
    """The app's name, if the repository's name is one of a deploy repository."""
    name = repository.removesuffix(SUFFIX)
    named = re.fullmatch(APP_NAME, name) and "--" not in name and not re.fullmatch(RESERVED, name)
    return name if name != repository and named else None


def team_of(topics: list[str]) -> str | None:
    """The team, if exactly one topic names one."""
    teams = [each.removeprefix(TEAM) for each in topics if each.startswith(TEAM)]
    return teams[0] if len(teams) == 1 and re.fullmatch(LABEL, teams[0]) else None
