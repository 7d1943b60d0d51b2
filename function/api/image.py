"""Container images, by the grammar of the OCI distribution specification."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from function.api.model import Rule, matches

TAG = r":[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
DIGEST = r"@sha256:[a-f0-9]{64}"
SEGMENT = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*"
"""A part of a repository between two slashes."""
LABEL = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
PORT = r":[0-9]+"
REGISTRY = rf"{LABEL}(\.{LABEL})*({PORT})?/"
REPOSITORY = rf"({REGISTRY})?{SEGMENT}(/{SEGMENT})*"

UPPER_CASE = r"^([^@:/]*(:[0-9]+)?/)?[^@:]*[A-Z]"
"""An upper case letter before the tag. A registry with a port may stand in front."""

Image = Annotated[
    str,
    Field(max_length=512),
    Rule(
        "!self.contains('://')",
        lambda image: "://" not in image,
        "must have no scheme such as https:// in front: write registry/repository:tag, such as "
        "ghcr.io/acme/dashboard:1.4.0",
    ),
    Rule(
        f"self.contains('://') || !self.matches(r'{UPPER_CASE}')",
        lambda image: not re.match(UPPER_CASE, image),
        "must be in lower case before the tag, such as ghcr.io/acme/dashboard:1.4.0",
    ),
    matches(
        rf"({REPOSITORY}({TAG}|({TAG})?{DIGEST}))?",
        "must be an image with a tag or digest, such as ghcr.io/acme/dashboard:1.4.0",
    ),
    matches(
        r"([^@/]*[.:][^@/]*/)?[^@:]{0,255}([@:].*)?",
        "must have a repository of at most 255 characters",
    ),
    Rule(
        "!self.endsWith(':latest')",
        lambda image: not image.endswith(":latest"),
        "must not be latest: nobody could tell what runs, or go back to it; name a version",
    ),
    AfterValidator(lambda image: image or None),
]
"""An image with a tag or a digest. "" is none. The kubelet refuses what the grammar doesn't have."""

DOCKER_HUB = "docker.io"


def repository(image: str) -> str:
    """An image's repository with its registry, without tag and digest: docker.io/library/node of node:24.

    Short names are those of Docker Hub, as container runtimes read them (splitDockerDomain in
    distribution/reference).
    """
    registry, slash, path = re.sub(r"(:[^:/@]*)?(@.*)?$", "", image, count=1).partition("/")
    if not slash or not (set(registry) & {".", ":"} or registry == "localhost"):
        registry, path = DOCKER_HUB, f"{registry}{slash}{path}"
    if registry == f"index.{DOCKER_HUB}":
        registry = DOCKER_HUB
    official = registry == DOCKER_HUB and "/" not in path
    return f"{registry}/library/{path}" if official else f"{registry}/{path}"
