"""What Kubernetes would refuse of an override, and what would reach other apps or another role of the
cloud."""

from typing import Any

import pytest

from tests.field_shapes import ENDPOINT
from tests.overriding import ALL
from tests.refusals import Spec, refusal
from tests.schemas import custom, needs_crds
from tests.simulator import APP, World

IN_POD = ("spec", "template", "spec")
IN_RUN = ("spec", "jobTemplate", "spec", "template", "spec")
JOBS = {"report": {"schedule": "0 2 * * *", "command": ["node"]}}


def below(path: tuple[str, ...], value: Any) -> Spec:
    """A patch of what is at a path."""
    for step in reversed(path):
        value = {step: value}
    patch: Spec = value
    return patch


CONFLICTS: list[tuple[str, Spec, str]] = [
    (
        "backend-deployment",
        {"spec": {"strategy": {"type": "Recreate"}}},
        ".spec.strategy.type: Recreate can't stand beside rollingUpdate; write rollingUpdate: null too",
    ),
    (
        "backend-deployment",
        {"spec": {"strategy": {"type": "recreate"}}},
        ".spec.strategy.type: must be Recreate or RollingUpdate",
    ),
    (
        "backend-deployment",
        {"spec": {"minReadySeconds": 600}},
        ".spec.progressDeadlineSeconds: must be more than minReadySeconds, which is 600",
    ),
    (
        "backend-deployment",
        below(IN_POD, {"terminationGracePeriodSeconds": 5}),
        (
            ".spec.template.spec.terminationGracePeriodSeconds: must be at least 10: so long it still "
            "serves; shutdownSeconds of the part sets both"
        ),
    ),
    (
        "backend-deployment",
        below(IN_POD, {"dnsPolicy": "None"}),
        ".spec.template.spec.dnsPolicy: None needs dnsConfig.nameservers",
    ),
    (
        "job-report",
        below(IN_RUN, {"tolerations": [{"key": "gpu", "operator": "Exists", "value": "yes"}]}),
        (
            ".spec.jobTemplate.spec.template.spec.tolerations.0: must have no value beside operator: Exists, "
            "which means all values"
        ),
    ),
    (
        "backend-pdb",
        {"spec": {"minAvailable": 1}},
        ".spec.minAvailable: can't stand beside maxUnavailable; write maxUnavailable: null too",
    ),
    (
        "backend-service",
        {"spec": {"type": "ExternalName"}},
        ".spec.type: must be ClusterIP or NodePort or LoadBalancer",
    ),
    (
        "backend-service",
        {"spec": {"loadBalancerSourceRanges": ["10.0.0.0/8"]}},
        ".spec.loadBalancerSourceRanges: needs type: LoadBalancer, and the type is ClusterIP",
    ),
    (
        "backend-service",
        {"spec": {"externalTrafficPolicy": "Local"}},
        ".spec.externalTrafficPolicy: needs type: LoadBalancer or NodePort, and the type is ClusterIP",
    ),
    (
        "backend-service",
        {"spec": {"sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 60}}}},
        ".spec.sessionAffinityConfig: needs sessionAffinity: ClientIP",
    ),
]


def refused(key: str, patch: Spec, platform: Spec | None = None) -> str:
    """What is said of an app with one override."""
    return refusal(APP | {"jobs": JOBS, "overrides": {key: patch}}, ALL | dict(platform or {}))


@pytest.mark.parametrize(("key", "patch", "says"), CONFLICTS, ids=lambda given: str(given)[:60])
def test_what_excludes_each_other_is_refused(key: str, patch: Spec, says: str) -> None:
    """Kubernetes would refuse the object, and only an event would say why. The sentence says what to
    write."""
    assert refused(key, patch) == f"spec.overrides.{key}{says}"


@pytest.mark.parametrize(
    ("key", "patch"),
    [
        ("backend-deployment", {"spec": {"strategy": {"type": "Recreate", "rollingUpdate": None}}}),
        ("backend-deployment", {"spec": {"minReadySeconds": 600, "progressDeadlineSeconds": 900}}),
        ("backend-deployment", below(IN_POD, {"tolerations": [{"operator": "Exists"}]})),
        ("backend-deployment", below(IN_POD, {"terminationGracePeriodSeconds": None})),
        ("backend-pdb", {"spec": {"minAvailable": 1, "maxUnavailable": None}}),
        ("backend-service", {"spec": {"type": "LoadBalancer", "loadBalancerSourceRanges": ["10.0.0.0/8"]}}),
        ("backend-service", {"spec": {"type": "NodePort", "externalTrafficPolicy": "Local"}}),
        ("backend-service", {"spec": {"sessionAffinity": "ClientIP"}}),
    ],
)
def test_what_goes_together_is_taken(key: str, patch: Spec) -> None:
    """The same overrides with what the sentences ask for."""
    assert refused(key, patch) == ""


@pytest.mark.parametrize(
    ("key", "patch"),
    [
        ("backend-serviceaccount", {"metadata": {"annotations": {"eks.amazonaws.com/role-arn": "arn:x"}}}),
        ("backend-deployment", {"metadata": {"annotations": {"iam.amazonaws.com/role": "admin"}}}),
        (
            "backend-deployment",
            {"spec": {"template": {"metadata": {"annotations": {"iam.amazonaws.com/role": "admin"}}}}},
        ),
        (
            "backend-deployment",
            {"spec": {"template": {"metadata": {"labels": {"azure.workload.identity/use": "true"}}}}},
        ),
    ],
)
def test_no_override_gives_a_role_of_the_cloud(key: str, patch: Spec) -> None:
    """The Platform's cloudRole says which one pods get, and cloudRole of the NodeApp whether."""
    assert "can't be overridden" in refused(key, patch)


@pytest.mark.parametrize(
    "endpoint",
    [
        {"authorization": {"credentials": {"name": "other-db-app", "key": "password"}}},
        {"basicAuth": {"password": {"name": "other-db-app", "key": "password"}}},
        {"bearerTokenSecret": {"name": "other-db-app", "key": "password"}},
        {"oauth2": {"clientSecret": {"name": "other-db-app", "key": "password"}}},
        {"tlsConfig": {"keySecret": {"name": "other-tls", "key": "tls.key"}}},
        {"proxyUrl": "http://evil.dev"},
        {"honorLabels": True},
        {"relabelings": [{"targetLabel": "namespace", "replacement": "other"}]},
        {"metricRelabelings": [{"targetLabel": "namespace", "replacement": "other"}]},
        {"metricRelabelings": [{"action": "labelmap", "regex": "exported_(.+)"}]},
    ],
    ids=lambda endpoint: next(iter(endpoint)),
)
def test_no_scrape_reaches_another_app(endpoint: dict[str, Any]) -> None:
    """Prometheus reads no Secret for it, asks no proxy, and counts its metrics as no other app's."""
    patch = {"spec": {"podMetricsEndpoints": [{"port": "http", **endpoint}]}}
    says = refused("backend-podmonitor", patch, {"prometheus": {}})
    assert says.startswith("spec.overrides.backend-podmonitor.spec.podMetricsEndpoints.0.")


@pytest.mark.parametrize("spec", [{"jobLabel": "app"}, {"podTargetLabels": ["namespace"]}])
def test_no_label_of_a_scrape_is_the_apps(spec: Spec) -> None:
    """By its own label namespace an app would pass for one of another namespace, and set off its alerts."""
    assert "can't be overridden" in refused("backend-podmonitor", {"spec": spec}, {"prometheus": {}})


@pytest.mark.parametrize("name", ["default_pol_size", "auth_type", "client_tls_sslmode"])
def test_a_pooler_keeps_its_passwords_and_its_encryption(name: str) -> None:
    """Nor does it get a parameter that CloudNativePG's webhook refuses."""
    app = APP | {"database": APP["database"] | {"pooler": {}}}
    patch: Spec = {"spec": {"pgbouncer": {"parameters": {name: "5"}}}}
    says = refusal(app | {"overrides": {"database-pooler": patch}}, ALL)
    assert says.startswith(f"spec.overrides.database-pooler.spec.pgbouncer.parameters.{name}: is unknown; ")
    right: Spec = {"spec": {"pgbouncer": {"parameters": {"default_pool_size": "5"}}}}
    assert refusal(app | {"overrides": {"database-pooler": right}}, ALL) == ""


def test_a_scrape_is_tuned() -> None:
    """Its path, its pace, and which metrics are kept."""
    drop = {"sourceLabels": ["__name__"], "regex": "go_.*", "action": "drop"}
    endpoint = {"port": "http", "path": "/stats", "interval": "60s", "metricRelabelings": [drop]}
    patch = {"backend-podmonitor": {"spec": {"podMetricsEndpoints": [endpoint], "sampleLimit": 5000}}}
    world = World(APP | {"overrides": patch}, ALL | {"prometheus": {}}).settle()
    assert world.object("backend-podmonitor")["spec"]["podMetricsEndpoints"] == [endpoint]


@needs_crds
def test_the_fields_of_a_scrape_are_those_of_its_crd() -> None:
    """An override can't name one that the Prometheus operator doesn't know."""
    [spec] = [
        schema["properties"]["spec"]["properties"]
        for (_, kind), schema in custom().items()
        if kind == "PodMonitor"
    ]
    endpoint: dict[str, Any] = spec["podMetricsEndpoints"]["items"]["properties"]
    assert ENDPOINT.keys() <= endpoint.keys()
    [relabeling] = ENDPOINT["metricRelabelings"]
    assert relabeling.keys() <= endpoint["metricRelabelings"]["items"]["properties"].keys()
    assert "sampleLimit" in spec
