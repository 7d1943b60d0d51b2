"""Annotations of a route: the Platform lists those that an app may write."""

from typing import Any

import pytest

from tests.refusals import ASK, refusal
from tests.simulator import APP, World

SNIPPET = "nginx.ingress.kubernetes.io/configuration-snippet"
RATE = "nginx.ingress.kubernetes.io/limit-rps"


def annotated(**annotations: str) -> dict[str, Any]:
    """An app whose route has these annotations."""
    names = {"rate": RATE, "snippet": SNIPPET, "issuer": "cert-manager.io/cluster-issuer"}
    ingress = APP["ingress"] | {"annotations": {names[key]: value for key, value in annotations.items()}}
    return APP | {"ingress": ingress}


@pytest.mark.parametrize(("allowed", "known"), [([], "none"), ([RATE], RATE)])
def test_annotation_of_a_route_needs_the_word_of_the_platform(allowed: list[str], known: str) -> None:
    """An annotation may make a controller run what it says, so the Platform lists those that are allowed."""
    platform = {"ingress": {"allowedAnnotations": allowed}}
    why = f"isn't among the Platform's ingress.allowedAnnotations, which allow {known}{ASK}"
    assert refusal(annotated(snippet="x"), platform) == f"spec.ingress.annotations: {SNIPPET} {why}"


def test_annotation_of_a_route_is_over_the_platforms_own() -> None:
    """An annotation that is allowed replaces the Platform's. It never names the issuer of certificates."""
    ingress: dict[str, Any] = {
        "allowedAnnotations": [RATE, "cert-manager.io/cluster-issuer"],
        "annotations": {RATE: "5", "acme.dev/a": "b"},
        "clusterIssuer": "letsencrypt",
    }
    world = World(annotated(rate="50", issuer="mine"), {"ingress": ingress}).settle()
    annotations = world.object("ingress")["metadata"]["annotations"]
    assert (annotations[RATE], annotations["acme.dev/a"]) == ("50", "b")
    assert annotations["cert-manager.io/cluster-issuer"] == "letsencrypt"
    before = world.state
    world.govern({"ingress": ingress | {"allowedAnnotations": []}}).settle()
    assert world.state == before
    assert world.condition("PolicyCompliant").reason == "Breach"
