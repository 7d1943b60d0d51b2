"""Flux applies a deploy repository, and prunes what is taken out of it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.api.names import API_VERSION, CLAIM
from function.read import condition
from tests.live.judging import marks
from tests.live.story import Story
from tests.plane.flux import git_url, repositories, start_flux
from tests.plane.kubectl import Json, wait
from tests.plane.modules import MissingError
from tests.plane.plane import Plane
from tests.plane.product import function

SLOWLY = 360.0
"""Seconds that Crossplane may take: after many changes its circuit breaker drops some for five minutes."""
SPEC = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}, "database": {}}


@dataclass(frozen=True, slots=True)
class Repository:
    """A deploy repository, and a clone of it."""

    url: str
    clone: Path

    def git(self, *arguments: str) -> None:
        """Run Git in the clone."""
        who = ("-c", "user.name=developer", "-c", "user.email=developer@acme.test")
        subprocess.run(["git", "-C", str(self.clone), *who, *arguments], check=True, capture_output=True)  # noqa: S603, S607  # Ours.

    def commit(self, spec: Json | None) -> None:
        """Commit a NodeApp of this spec, or none, and push."""
        claim = {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": {"name": "shop"}, "spec": spec}
        (self.clone / "nodeapp.yaml").write_text(yaml.safe_dump(claim))
        named: Json = {"resources": ["nodeapp.yaml"] if spec else []}
        (self.clone / "kustomization.yaml").write_text(yaml.safe_dump(named))
        self.git("add", "--all")
        self.git("commit", "--message", "change shop")
        self.git("push", "origin", "HEAD:main")


@pytest.fixture
def repository(plane: Plane) -> Repository:
    """An empty one, that Flux's Git server has."""
    try:
        start_flux(plane)
    except MissingError as error:
        pytest.skip(str(error))
    bare, clone = repositories(plane) / "shop-deploy.git", plane.folder / "shop-deploy"
    url = f"{git_url(plane)}/shop-deploy.git"
    subprocess.run(["git", "init", "--bare", "-q", str(bare)], check=True)  # noqa: S603, S607  # Ours.
    subprocess.run(["git", "-C", str(bare), "config", "http.receivepack", "true"], check=True)  # noqa: S603, S607
    subprocess.run(["git", "clone", "-q", url, str(clone)], check=True)  # noqa: S603, S607
    return Repository(url, clone)


def synced(namespace: str, url: str) -> list[Json]:
    """What tells Flux to follow the repository."""
    metadata = {"name": "shop", "namespace": namespace}
    source: dict[str, Any] = {"url": url, "ref": {"branch": "main"}, "interval": "2s"}
    applied: dict[str, Any] = {
        "interval": "5s",
        "retryInterval": "5s",
        "prune": True,
        "path": "./",
        "targetNamespace": namespace,
        "sourceRef": {"kind": "GitRepository", "name": "shop"},
    }
    return [
        {
            "apiVersion": "source.toolkit.fluxcd.io/v1",
            "kind": "GitRepository",
            "metadata": metadata,
            "spec": source,
        },
        {
            "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
            "kind": "Kustomization",
            "metadata": metadata,
            "spec": applied,
        },
    ]


@contextmanager
def followed(story: Story, repository: Repository) -> Iterator[None]:
    """Flux follows the repository."""
    story.cluster.kubectl("create", "namespace", story.namespace)
    story.cluster.apply(*synced(story.namespace, repository.url))
    yield
    story.cluster.kubectl("delete", "gitrepositories,kustomizations", "--all", "-n", story.namespace)


def test_a_prune_deletes_no_data(plane: Plane, repository: Repository) -> None:
    """Refused with what to commit first; after those two commits the app is gone."""
    story = Story(plane.cluster, "pruned")
    repository.commit(SPEC)
    with function(plane), followed(story, repository):
        wait(story.database, bool, SLOWLY)
        story.postgres_is_healthy()
        story.reconciled(SPEC)
        before = marks([story.claim(), *story.objects()], "generation")

        repository.commit(None)
        told = wait(lambda: flux_says(story), lambda said: "deletionPolicy: Delete" in said, SLOWLY)
        assert "commit database.deletionPolicy: Delete first" in told
        assert "deletionTimestamp" not in story.claim()["metadata"]
        assert marks([story.claim(), *story.objects()], "generation") == before

        repository.commit(SPEC | {"database": {"deletionPolicy": "Delete"}})
        wait(story.usages, lambda usages: not usages, SLOWLY)
        repository.commit(None)
        wait(story.claim, lambda claim: not claim, SLOWLY)
        wait(story.objects, lambda objects: not objects, SLOWLY)


def flux_says(story: Story) -> str:
    """The message of Flux's Kustomization."""
    found = story.cluster.get("kustomizations.kustomize.toolkit.fluxcd.io", "shop", story.namespace)
    return str(condition(found or {}, "Ready").get("message", ""))
