"""Templates for single parts make an app with one part, or add a part to one that exists."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.cli import sources
from tests.console import Console
from tests.deploy_repository import ENVIRONMENTS, PLATFORM
from tests.golden_path.backstage import Backstage, Task, backstage
from tests.golden_path.form import VALUES
from tests.golden_path.scaffolding import contents
from tests.tools import tool

NEW = {"into": "a new app", **{key: VALUES[key] for key in ("name", "team", "description", "monitoring")}}
PORT = {"port": VALUES["port"]}


def existing(name: str) -> dict[str, Any]:
    """The form of a part, for an app that exists."""
    return {
        "into": "an app that exists",
        "app": f"system:default/{name}",
        "description": VALUES["description"],
        "monitoring": True,
    }


@pytest.fixture(scope="module")
def scaffolder(node: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backstage]:
    """Backstage with empty repositories."""
    with backstage(node, tmp_path_factory.mktemp("backstage"), recover=True) as played:
        yield played


def clone(scaffolder: Backstage, repository: str, into: Path) -> Path:
    """The main branch of a repository on GitHub."""
    scaffolder.git(repository, "worktree", "add", "--detach", "-q", str(into), "main")
    return into


def built(overlay: Path) -> str:
    """The NodeApp of an overlay, as kustomize writes it."""
    return sources.built(overlay).decode()


def merged(scaffolder: Backstage, task: Task, head: str) -> None:
    """Merge the pull request that a task opened, and that changes nothing but what it says."""
    assert task["status"] == "completed", task["error"]
    [asked] = [
        each
        for each in scaffolder.look()["pullRequests"]
        if (each["head"], each["state"]) == (head, "open") and str(each["number"]) in str(task["output"])
    ]
    scaffolder.merge(asked["number"])


def test_three_parts_make_the_same_as_one_form(scaffolder: Backstage, tmp_path: Path) -> None:
    """A frontend, then a backend, then a database: each environment is built as if all had come at once."""
    name = "composed"
    started = scaffolder.run("node-frontend", NEW | {"name": name})
    merged(scaffolder, started, f"register-{name}")
    merged(scaffolder, scaffolder.run("node-backend", existing(name) | PORT), "add-backend")
    database = {"app": f"system:default/{name}", "database": "metrics", "postgresql": 18}
    merged(scaffolder, scaffolder.run("node-database", database), "add-database")
    task = scaffolder.run("node-development", VALUES | {"name": "at-once"})
    assert task["status"] == "completed", task["error"]

    tool("kubectl")
    ours, whole = (clone(scaffolder, f"{each}-deploy", tmp_path / each) for each in (name, "at-once"))
    for environment in ENVIRONMENTS:
        added, at_once = (built(folder / "overlays" / environment) for folder in (ours, whole))
        assert yaml.safe_load(added.replace(name, "at-once")) == yaml.safe_load(at_once)
    answers = [json.loads((folder / ".skeleton.json").read_text())["values"] for folder in (ours, whole)]
    assert answers[0] | {"name": "at-once", "template": answers[1]["template"]} == answers[1]
    kinds = [each["kind"] for each in yaml.safe_load_all((ours / "catalog-info.yaml").read_text())]
    assert kinds == ["System", "Resource"]


def test_nothing_that_is_there_changes(scaffolder: Backstage) -> None:
    """A pull request that adds a part has added lines only, and lines that automation reads stay whole."""
    name = "untouched"
    merged(scaffolder, scaffolder.run("node-backend", NEW | PORT | {"name": name}), f"register-{name}")
    task = scaffolder.run("node-frontend", existing(name))
    assert task["status"] == "completed", task["error"]

    changed = ("diff", "--unified=0", "main", "add-frontend", "--", "*.yaml")
    lines = scaffolder.git(f"{name}-deploy", *changed).splitlines()
    assert not [line for line in lines if line.startswith("-") and not line.startswith("---")]
    marker = f'+    image: "" # {{"$imagepolicy": "flux-apps:{name}-frontend"}}'
    assert lines.count(marker) == 2
    files = scaffolder.git(f"{name}-deploy", "diff", "--name-only", "main", "add-frontend").split()
    assert files == [
        ".skeleton.json",
        "base/nodeapp.yaml",
        "overlays/dev/images.yaml",
        "overlays/prod/images.yaml",
    ]
    frontend = yaml.safe_load(scaffolder.git(f"{name}-frontend", "show", "main:catalog-info.yaml"))
    assert frontend["spec"]["consumesApis"] == [f"{name}-api"]


@pytest.mark.parametrize("parts", ["frontend", "backend", "frontend and backend", "backend and database"])
def test_parts_can_be_left_out(scaffolder: Backstage, tmp_path: Path, parts: str) -> None:
    """What is made passes the check in each environment, and speaks of no part that isn't there."""
    name = parts.replace(" ", "-")
    task = scaffolder.run("node-development", VALUES | {"name": name, "parts": parts})
    assert task["status"] == "completed", task["error"]

    tool("kubectl")
    folder = clone(scaffolder, f"{name}-deploy", tmp_path / "deploy")
    overlays = [str(folder / "overlays" / environment) for environment in ENVIRONMENTS]
    assert Console().run("check", "--platform", PLATFORM, *overlays).stdout == "2 NodeApps are fine\n"
    spec = yaml.safe_load((folder / "base/nodeapp.yaml").read_text())["spec"]
    assert {part for part in ("frontend", "backend", "database") if part in spec} == set(parts.split()) - {
        "and"
    }
    registered = [url for url in scaffolder.look()["registered"] if f"/acme/{name}-" in url]
    assert len(registered) == len(set(parts.split()) & {"frontend", "backend"}) + 1
    pages = b"".join(text for file, text in contents(folder).items() if file.endswith(".md"))
    for part in {"frontend", "backend"} - set(parts.split()):
        assert f"github.com/acme/{name}-{part}".encode() not in pages


