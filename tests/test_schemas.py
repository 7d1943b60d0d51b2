"""Every object is one that the API server takes; and the tests' judge of that does refuse."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from function.edge.asked import answer
from tests.requests import composite, platform, request
from tests.schemas import judge, needs_crds, problems

SHOP = "ghcr.io/acme/shop:1.4.0"
SPECS: Mapping[str, dict[str, Any]] = {
    "shortest": {"team": "a", "frontend": {"image": SHOP}},
    "no-image-yet": {"team": "a", "frontend": {}, "backend": {}, "database": {}},
    "backend-alone": {"team": "a", "backend": {"image": SHOP}, "ingress": {"host": "api.acme.dev"}},
    "dev": {"team": "a", "environment": "dev", "backend": {"image": SHOP}, "database": {"version": 17}},
    "everything": {
        "team": "a",
        "environment": "prod",
        "frontend": {"image": SHOP, "port": 3000, "replicas": 3, "probes": {"startup": "/up"}},
        "backend": {
            "image": f"{SHOP}@sha256:{'0' * 64}",
            "command": ["node"],
            "args": ["server.js"],
            "migrate": ["npm", "run", "migrate"],
            "metricsPort": 9090,
            "env": {"LOG_LEVEL": "info"},
            "secrets": ["stripe"],
            "configMaps": ["flags"],
            "secretEnv": {"API_KEY": "stripe/api-key"},
            "resources": {"requests": {"cpu": 1, "memory": "1Gi"}, "limits": {"ephemeral-storage": "1G"}},
        },
        "database": {
            "name": "metrics",
            "storage": "40Gi",
            "storageClass": "fast",
            "instances": 5,
            "parameters": {"work_mem": "16MB"},
            "resources": {"requests": {"cpu": "2", "memory": "4Gi"}},
        },
        "ingress": {"host": "shop.acme.dev", "hosts": ["www.acme.dev"], "tls": True},
        "monitoring": True,
    },
}
SETTINGS = {
    "domain": "apps.acme.dev",
    "imagePullSecrets": ["ghcr"],
    "ingress": {"className": "nginx", "clusterIssuer": "letsencrypt", "annotations": {"acme.dev/a": "b"}},
    "prometheus": {"labels": {"release": "kps"}},
    "labels": {"acme.dev/cost-center": "42"},
}


def composed(spec: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The objects of an app by key, its database having been looked up in vain."""
    asked = request(composite(spec), platform=[platform(settings)], database_cluster=[])
    return {key: desired["resource"] for key, desired in answer(asked)["desired"]["resources"].items()}


@pytest.mark.parametrize("settings", [{}, SETTINGS], ids=["defaults", "platform"])
@pytest.mark.parametrize("name", SPECS)
def test_composed_objects_satisfy_the_schemas(name: str, settings: dict[str, Any]) -> None:
    """Whatever is asked for, the API server knows every field of what is composed."""
    objects = composed(SPECS[name], settings)

    assert {key: errors for key, item in objects.items() if (errors := problems(item))} == {}
    assert objects


@needs_crds
def test_every_composed_kind_has_a_judge() -> None:
    """With the CRDs at hand, no kind passes unjudged."""
    kinds = {(i["apiVersion"], i["kind"]) for i in composed(SPECS["everything"], SETTINGS).values()}

    assert {kind for kind in kinds if judge(*kind) is None} == set()


def put(*path: str | int, value: Any) -> Callable[[Any], None]:
    """A mistake: a value at a path."""

    def plant(item: Any) -> None:
        for step in path[:-1]:
            item = item[step]
        item[path[-1]] = value

    return plant


CONTAINER = ("spec", "template", "spec", "containers", 0)
PORTS = [{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 80, "protocol": "TCP"}]
MISTAKES = {
    "typo": ("backend-deployment", put("spec", "replica", value=1), "'replica' was unexpected"),
    "snake-case": ("backend-deployment", put(*CONTAINER, "env_from", value=[]), "'env_from' was unexpected"),
    "text-for-a-number": ("backend-deployment", put("spec", "replicas", value="2"), "'2' is not of type"),
    "no-selector": ("backend-deployment", lambda item: item["spec"].pop("selector"), "'selector' is a req"),
    "env-as-a-map": ("backend-deployment", put(*CONTAINER, "env", value={"A": "b"}), "is not of type 'array"),
    "number-in-env": ("backend-deployment", put(*CONTAINER, "env", 0, "value", value=1), "1 is not of type"),
    "twice": ("backend-deployment", put(*CONTAINER, "ports", value=PORTS), "is there twice"),
    "a-null": ("backend-deployment", put(*CONTAINER, "args", value=None), "args: null"),
    "bad-quantity": (
        "backend-deployment",
        put(*CONTAINER, "resources", "limits", "memory", value="1 Gi"),
        "'1 Gi' does not match",
    ),
    "bad-label": ("backend-service", put("metadata", "labels", "a", value="b c"), "'b c' does not match"),
    "bad-label-name": (
        "backend-service",
        put("metadata", "labels", "a b", value="c"),
        "'a b' does not match",
    ),
    "bad-name": ("backend-service", put("metadata", "name", value="Shop"), "'Shop' does not match"),
    "cluster-typo": ("database-cluster", put("spec", "instance", value=1), "'instance' was unexpected"),
    "cluster-deep-typo": (
        "database-cluster",
        put("spec", "bootstrap", "initdb", "dataChecksum", value=True),
        "'dataChecksum' was unexpected",
    ),
    "cluster-enum": (
        "database-cluster",
        put("spec", "primaryUpdateMethod", value="no"),
        "'no' is not one of",
    ),
    "cluster-bound": ("database-cluster", put("spec", "instances", value=0), "0 is less than"),
    "cluster-label": ("database-cluster", put("metadata", "labels", "a", value="!"), "'!' does not match"),
    "usage-typo": ("deletion-protection", put("spec", "reasons", value=""), "'reasons' was unexpected"),
    "usage-required": ("deletion-protection-xr", lambda item: item["spec"].pop("of"), "'of' is a required"),
    "podmonitor-type": (
        "backend-podmonitor",
        put("spec", "podMetricsEndpoints", value={}),
        "of type 'array'",
    ),
    "cluster-unknown": ("backend-service", put("kind", value="Servise"), "no schema for Servise of v1"),
}
OF_CRDS = {name for name in MISTAKES if name.startswith(("cluster-", "usage-", "podmonitor-"))}


@pytest.mark.parametrize(
    "mistake", [pytest.param(m, marks=[needs_crds] if m in OF_CRDS else []) for m in MISTAKES]
)
def test_planted_mistakes_are_found(mistake: str) -> None:
    """The judge of objects names each mistake: it doesn't pass whatever it is given."""
    key, plant, message = MISTAKES[mistake]
    item = copy.deepcopy(composed(SPECS["everything"], SETTINGS)[key])

    plant(item)

    assert message in "; ".join(problems(item))
