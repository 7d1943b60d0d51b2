"""The app of a Kustomization, by the annotations that the fleet's ResourceSet gives it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REPOSITORY = "platform.io/repository"
"""Annotation of a Kustomization: owner and name of the repository on GitHub, or its URL."""
ENVIRONMENT = "platform.io/environment"
"""Annotation of a Kustomization: such as dev."""
NODEAPP = "platform.io/nodeapp"
"""Annotation of a Kustomization: namespace and name of the NodeApp that it applies."""

KUSTOMIZATIONS = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/{namespace}/kustomizations"
"""Path of their list in Kubernetes' API."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a Kustomization attempted last."""

    repository: str
    """Owner and name on GitHub."""
    commit: str
    environment: str
    nodeapp: str
    """Namespace and name of the NodeApp, with a slash."""


def attempt(kustomization: Mapping[str, Any]) -> Attempt | None:
    """The last attempt; None for a Kustomization of no app, and before its first attempt."""
    annotations = kustomization["metadata"].get("annotations") or {}
    repository = re.search(r"([\w.-]+/[\w.-]+?)(\.git)?/?$", annotations.get(REPOSITORY, ""))
    revision = kustomization.get("status", {}).get("lastAttemptedRevision", "")
    commit = commit_of(revision)
    if not (repository and commit and ENVIRONMENT in annotations and NODEAPP in annotations):
        return None
    return Attempt(repository[1], commit, annotations[ENVIRONMENT], annotations[NODEAPP])


def commit_of(revision: str) -> str:
    """The commit in a revision of Flux, such as main@sha1:0123…; empty if it is of no Git repository."""
    found = re.search(r"(?:^|@)sha1:([0-9a-f]{40})$", revision)
    return found[1] if found else ""
