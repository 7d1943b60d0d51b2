"""The template that cleans up takes away what a form left, and nothing that runs."""

from collections.abc import Iterator

import pytest

from tests.golden_path.backstage import Backstage, backstage
from tests.golden_path.form import VALUES


@pytest.fixture(scope="module")
def scaffolder(node: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backstage]:
    """Backstage with empty repositories."""
    with backstage(node, tmp_path_factory.mktemp("backstage"), recover=True) as played:
        yield played


def form(name: str, confirmation: str | None = None) -> dict[str, str]:
    """What a platform engineer writes."""
    return {"name": name, "confirmation": confirmation or name}


def test_the_name_is_free_again(scaffolder: Backstage) -> None:
    """Half of an app is unregistered and archived under other names, and its pull request is closed."""
    values = VALUES | {"name": "half"}
    scaffolder.refuse("PUT", "/repos/acme/half-deploy/topics$")
    assert scaffolder.run("node-development", values)["failed"] == "finish"

    scaffolder.refuse("PATCH", "/repos/acme/half-backend$")
    task = scaffolder.run("node-clean-up", form("half"))
    assert task["status"] == "failed"
    task = scaffolder.retry(task)

    assert task["status"] == "completed", task["error"]
    seen = scaffolder.look()
    assert not [url for url in seen["registered"] if "/half-" in url]
    assert [each["state"] for each in seen["pullRequests"] if each["head"] == "register-half"] == ["closed"]
    retired = {name: about["archived"] for name, about in seen["about"].items() if "-retired-" in name}
    assert retired == {
        f"acme/half-{part}-retired-{task['id'][:8]}": True for part in ("backend", "frontend", "deploy")
    }
    assert scaffolder.run("node-development", values | {"port": 4321})["status"] == "completed"


def test_what_is_deployed_stays(scaffolder: Backstage) -> None:
    """An app with an entry in the fleet is refused, and so is a name that is written differently."""
    values = VALUES | {"name": "runs"}
    made = scaffolder.run("node-development", values)
    assert made["status"] == "completed", made["error"]
    [asked] = [each for each in scaffolder.look()["pullRequests"] if each["head"] == "register-runs"]
    scaffolder.merge(asked["number"])

    assert "The fleet deploys runs" in scaffolder.run("node-clean-up", form("runs"))["error"]
    assert "The names differ" in scaffolder.run("node-clean-up", form("runs", "run"))["error"]
    assert len([url for url in scaffolder.look()["registered"] if "/runs-" in url]) == 3


def test_only_the_platform_team_cleans_up(scaffolder: Backstage) -> None:
    """Somebody of another group is refused, and nothing is touched."""
    scaffolder.join("shop-team")
    asked = len(scaffolder.look()["calls"])

    task = scaffolder.run("node-clean-up", form("anything"))
    scaffolder.join("platform-team")

    assert "Only members of group:default/platform-team may clean up" in task["error"]
    assert len(scaffolder.look()["calls"]) == asked
