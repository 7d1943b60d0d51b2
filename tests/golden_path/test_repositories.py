"""What Backstage's own scaffolder makes on GitHub and in the catalog, when it runs for real."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.generate import ROOT
from tests.golden_path.form import VALUES
from tests.golden_path.scaffolding import BACKSTAGE, REPOSITORIES, clone, contents
from tests.schemas import CRDS, problems
from tests.test_pages import anchors

Report = dict[str, Any]


def calls(report: Report, method: str, path: str) -> dict[str, Any]:
    """What GitHub was sent: the bodies of calls whose path matches, by its first group."""
    matching = [
        (re.fullmatch(path, call["path"]), call) for call in report["calls"] if call["method"] == method
    ]
    return {match[1]: call["body"] for match, call in matching if match}


def git(folder: Path, *command: str) -> str:
    """What Git prints."""
    arguments = ["git", "-C", str(folder), *command]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout  # noqa: S603  # Ours.


def registration(scaffolded: Report) -> dict[str, Any]:
    """The app's entry, from the branch of the pull request."""
    fleet = Path(scaffolded["into"], "fleet.git")
    entry: dict[str, Any] = yaml.safe_load(git(fleet, "show", "register-dashboard:registry/dashboard.yaml"))
    return entry


@pytest.mark.parametrize("name", REPOSITORIES)
def test_pages_lead_somewhere(repos: Path, name: str) -> None:
    """Links between a repository's pages, and what its docs are made of."""
    folder = repos / name
    for page in (folder / "README.md", *folder.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text()):
            file, _, anchor = target.partition("#")
            where = page.parent / file if file else page
            assert where.is_file(), f"{page}: {target}"
            assert not anchor or anchor in anchors(where), f"{page}: {target}"
    nav = yaml.safe_load((folder / "mkdocs.yml").read_text())["nav"]
    listed = {file for entry in nav for file in entry.values()}
    assert listed == {page.name for page in folder.glob("docs/*.md")}


def test_the_form_makes_three_repositories(scaffolded: Report, tmp_path: Path) -> None:
    """For real: what is pushed is what a dry run shows, in one commit, and scripts can be run."""
    made = scaffolded["tries"]["plain"]["files"]
    repos = clone(scaffolded, tmp_path)  # Anew: in the others' something may have been built.
    for part, name in zip(("frontend", "backend", "deploy"), REPOSITORIES, strict=True):
        shown = {
            file.removeprefix(f"{part}/"): text for file, text in made.items() if file.startswith(f"{part}/")
        }
        assert {file: text.decode() for file, text in contents(repos / name).items()} == shown
        assert git(repos / name, "log", "--format=%an %s").splitlines() == [
            "Backstage feat: begin with the node-development template"
        ]
        skeleton = BACKSTAGE / "skeletons" / part
        scripts = {
            str(p.relative_to(skeleton)) for p in skeleton.rglob("*.sh") if "node_modules" not in p.parts
        }
        modes = [line.split(maxsplit=3) for line in git(repos / name, "ls-files", "-s").splitlines()]
        assert scripts <= {file for mode, _, _, file in modes if mode == "100755"}


def test_repositories_are_set_up(scaffolded: Report) -> None:
    """Private, squashed, with topics, kept by the team; Flux may push to the one that it writes into."""
    asked = [call["body"] for call in scaffolded["calls"] if call["path"] == "/orgs/acme/repos"]
    made = {body["name"]: body for body in asked}
    assert sorted(made) == sorted(REPOSITORIES)
    for body in made.values():
        assert body["private"]
        assert body["delete_branch_on_merge"]
        assert (body["allow_squash_merge"], body["allow_merge_commit"], body["allow_rebase_merge"]) == (
            True,
            False,
            False,
        )
        assert VALUES["description"] in body["description"]
        assert len(body["description"]) <= 350
        assert body["homepage"].startswith("https://backstage.acme.dev/catalog/default/")
    topics = calls(scaffolded, "PUT", "/repos/acme/([^/]+)/topics")
    assert {name for name, body in topics.items() if "flux-managed" in body["names"]} == {"dashboard-deploy"}
    kept = calls(scaffolded, "PUT", "/orgs/acme/teams/platform-team/repos/acme/([^/]+)")
    assert kept == {name: {"permission": "maintain"} for name in REPOSITORIES}
    protected = calls(scaffolded, "PUT", "/repos/acme/([^/]+)/branches/main/protection")
    assert sorted(protected) == ["dashboard-backend", "dashboard-frontend"]
    for body in protected.values():
        assert body["required_status_checks"] == {"strict": False, "contexts": ["ci / check"]}
        assert body["required_pull_request_reviews"]["required_approving_review_count"] == 1


