"""nodeapp diff between revisions of a Git repository, and between overlays."""

import re
import shutil
from pathlib import Path

import pytest

from tests.console import NODEAPP, Console
from tests.git import begin, git

OVERLAY = "resources: [../../base]\n"
needs_kubectl = pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl isn't there")


@pytest.fixture
def repository(shell: Console) -> Console:
    """A repository with one commit."""
    shell.write("app/nodeapp.yaml", NODEAPP)
    begin(Path())
    return shell


def test_a_revision_is_compared_with_the_files(repository: Console) -> None:
    """Without NEW, what is in the files counts, committed or not."""
    repository.write("app/nodeapp.yaml", NODEAPP.replace("shop:1.0", "shop:1.1"))

    done = repository.run("diff", "HEAD")

    assert "ghcr.io/acme/shop:1.0 becomes ghcr.io/acme/shop:1.1" in done.stdout
    assert done.exit_code == 0


def test_two_revisions_are_compared(repository: Console) -> None:
    """Neither has to be checked out."""
    repository.write("app/nodeapp.yaml", NODEAPP.replace("shop:1.0", "shop:1.1"))
    git(Path(), "commit", "--quiet", "--all", "--message", "image")
    repository.write("app/nodeapp.yaml", "broken: [")

    done = repository.run("diff", "HEAD^", "HEAD", "--in", "app/nodeapp.yaml")

    assert "ghcr.io/acme/shop:1.0 becomes ghcr.io/acme/shop:1.1" in done.stdout


def test_a_revision_is_seen_from_the_working_directory(
    repository: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the repository's root, paths are those of the working directory."""
    monkeypatch.chdir("app")

    assert repository.run("diff", "HEAD", "--in", "nodeapp.yaml").stdout.endswith("Nothing changes.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no-such-branch",), "no-such-branch: isn't there, and is no revision of a Git repository here"),
        (("--", "--version"), "--version: isn't there, and is no revision of a Git repository here"),
        (("HEAD", "--in", "nowhere"), "nowhere: isn't in revision HEAD"),
        (("HEAD", "missing.yaml"), "missing.yaml: isn't there, and is no revision of a Git repository here"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    repository: Console, arguments: tuple[str, ...], message: str
) -> None:
    """A revision or a path that isn't there ends with exit code 2, as nothing was compared."""
    done = repository.run("diff", *arguments)

    assert done.stderr == f"Error: {message}\n"
    assert done.exit_code == 2


def test_outside_of_a_repository_there_are_no_revisions(
    shell: Console, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The sentence is the same."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shell.write("nodeapp.yaml", NODEAPP)

    done = shell.run("diff", "HEAD")

    assert done.stderr == "Error: HEAD: isn't there, and is no revision of a Git repository here\n"
    assert done.exit_code == 2


@needs_kubectl
def test_each_overlay_is_an_app_of_its_own(repository: Console) -> None:
    """A deploy repository is compared overlay by overlay."""
    for folder in ("before", "after"):
        repository.write(f"{folder}/base/nodeapp.yaml", NODEAPP)
        repository.write(f"{folder}/base/kustomization.yaml", "resources: [nodeapp.yaml]\n")
        repository.write(f"{folder}/overlays/dev/kustomization.yaml", OVERLAY)
        repository.write(f"{folder}/overlays/prod/kustomization.yaml", OVERLAY)
    repository.write("after/overlays/prod/kustomization.yaml", OVERLAY + "patches: [{path: sizing.yaml}]\n")
    sizing = NODEAPP.replace("image: ghcr.io/acme/shop:1.0", "replicas: 3").replace("  team: web\n", "")
    repository.write("after/overlays/prod/sizing.yaml", sizing)

    done = repository.run("diff", "before", "after")

    assert "NodeApp shop/shop in overlays/dev\n  Nothing changes.\n" in done.stdout
    assert "NodeApp shop/shop in overlays/prod\n  Changed:\n    Deployment shop-frontend\n" in done.stdout


@needs_kubectl
def test_an_overlay_that_does_not_build_is_one_sentence(shell: Console) -> None:
    """It ends with exit code 2 and kustomize's own words."""
    shell.write("before.yaml", NODEAPP)
    shell.write("after/overlays/dev/kustomization.yaml", "resources: [nowhere.yaml]\n")

    done = shell.run("diff", "before.yaml", "after")

    assert re.match("Error: after/overlays/dev: (kustomize build|kubectl kustomize) failed: ", done.stderr)
    assert done.stderr.count("\n") == 1
    assert done.exit_code == 2
