"""Renovate moves each image that the fleet names: else its services would never get a fix."""

import json
import re
from typing import Any

import pytest
import yaml

from package.registry import published
from tests.fleet import FLEET

CONFIG: dict[str, Any] = json.loads((FLEET / "renovate.json").read_text())
FILES = {
    str(path.relative_to(FLEET)): path.read_text()
    for folder in FLEET.iterdir()
    if folder.name != "services"
    for path in folder.rglob("*.yaml")
}
IMAGE = re.compile(r"^\s*-? ?image: (?P<name>\S+?):(?P<tag>[^\s:@]+)$", re.MULTILINE)
"""As Renovate's manager for Kubernetes finds images."""


def matched(patterns: list[str], name: str) -> bool:
    """Whether one of Renovate's patterns, written between slashes, is in a name."""
    return any(re.search(pattern.strip("/"), name) for pattern in patterns)


def test_each_image_is_found() -> None:
    """The manager for Kubernetes looks at no file that isn't named."""
    found = {name: IMAGE.search(text) for name, text in FILES.items() if IMAGE.search(text)}
    assert found
    assert {
        name: matched(CONFIG["kubernetes"]["managerFilePatterns"], name) for name in found
    } == dict.fromkeys(found, True)
    assert {match.groups() for match in found.values() if match} == {
        (published().image("services"), f"v{published().version}")
    }


@pytest.mark.parametrize("name", ["components/images/deployment.yaml", "clusters/base/nodeapp.yaml"])
def test_a_release_is_merged_by_people(name: str) -> None:
    """And in one pull request: its API, its function and its services belong together."""
    assert name in FILES
    [byhand] = [rule for rule in CONFIG["packageRules"] if rule.get("automerge") is False]
    assert f"{name.split('/', maxsplit=1)[0]}/**" in byhand["matchFileNames"]
    [group] = [rule for rule in CONFIG["packageRules"] if "groupName" in rule]
    source = yaml.safe_load(FILES["clusters/base/nodeapp.yaml"].split("---")[0])
    repository = source["spec"]["url"].removeprefix("https://github.com/")
    for package in (repository, published().image("services")):
        assert matched(group["matchPackageNames"], package), package