def test_retry_finishes_what_was_merged_meanwhile(
    node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without task recovery the form begins anew: the part is there, and no second pull request is opened."""
    with backstage(node, tmp_path_factory.mktemp("backstage"), recover=False) as scaffolder:
        name = "retried"
        merged(scaffolder, scaffolder.run("node-backend", NEW | PORT | {"name": name}), f"register-{name}")
        scaffolder.refuse("PUT", f"/repos/acme/{name}-frontend/topics$")
        task = scaffolder.run("node-frontend", existing(name))
        assert task["failed"] == "finish"
        [asked] = [each for each in scaffolder.look()["pullRequests"] if each["head"] == "add-frontend"]
        scaffolder.merge(asked["number"])

        task = scaffolder.retry(task)

        assert task["status"] == "completed", task["error"]
        heads = [each["head"] for each in scaffolder.look()["pullRequests"]]
        assert heads.count("add-frontend") == 1


def test_a_part_that_is_there_is_refused(scaffolder: Backstage) -> None:
    """With a repository of another content, and without one."""
    assert scaffolder.run("node-backend", NEW | PORT | {"name": "there"})["status"] == "completed"
    another = existing("there") | PORT | {"description": "Another one"}
    said = "The repository acme/there-backend exists, and it isn't what this form makes"
    assert said in scaffolder.run("node-backend", another)["error"]
    shutil.rmtree(scaffolder.repositories / "there-backend.git")
    said = "base/nodeapp.yaml of acme/there-deploy has a backend already"
    assert said in scaffolder.run("node-backend", another)["error"]


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("node-frontend", existing("nowhere"), "Entity system:default/nowhere not found"),
        (
            "node-database",
            {"app": "system:default/pages", "database": "app", "postgresql": 18},
            "A database needs a backend, and acme/pages-deploy has none",
        ),
    ],
)
def test_what_does_not_fit_is_refused(
    scaffolder: Backstage, template: str, values: dict[str, Any], said: str
) -> None:
    """Before anything is made."""
    if template == "node-database":
        assert scaffolder.run("node-frontend", NEW | {"name": "pages"})["status"] == "completed"
    asked = len(scaffolder.look()["calls"])

    task = scaffolder.run(template, values)

    assert task["status"] == "failed"
    assert said in task["error"]
    assert {call["method"] for call in scaffolder.look()["calls"][asked:]} <= {"GET"}
