"""A form that fails half way resumes, and nothing is green that went wrong."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.golden_path.backstage import Backstage, backstage
from tests.golden_path.form import VALUES

PARTS = ("frontend", "backend", "deploy")
STEPS: dict[str, dict[str, Any]] = {
    "check": {"method": "GET", "path": "/orgs/acme/teams/platform-team$"},
    "publish-backend": {"method": "POST", "path": "/orgs/acme/repos$"},
    "publish-frontend": {"method": "GET", "path": "/git/acme/.*-frontend.git/info/refs"},
    "publish-deploy": {"method": "POST", "path": "/git/acme/.*-deploy.git/git-receive-pack"},
    "fleet-pull-request": {"method": "POST", "path": "/repos/acme/fleet/pulls$"},
    "finish": {"method": "PUT", "path": "/repos/acme/.*-deploy/topics$"},
}
"""Steps that can fail, each with a call that GitHub refuses once."""


BOTH = pytest.mark.parametrize("scaffolder", [False, True], ids=["begins anew", "goes on"], indirect=True)
ANEW = pytest.mark.parametrize("scaffolder", [False], ids=["begins anew"], indirect=True)


@pytest.fixture(scope="module")
def scaffolder(
    request: pytest.FixtureRequest, node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Backstage]:
    """Backstage as it is installed, and with task recovery."""
    with backstage(node, tmp_path_factory.mktemp("backstage"), recover=request.param) as played:
        yield played


@BOTH
@pytest.mark.parametrize("step", STEPS)
def test_retry_finishes(scaffolder: Backstage, step: str) -> None:
    """Whichever step failed, and the app is as if none had."""
    name = f"fails-{step}"
    scaffolder.refuse(**STEPS[step])
    task = scaffolder.run("node-development", VALUES | {"name": name})
    assert (task["status"], task["failed"]) == ("failed", step), task["log"]

    assert_complete(scaffolder, scaffolder.retry(task), name)


def assert_complete(scaffolder: Backstage, task: dict[str, Any], name: str) -> None:
    """The task has ended well, and all is there once."""
    assert task["status"] == "completed", task["error"]
    seen = scaffolder.look()
    for part in PARTS:
        assert f"https://github.com/acme/{name}-{part}/tree/main/catalog-info.yaml" in seen["registered"]
        assert scaffolder.git(f"{name}-{part}", "show", "main:catalog-info.yaml")
    [asked] = [each for each in seen["pullRequests"] if each["head"] == f"register-{name}"]
    assert asked["repository"] == "acme/fleet"
    topics = [
        call["body"]["names"] for call in seen["calls"] if call["path"] == f"/repos/acme/{name}-deploy/topics"
    ]
    assert topics[-1][0] == "flux-managed"


@BOTH
def test_an_answer_that_is_lost_does_no_harm(scaffolder: Backstage) -> None:
    """GitHub made the repository, and the answer got lost: Retry goes on with it."""
    name = "lost"
    scaffolder.refuse("POST", "/orgs/acme/repos$", done=True)
    task = scaffolder.run("node-development", VALUES | {"name": name})
    assert task["failed"] == "publish-backend"

    assert_complete(scaffolder, scaffolder.retry(task), name)


@ANEW
def test_the_form_may_be_sent_again(scaffolder: Backstage) -> None:
    """It finishes what an earlier task began, and does nothing to what is complete."""
    name, values = "again", VALUES | {"name": "again"}
    scaffolder.refuse("POST", "/repos/acme/fleet/pulls$")
    assert scaffolder.run("node-development", values)["status"] == "failed"

    assert_complete(scaffolder, scaffolder.run("node-development", values), name)
    before = {part: scaffolder.git(f"{name}-{part}", "rev-parse", "main") for part in PARTS}
    assert_complete(scaffolder, scaffolder.run("node-development", values), name)
    assert before == {part: scaffolder.git(f"{name}-{part}", "rev-parse", "main") for part in PARTS}


@ANEW
def test_another_form_is_refused(scaffolder: Backstage) -> None:
    """A taken name, a missing team and a closed fleet are said at once, and nothing is made."""
    name = "taken"
    assert scaffolder.run("node-development", VALUES | {"name": name})["status"] == "completed"
    scaffolder.set(teams=[])
    scaffolder.refuse("GET", "/repos/acme/fleet$", 404)
    asked = len(scaffolder.look()["calls"])

    task = scaffolder.run("node-development", VALUES | {"name": name, "description": "Another one"})
    scaffolder.set(teams=["platform-team"])

    assert task["failed"] == "check"
    for part in PARTS:
        assert f"The repository acme/{name}-{part} exists, and it isn't what this form makes" in task["error"]
    assert "GitHub has no team platform-team in acme" in task["error"]
    assert "Backstage can't open a pull request in acme/fleet" in task["error"]
    assert {call["method"] for call in scaffolder.look()["calls"][asked:]} == {"GET"}


@ANEW
@pytest.mark.parametrize(
    ("facts", "refusal", "said"),
    [
        ({}, ("PUT", "/teams/platform-team/repos", 404), "the team platform-team has no rights (played)"),
        ({}, ("PUT", "-backend/branches/main/protection", 403), "main is not protected (played)"),
        ({"rules": []}, None, "nobody has to review what is merged into main"),
        ({}, ("PUT", "-deploy/topics", 403), "it has no topics (played)"),
    ],
    ids=["no team", "no protection", "no ruleset", "no topic"],
)
def test_nothing_is_green_that_went_wrong(
    scaffolder: Backstage, facts: dict[str, Any], refusal: tuple[str, str, int] | None, said: str
) -> None:
    """The task ends by saying what is missing, when all else is done, and Retry settles it."""
    name = f"unsettled-{len(said)}"
    scaffolder.set(**facts)
    if refusal:
        scaffolder.refuse(*refusal)
    task = scaffolder.run("node-development", VALUES | {"name": name})
    scaffolder.set(rules=[{"type": "pull_request"}])

    assert (task["status"], task["failed"]) == ("failed", "finish")
    assert said in task["error"]
    assert task["error"].count("\n- ") == 1
    assert_complete(scaffolder, scaffolder.retry(task), name)