def test_required_checks_are_those_that_run(repos: Path) -> None:
    """A required check that no workflow has would hold back every pull request."""
    for name in REPOSITORIES:
        ci = yaml.safe_load((repos / name / ".github/workflows/ci.yaml").read_text())
        [(job, called)] = ci["jobs"].items()
        file = called["uses"].removeprefix("acme/workflows/").removesuffix("@main")
        shared = yaml.safe_load((BACKSTAGE / "organization/workflows" / file).read_text())
        assert (job, "check" in shared["jobs"]) == ("ci", True)
        needed = [each["permissions"] for each in shared["jobs"].values()]
        assert {key: right for rights in needed for key, right in rights.items()} == called["permissions"]


def test_the_catalog_learns_of_all_three(scaffolded: Report) -> None:
    """Each repository's entities are read from its main branch."""
    assert sorted(scaffolded["registered"]) == sorted(
        f"https://github.com/acme/{name}/tree/main/catalog-info.yaml" for name in REPOSITORIES
    )


def test_nothing_was_skipped(scaffolded: Report) -> None:
    """publish:github goes on when it can't set topics, teams or protection: it only warns."""
    assert scaffolded["run"]["status"] == "completed"
    assert not [line for line in scaffolded["run"]["log"] if re.search(r"\b(warn|Skipping)\b", line)]


def test_links_lead_on(scaffolded: Report) -> None:
    """To the catalog, the docs, the repositories and the pull request."""
    output = scaffolded["run"]["output"]
    leads = [link.get("url") or link["entityRef"] for link in output["links"]]
    assert leads == [
        "system:default/dashboard",
        "/docs/default/system/dashboard",
        *(f"https://github.com/acme/{name}" for name in REPOSITORIES),
        "https://github.com/acme/fleet/pull/1",
    ]
    [text] = output["text"]
    assert "https://github.com/acme/fleet/pull/1" in text["content"]
    assert "undefined" not in text["content"]


def test_the_fleet_is_asked_to_deploy_it(scaffolded: Report) -> None:
    """By a pull request with one file: an entry under the name that the fleet selects."""
    [asked] = scaffolded["pullRequests"]
    assert (asked["repository"], asked["base"], asked["head"]) == ("acme/fleet", "main", "register-dashboard")
    fleet = Path(scaffolded["into"], "fleet.git")
    assert git(fleet, "diff", "--name-status", "main", "register-dashboard") == "A\tregistry/dashboard.yaml\n"
    entry = registration(scaffolded)
    assert entry["metadata"]["labels"] == {"platform.io/inputs": "nodeapp"}
    assert entry["spec"]["defaultValues"] == {
        "name": "dashboard",
        "namespace": "dashboard",
        "team": "platform-team",
        "repository": "https://github.com/acme/dashboard-deploy",
        "environment": "dev",
    }
    there = ROOT / "example" / "flux" / "registry" / "dashboard.yaml"
    assert git(fleet, "show", "register-dashboard:registry/dashboard.yaml") == there.read_text()


@pytest.mark.skipif(
    "resourcesetinputproviders.fluxcd.controlplane.io" not in CRDS, reason="its CRD isn't here"
)
def test_the_registration_satisfies_its_schema(scaffolded: Report) -> None:
    """The Flux Operator knows every field of it."""
    assert problems(registration(scaffolded)) == []
