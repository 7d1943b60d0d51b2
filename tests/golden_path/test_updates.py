"""Repositories that were made from a former skeleton are asked to follow the newer one."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

import pytest

from tests.git import git
from tests.golden_path.newer_skeleton import newer_skeleton, versions
from tests.golden_path.scaffolding import REPOSITORIES
from tests.golden_path.updating import NEWER, Company, replaced
from tests.test_organization import run, script

BRANCH = f"skeleton-{NEWER}"


@pytest.fixture(scope="module")
def asked(
    scaffolded: dict[str, Any], node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Company]:
    """Changes of the frontend fit, some of the backend don't, and the deploy repository has none."""
    company = Company(tmp_path_factory.mktemp("company"), Path(scaffolded["into"]), node)
    company.push(
        "dashboard-frontend",
        {
            "README.md": lambda text: f"{text}\nWe meet on Mondays.\n",
            "docs/index.md": None,
            "docs/design.md": None,
            "docs/inside.md": f"{company.file('dashboard-frontend', 'docs/design.md', 'main')}\n",
            "package.json": versions(vite="99.0.0", jsdom="97.0.0"),
        },
    )
    company.push(
        "dashboard-backend",
        {
            "README.md": replaced("# dashboard backend\n", "# Our numbers\n"),
            ".editorconfig": lambda text: f"{text}\n[*.sql]\nindent_size = 4\n",
            "docs/picture.png": "the team's\0",
        },
    )
    company.release(newer_skeleton())
    (company.repository("dashboard-archived")).mkdir()
    (company.repository("dashboard-archived") / "archived").touch()
    with company.served():
        company.update()
        yield company


def test_all_are_asked_that_have_a_former_version(asked: Company) -> None:
    """And no other: not the fleet, not one that is archived."""
    followed = {name for name, what in asked.said.items() if what.startswith("is asked")}
    assert followed == {f"acme/{name}" for name in REPOSITORIES}
    assert asked.said["acme/fleet"] == "not made from a skeleton"
    assert "acme/dashboard-archived" not in asked.said


def test_changes_that_fit_are_merged(asked: Company) -> None:
    """Both the skeleton's and the team's, and nothing is left to do."""
    readme = asked.file("dashboard-frontend", "README.md")
    assert readme is not None
    assert readme.startswith("# dashboard: the frontend\n")
    assert readme.endswith("We meet on Mondays.")
    assert "Resolve" not in asked.open("dashboard-frontend")["body"]


def test_a_conflict_is_shown(asked: Company) -> None:
    """In the file and in the words of the pull request. What the team wrote is still there."""
    readme = asked.file("dashboard-backend", "README.md")
    conflict = f"<<<<<<< yours\n# Our numbers\n=======\n# dashboard: the backend\n>>>>>>> {BRANCH}\n"
    assert readme is not None
    assert readme.startswith(conflict)
    body = asked.open("dashboard-backend")["body"]
    assert "### Resolve these conflicts first" in body
    assert "- `README.md`" in body.split("### Resolve")[1].split("###")[0]
    assert asked.file("dashboard-backend", "README.md", "main") != readme


def test_a_file_that_cannot_be_merged_is_named(asked: Company) -> None:
    """It stays as the team has it: there are no lines in which to show the conflict."""
    assert asked.file("dashboard-backend", "docs/picture.png") == "the team's\0"
    assert (
        "- `docs/picture.png`" in asked.open("dashboard-backend")["body"].split("### Merge these by hand")[1]
    )


def test_a_file_that_the_team_moved_is_changed_where_it_is(asked: Company) -> None:
    """Git finds it by its content."""
    moved = asked.file("dashboard-frontend", "docs/inside.md")
    assert moved is not None
    assert moved.startswith("# How it is made\n")
    assert asked.file("dashboard-frontend", "docs/design.md") is None


def test_a_file_that_the_team_deleted_stays_deleted(asked: Company) -> None:
    """Though the skeleton changed it, which is said."""
    assert asked.file("dashboard-frontend", "docs/index.md") is None
    body = asked.open("dashboard-frontend")["body"]
    assert "- `docs/index.md`" in body.split("### You deleted these")[1]


def test_a_file_that_the_skeleton_dropped_goes_unless_it_was_changed(asked: Company) -> None:
    """It stays where the team changed it, which is said."""
    assert asked.file("dashboard-frontend", ".editorconfig") is None
    kept = asked.file("dashboard-backend", ".editorconfig")
    assert kept is not None
    assert "[*.sql]" in kept
    body = asked.open("dashboard-backend")["body"]
    assert "- `.editorconfig`" in body.split("### The skeleton no longer has these")[1]


def test_what_is_newer_than_the_answers_has_the_form_s_default(asked: Company) -> None:
    """It is said, and kept for the next update."""
    assert asked.file("dashboard-deploy", "docs/region.md") == "dashboard is in eu."
    kept = json.loads(asked.file("dashboard-deploy", ".skeleton.json") or "")
    assert kept["values"]["region"] == "eu"
    assert kept["values"]["version"] == NEWER
    assert "- `region: eu`" in asked.open("dashboard-deploy")["body"]


def test_of_two_versions_of_a_dependency_the_later_counts(asked: Company) -> None:
    """Renovate moves them in both, so they would be in conflict each time."""
    packages = json.loads(asked.file("dashboard-frontend", "package.json") or "")["devDependencies"]
    assert packages["vite"] == "99.0.0"
    assert packages["jsdom"] == "98.0.0"


def test_a_repository_without_changes_becomes_the_newer_skeleton(asked: Company) -> None:
    """File by file, and no other file is touched."""
    listed = git(asked.repository("dashboard-deploy"), "diff", "--name-status", "main", BRANCH)
    assert {name: how for how, name in (line.split("\t") for line in listed.splitlines())} == {
        ".editorconfig": "D",
        ".skeleton.json": "M",
        "README.md": "M",
        "catalog-info.yaml": "M",
        "docs/index.md": "M",
        "docs/region.md": "A",
    }


@pytest.mark.parametrize(("name", "passes"), [("dashboard-frontend", True), ("dashboard-backend", False)])
@pytest.mark.parametrize("workflow", ["node.yaml", "deploy.yaml"])
def test_the_check_refuses_conflicts(
    asked: Company, tmp_path: Path, name: str, workflow: str, *, passes: bool
) -> None:
    """A page with Git's markers passes every linter, so it would be merged."""
    clone = asked.checkout(name, tmp_path / "clone")
    command = script(workflow, "check", "Refuse conflicts that nobody resolved")
    with nullcontext() if passes else pytest.raises(CalledProcessError):
        run(command, clone)
