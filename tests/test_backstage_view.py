"""What Backstage's Kubernetes tab finds of an app: each entity's selector takes what belongs to it."""

import re
from typing import Any

import pytest
import yaml

from function.api.names import API_VERSION, CLAIM
from function.cli import sources
from tests.console import Console, by_key
from tests.deploy_repository import EXAMPLE, PLATFORM, released
from tests.generate import ROOT
from tests.tools import tool

BACKSTAGE = ROOT / "example" / "backstage"
SELECTOR = "backstage.io/kubernetes-label-selector"
ID = "backstage.io/kubernetes-id"
EXPECTED = {
    "dashboard-frontend": {"NodeApp", "HTTPRoute", "Deployment", "Service"},
    "dashboard-backend": {"NodeApp", "HTTPRoute", "Deployment", "Service"},
}


def selector_of(entity: dict[str, Any]) -> str:
    """The label selector that the plugin asks the API server with: it prefers the one that is written."""
    annotations = entity["metadata"]["annotations"]
    return str(annotations.get(SELECTOR) or f"{ID}={annotations[ID]}")


def selects(selector: str, labels: dict[str, str]) -> bool:
    """Whether Kubernetes would: requirements a=b and a in (b,c), all of them."""
    for requirement in re.split(r",(?![^(]*\))", selector):
        if found := re.fullmatch(r"(\S+) in \((.*)\)", requirement):
            key, values = found[1], found[2].split(",")
        else:
            key, _, value = requirement.partition("=")
            values = [value]
        if labels.get(key) not in values:
            return False
    return True


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The NodeApp of production and all that is composed of it."""
    tool("kubectl")
    overlay = released(EXAMPLE, "prod", tmp_path_factory.mktemp("released"))
    composed = by_key(Console().objects(str(overlay), "--platform", PLATFORM)).values()
    return [yaml.safe_load(sources.built(overlay)), *composed]


def skeleton(part: str) -> list[dict[str, Any]]:
    """A component's entities: the skeleton's, whose only expression here is the app's name."""
    text = (BACKSTAGE / "skeletons" / part / "catalog-info.yaml.njk").read_text()
    text = re.sub(r"\{%.*?%\}", "", text).replace("${{ values.name }}", "dashboard")
    return list(yaml.safe_load_all(re.sub(r"\$\{\{.*?\}\}", "x", text)))


@pytest.mark.parametrize("part", ["frontend", "backend"])
def test_a_part_shows_its_objects_and_the_apps(part: str, shown: list[dict[str, Any]]) -> None:
    """The NodeApp, whose status is in words, the route, and nothing of the other part."""
    entity = skeleton(part)[0]
    kinds = {each["kind"] for each in shown if selects(selector_of(entity), each["metadata"]["labels"])}
    assert EXPECTED[entity["metadata"]["name"]] <= kinds
    other = {"frontend": "backend", "backend": "frontend"}[part]
    assert not [
        each
        for each in shown
        if each["metadata"]["name"] == f"dashboard-{other}"
        and selects(selector_of(entity), each["metadata"]["labels"])
    ]


def test_the_system_shows_everything(shown: list[dict[str, Any]]) -> None:
    """And its database the Cluster."""
    system, database = yaml.safe_load_all((EXAMPLE / "catalog-info.yaml").read_text())
    unseen = [
        each["kind"] for each in shown if not selects(selector_of(system), each["metadata"].get("labels", {}))
    ]
    assert unseen == []
    assert selector_of(database) == "cnpg.io/cluster=dashboard-db"


def test_the_tab_reads_the_kinds_that_matter() -> None:
    """README's customResources name the NodeApp's API."""
    text = (BACKSTAGE / "README.md").read_text()
    [block] = [
        each for each in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "customResources" in each
    ]
    kinds = yaml.safe_load(block)["kubernetes"]["customResources"]
    assert f"{kinds[0]['group']}/{kinds[0]['apiVersion']}" == API_VERSION
    assert [each["plural"] for each in kinds] == [f"{CLAIM.lower()}s", "httproutes", "clusters"]
