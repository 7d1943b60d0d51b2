"""The Gateways of the examples and the Platforms that name them fit together."""

import json
import re
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml

from tests.fleet import CLUSTERS, FLEET, built, one
from tests.generate import ROOT
from tests.schemas import problems

EXAMPLE = ROOT / "example"
CHARTS_GATEWAY = "traefik-gateway"
"""What Traefik's chart calls its Gateway, unless it is told another name."""


def load(path: str) -> Any:
    """The object in a file below example/."""
    return yaml.safe_load((EXAMPLE / path).read_text())


def test_example_platform_names_the_example_gateway() -> None:
    """It is valid, has the listeners that the Platform names, and lets routes of apps' namespaces in."""
    gateway, platform = load("gateway.yaml"), load("platform.yaml")["spec"]
    named = platform["gateway"]
    assert problems(gateway) == []
    assert gateway["metadata"]["name"] == named["name"]
    assert gateway["metadata"]["namespace"] == named["namespace"]
    listeners = {each["name"]: each for each in gateway["spec"]["listeners"]}
    assert listeners[named["sectionName"]]["protocol"] == "HTTPS"
    assert listeners[named["redirectSectionName"]]["protocol"] == "HTTP"
    for listener in listeners.values():
        assert listener["allowedRoutes"] == {"namespaces": {"from": "All"}}
        assert fnmatch(f"app.{platform['domain']}", listener["hostname"])


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_of_the_fleet_uses_the_gateway_of_its_chart(cluster: str) -> None:
    """Traefik's chart makes the Gateway, and takes the routes of all namespaces."""
    named = load(f"flux/clusters/{cluster}/settings/platform.yaml")["spec"]["gateway"]
    chart = one(built(FLEET / "controllers"), "HelmRelease", "traefik")["spec"]
    values = chart["values"]
    assert (named["name"], named["namespace"]) == (CHARTS_GATEWAY, chart["targetNamespace"])
    assert values["providers"]["kubernetesGateway"] == {"enabled": True}
    assert values["gateway"]["listeners"][named["sectionName"]]["namespacePolicy"] == {"from": "All"}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_gateway_api_comes_before_the_charts(cluster: str) -> None:
    """A chart with a Gateway can't be installed before. And no mistake takes the CRDs away."""
    objects = built(FLEET / "clusters" / cluster)
    crds = one(objects, "Kustomization", "gateway-api")["spec"]
    assert one(objects, "Kustomization", "controllers")["spec"]["dependsOn"] == [{"name": "gateway-api"}]
    assert crds["prune"] is False
    assert crds["wait"] is True


def test_renovate_finds_the_release_of_gateway_api() -> None:
    """Else nobody would hear of a new one."""
    managers = json.loads((FLEET / "renovate.json").read_text())["customManagers"]
    [manager] = [each for each in managers if each.get("datasourceTemplate") == "github-tags"]
    file = FLEET / "clusters" / "base" / "controllers.yaml"
    [wanted] = manager["managerFilePatterns"]
    assert re.search(wanted.strip("/"), str(file.relative_to(FLEET)))
    [pattern] = manager["matchStrings"]
    found = re.search(pattern.replace("(?<", "(?P<"), file.read_text())
    assert found
    assert found["depName"] == "kubernetes-sigs/gateway-api"
    source = one(built(FLEET / "clusters" / "dev"), "GitRepository", "gateway-api")["spec"]
    assert found["currentValue"] == source["ref"]["tag"]
