"""Who connects to the database is let in, whatever component it belongs to. Nobody else is."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests import golden
from tests.simulator import APP, World

POSTGRES, STATUS = 5432, 8000
GOLDENS = {path.stem: path for path in sorted(golden.CASES.glob("*.yaml"))}
OPERATOR = {"app.kubernetes.io/name": "cloudnative-pg"}
"""Labels of CloudNativePG's operator, as its chart and its manifests have them."""


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector selects a pod."""
    operators = {
        "Exists": lambda expression: expression["key"] in labels,
        "DoesNotExist": lambda expression: expression["key"] not in labels,
        "In": lambda expression: labels.get(expression["key"]) in expression["values"],
    }
    equal = all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())
    return equal and all(operators[e["operator"]](e) for e in selector.get("matchExpressions", ()))


def admits(policy: Mapping[str, Any], labels: Mapping[str, str], port: int) -> bool:
    """Whether a NetworkPolicy lets a pod reach a port. The pod is in a namespace that each peer allows."""
    return any(
        selects(peer["podSelector"], labels)
        for rule in policy["spec"]["ingress"]
        if port in [each["port"] for each in rule["ports"]]
        for peer in rule["from"]
        if "podSelector" in peer
    )


def templates(objects: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Key and pod template of every object that has one."""
    for key, manifest in objects.items():
        if manifest["kind"] == "Deployment":
            yield key, manifest["spec"]["template"]


def connects(template: Mapping[str, Any]) -> bool:
    """Whether a pod is given the way to the database."""
    names = [variable["name"] for c in template["spec"]["containers"] for variable in c.get("env", ())]
    return "DATABASE_URL" in names


@pytest.mark.parametrize("name", GOLDENS)
def test_pods_that_connect_are_let_in(name: str) -> None:
    """A pod has the way to the database if and only if the database's policy lets it in."""
    objects = golden.played(GOLDENS[name])["objects"]
    policy = objects.get("database-networkpolicy")
    for key, template in templates(objects):
        if policy is None:
            assert connects(template) <= ("platform.io/connects-to" in template["metadata"]["labels"]), key
        else:
            assert connects(template) == admits(policy, template["metadata"]["labels"], POSTGRES), key


def test_some_goldens_connect() -> None:
    """The rule above is tried on apps with a database."""
    texts = [path.read_text() for path in GOLDENS.values()]
    with_policy = [yaml.safe_load(text.partition("\n---\n")[2])["objects"] for text in texts]
    assert sum("database-networkpolicy" in objects for objects in with_policy) > 5


def test_the_operator_is_let_in() -> None:
    """CloudNativePG's operator reaches PostgreSQL and the instances' status, from whatever namespace."""
    policy = World(APP).settle().object("database-networkpolicy")
    assert admits(policy, OPERATOR, POSTGRES)
    assert admits(policy, OPERATOR, STATUS)


def test_no_app_passes_for_the_operator() -> None:
    """An app that is called as the operator is doesn't get into another app's database."""
    policy = World(APP).settle().object("database-networkpolicy")
    impostor = World(APP, name=OPERATOR["app.kubernetes.io/name"]).settle()
    for key in ("frontend-deployment", "backend-deployment"):
        labels = impostor.object(key)["spec"]["template"]["metadata"]["labels"]
        assert OPERATOR.items() <= labels.items()
        assert not admits(policy, labels, POSTGRES), key
        assert not admits(policy, labels, STATUS), key
