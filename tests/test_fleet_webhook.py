"""GitHub may tell Flux that something changed. That is off at first, and makes Flux look and nothing else."""

from typing import Any

import cel
import pytest
import yaml

from tests.fleet import CLUSTERS, FLEET, Json, built, inputs, one, rendered
from tests.schemas import judge, needs_crds, problems

FOLDER = FLEET / "components" / "webhook"
LISTED: Json = yaml.safe_load((FLEET / "registry" / "dashboard.yaml").read_text())
OPERATOR = "ResourceSetInputProvider"
"""A kind that Flux Operator adds to the CRD of Receivers: its internal/builder/templates.go."""


def receivers() -> dict[str, Json]:
    """By name."""
    objects = yaml.safe_load_all((FOLDER / "receivers.yaml").read_text())
    return {each["metadata"]["name"]: each for each in objects}


@needs_crds
def test_flux_knows_every_field() -> None:
    """But for the kind that Flux Operator adds."""
    route: Json = yaml.safe_load((FOLDER / "route.yaml").read_text())
    judged = [each for each in (*receivers().values(), route) if judge(each["apiVersion"], each["kind"])]
    found = [message for each in judged for message in problems(each)]
    assert [message for message in found if OPERATOR not in message] == []


def test_it_is_off_at_first() -> None:
    """No cluster, and nothing that is made for apps, has a way in from outside."""
    folders = ["apps", *(f"clusters/{cluster}" for cluster in CLUSTERS)]
    kinds = {each["kind"] for folder in folders for each in built(FLEET / folder)}
    assert not {"Receiver", "HTTPRoute"} & kinds


def test_a_message_must_be_signed() -> None:
    """The types whose messages have no signature take whatever comes."""
    for receiver in receivers().values():
        assert receiver["spec"]["type"] == "github"
        assert receiver["spec"]["secretRef"] == {"name": "webhook"}
        assert all("namespace" not in each for each in receiver["spec"]["resources"])


def test_all_that_they_wake_exists() -> None:
    """The fleet's source, the sources of apps, and the provider of the discovery."""
    woken = {name: receiver["spec"]["resources"] for name, receiver in receivers().items()}
    registry = one(built(FLEET / "clusters" / "dev"), "Kustomization", "registry")
    assert woken["fleet"][0]["name"] == registry["spec"]["sourceRef"]["name"]
    provider: Json = yaml.safe_load((FLEET / "components" / "discovery" / "provider.yaml").read_text())
    [asked] = woken["discovery"]
    assert (asked["kind"], asked["name"]) == (OPERATOR, provider["metadata"]["name"])
    assert woken["apps"][0]["matchLabels"] == {"resourceset.fluxcd.controlplane.io/name": "nodeapps"}


@pytest.mark.parametrize(
    ("body", "woken"),
    [
        ({"repository": {"html_url": "https://github.com/acme/dashboard-deploy"}}, True),
        ({"repository": {"html_url": "https://github.com/acme/blog-deploy"}}, False),
        ({"zen": "Keep it logically awesome."}, False),
    ],
    ids=["its repository", "another one", "a ping"],
)
def test_only_the_apps_of_the_repository_are_woken(body: dict[str, Any], woken: bool) -> None:  # noqa: FBT001  # pytest's.
    """An organisation has many pushes, and each source that looks asks GitHub."""
    made = rendered(one(built(FLEET / "apps"), "ResourceSet", "nodeapps"), inputs(LISTED))
    source = one(made, "GitRepository", "dashboard")
    expression = receivers()["apps"]["spec"]["resourceFilter"]
    assert cel.evaluate(expression, {"req": body, "res": {"metadata": source["metadata"]}}) is woken
