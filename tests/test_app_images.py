"""Images of apps run on amd64 and arm64, are scanned before they are published, and say what they have."""

import json
import re
from typing import Any

import pytest
import yaml

from tests.generate import ROOT
from tests.test_organization import WORKFLOWS, workflow

BACKSTAGE = ROOT / "example" / "backstage"
SKELETONS = BACKSTAGE / "skeletons"
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def steps(job: str) -> list[dict[str, Any]]:
    """The steps of a job of node.yaml."""
    found: list[dict[str, Any]] = workflow("node.yaml")["jobs"][job]["steps"]
    return found


def using(job: str, action: str) -> list[int]:
    """Where in a job an action is used."""
    return [number for number, step in enumerate(steps(job)) if step.get("uses", "").startswith(action)]


def test_each_image_is_for_both_architectures() -> None:
    """With its provenance and its bill of materials."""
    push = steps("image")[using("image", "docker/build-push-action")[-1]]["with"]
    assert push["platforms"] == "linux/amd64,linux/arm64"
    assert (push["push"], push["provenance"], push["sbom"]) == (True, "mode=max", True)


@pytest.mark.parametrize("part", ["frontend", "backend"])
def test_nothing_runs_on_the_other_architecture(part: str) -> None:
    """GitHub's runner has no emulator: what runs is in stages that run on the builder's own."""
    stages = re.split(r"(?m)^(?=FROM )", (SKELETONS / part / "Dockerfile").read_text())[1:]
    targets = [stage for stage in stages if not stage.startswith("FROM --platform=$BUILDPLATFORM ")]
    assert targets
    assert not [stage for stage in targets if re.search(r"(?m)^RUN ", stage)]


def test_what_is_installed_fits_both_architectures() -> None:
    """The backend's packages are installed on one architecture, and copied to the image of the other.

    So none is for one alone, and none compiles itself when it is installed.
    """
    dockerfile = (SKELETONS / "backend" / "Dockerfile").read_text()
    assert re.search(r"RUN npm ci .*--ignore-scripts", dockerfile)
    packages = json.loads((SKELETONS / "backend" / "package-lock.json").read_text())["packages"]
    served = {name: each for name, each in packages.items() if name and not each.get("dev")}
    assert served
    tied = {"cpu", "os", "libc"}
    assert not [name for name, each in served.items() if tied & each.keys() and not each.get("optional")]


def test_an_image_is_scanned_before_it_is_published() -> None:
    """And the dependencies with each pull request. Only what can be mended counts."""
    build, push = using("image", "docker/build-push-action")
    [scan] = using("image", "aquasecurity/trivy-action")
    assert build < scan < push
    assert steps("image")[scan]["with"]["image-ref"] == steps("image")[build]["with"]["tags"]
    [dependencies] = using("scan", "aquasecurity/trivy-action")
    for each in (steps("image")[scan]["with"], steps("scan")[dependencies]["with"]):
        assert (each["severity"], each["ignore-unfixed"]) == ("CRITICAL,HIGH", True)
        assert each["exit-code"] == "${{ vars.SCAN == 'report' && '0' || '1' }}"


@pytest.mark.parametrize(
    "file",
    [*WORKFLOWS.glob("*.yaml"), *(BACKSTAGE / ".github" / "workflows").glob("*.yaml")],
    ids=lambda file: file.name,
)
def test_actions_are_pinned(file: Any) -> None:
    """By commit, since a tag can be moved, with the version that Renovate reads."""
    used = re.findall(r"uses: .*", file.read_text())
    assert used
    assert [each for each in used if not PINNED.fullmatch(each)] == []


@pytest.mark.parametrize("folder", [BACKSTAGE, BACKSTAGE / "organization" / "workflows"])
def test_renovate_keeps_the_pins(folder: Any) -> None:
    """By the company's preset, as in each app."""
    config = json.loads((folder / "renovate.json").read_text())
    assert "github>acme/renovate-config" in config["extends"]


def test_the_update_acts_on_main_alone() -> None:
    """Its key may write into every repository, workflows too: it is in an environment of its own."""
    definition = yaml.safe_load((BACKSTAGE / ".github" / "workflows" / "update.yaml").read_text())
    job = definition["jobs"]["update"]
    assert definition["permissions"] == {}
    assert job["environment"] == "skeletons"
    assert job["permissions"] == {"contents": "write"}
    assert definition[True]["push"]["branches"] == ["main"]
    [app] = [step["with"] for step in job["steps"] if "create-github-app-token" in step.get("uses", "")]
    assert {key for key in app if key.startswith("permission-")} == {
        "permission-contents",
        "permission-pull-requests",
        "permission-workflows",
    }
