"""Backstage's own scaffolder takes the template, and makes of it what it should."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.golden_path.form import ODD, REFUSED, VALUES
from tests.golden_path.scaffolding import BACKSTAGE, REPOSITORIES, contents
from tests.schemas import needs_crds, problems

RIGHT = ("plain", *ODD)
ORDER = ("backend", "frontend", "deploy")
Report = dict[str, Any]


def steps(tried: Report) -> dict[str, Any]:
    """The input of each step by its id, in the order of a dry run."""
    shown = re.compile(r"Running \S+ in dry-run mode with inputs \(secrets redacted\): (\{.*\})", re.DOTALL)
    found = [(line.get("stepId"), shown.search(line["message"])) for line in tried["log"]]
    return {step: json.loads(match[1]) for step, match in found if match}


def calls(report: Report, method: str, path: str) -> dict[str, Any]:
    """What GitHub was sent: the bodies of calls whose path matches, by its first group."""
    matching = [
        (re.fullmatch(path, call["path"]), call) for call in report["calls"] if call["method"] == method
    ]
    return {match[1]: call["body"] for match, call in matching if match}


def git(folder: Path, *command: str) -> str:
    """What Git prints."""
    ran = ["git", "-C", str(folder), *command]
    return subprocess.run(ran, capture_output=True, text=True, check=True).stdout  # noqa: S603  # Ours.


def registration(scaffolded: Report) -> dict[str, Any]:
    """The app's entry, from the branch of the pull request."""
    fleet = Path(scaffolded["into"], "fleet.git")
    entry: dict[str, Any] = yaml.safe_load(git(fleet, "show", "register-dashboard:registry/dashboard.yaml"))
    return entry


def test_the_catalog_takes_the_template(scaffolded: Report) -> None:
    """Its own validators have nothing against it."""
    assert scaffolded["template"] == {"template:default/node-development": None}


@pytest.mark.parametrize("form", RIGHT)
def test_the_catalog_takes_what_is_made(scaffolded: Report, form: str) -> None:
    """A system, its database, an API and two components, whatever the form says."""
    tried, values = scaffolded["tries"][form], VALUES | ODD.get(form, {})
    assert tried["status"] == 200, tried
    name = values["name"]
    parts = {f"resource:default/{name}-db", f"api:default/{name}-api", f"system:default/{name}"}
    apps = {f"component:default/{name}-{role}" for role in ("frontend", "backend")}
    assert tried["entities"] == dict.fromkeys(parts | apps)
    [system] = [each for each in entities(tried) if each["kind"] == "System"]
    assert system["metadata"]["description"] == values["description"]
    assert system["spec"]["owner"] == values["team"]


def entities(tried: Report) -> Iterator[dict[str, Any]]:
    """What the repositories tell the catalog."""
    for name, text in tried["files"].items():
        if name.endswith("/catalog-info.yaml"):
            yield from yaml.safe_load_all(text)


def test_entities_refer_to_each_other(scaffolded: Report) -> None:
    """Each relation between the app's entities leads to one of them."""
    known, named = set(), set()
    for each in entities(scaffolded["tries"]["plain"]):
        spec, own = each["spec"], each["metadata"]["name"]
        known.add(f"{each['kind'].lower()}:{own}")
        named |= {f"system:{spec['system']}"} if "system" in spec else set()
        named |= {f"api:{api}" for key in ("consumesApis", "providesApis") for api in spec.get(key, ())}
        named |= set(spec.get("dependsOn", ()))
    assert named <= known
    assert {"api:dashboard-api", "component:dashboard-backend", "resource:dashboard-db"} <= named


@pytest.mark.parametrize("form", REFUSED)
def test_a_wrong_form_is_refused(scaffolded: Report, form: str) -> None:
    """Before anything is made, naming the field."""
    [field], tried = REFUSED[form], scaffolded["tries"][form]
    assert tried["status"] == 400
    assert {".".join(error["path"]) or error["argument"] for error in tried["errors"]} == {field}


def test_actions_know_their_inputs(scaffolded: Report) -> None:
    """An action drops an input that it doesn't know, without a word."""
    template = yaml.safe_load((BACKSTAGE / "template.yaml").read_text())
    for step in template["spec"]["steps"]:
        assert set(step["input"]) <= set(scaffolded["actions"][step["action"]]), step["id"]


@pytest.mark.parametrize("form", RIGHT)
def test_repositories_are_made_in_order(scaffolded: Report, form: str) -> None:
    """The one that Flux finds by its topic comes last, and is asked for once all is there."""
    tried, name = steps(scaffolded["tries"][form]), (VALUES | ODD.get(form, {}))["name"]
    assert list(tried) == [
        *("frontend", "backend", "deploy", "fleet"),
        *(f"publish-{part}" for part in ORDER),
        *("register-deploy", "register-backend", "register-frontend", "fleet-pull-request"),
    ]
    published = [tried[f"publish-{part}"] for part in ORDER]
    assert [each["repoUrl"] for each in published] == [
        f"github.com?owner=acme&repo={name}-{part}" for part in ORDER
    ]
    assert [each["topics"] for each in published] == [
        ["nodejs", "express"],
        ["nodejs", "react"],
        ["flux-managed"],
    ]


@pytest.mark.parametrize("form", RIGHT)
def test_nothing_is_left_to_fill_in(scaffolded: Report, form: str) -> None:
    """Every expression is rendered, to something."""
    files = dict(scaffolded["tries"][form]["files"])
    templates = [path.relative_to(BACKSTAGE / "skeletons") for path in BACKSTAGE.rglob("*.njk")]
    written = (VALUES | ODD.get(form, {}))["description"]
    for path in templates:
        name = str(path.with_suffix("")).replace("${{ values.name }}", (VALUES | ODD.get(form, {}))["name"])
        assert not re.search(r"\$\{\{|\{%|undefined|\[object", files.pop(name).replace(written, "")), name
    assert not [name for name in files if name.endswith(".njk")]


def test_the_form_makes_three_repositories(scaffolded: Report, repos: Path) -> None:
    """For real: what is pushed is what a dry run shows, in one commit, and scripts can be run."""
    made = scaffolded["tries"]["plain"]["files"]
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
        "app": "dashboard",
        "team": "platform-team",
        "org": "acme",
        "repository": "dashboard-deploy",
        "branch": "main",
        "environment": "dev",
    }


@needs_crds
def test_the_registration_satisfies_its_schema(scaffolded: Report) -> None:
    """The Flux Operator knows every field of it."""
    assert problems(registration(scaffolded)) == []
