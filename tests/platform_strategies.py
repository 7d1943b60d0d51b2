"""Specs of Platforms, alone and with a NodeApp's spec that they accept."""

from typing import Any

from hypothesis import strategies as st

from tests.sampled import DOMAINS, HOSTS, LABELS, NAMES, SIZES, TEXTS, Drawn
from tests.spec_strategies import allowed_specs, restoring_specs, specs
from tests.strategies import ALLOWED_ANNOTATIONS, RESTORE

ANNOTATIONS = st.dictionaries(st.sampled_from(["acme.dev/a", "b"]), TEXTS, max_size=2)
KEY = {"name": "store", "key": "secret"}
STORE: dict[str, st.SearchStrategy[Any]] = {
    "endpointURL": st.just("https://minio.acme.dev:9000"),
    "endpointCA": st.just(KEY),
    "s3Credentials": st.sampled_from([{"inheritFromIAMRole": True}, {"secretAccessKey": KEY}]),
    "azureCredentials": st.just({"connectionString": KEY}),
    "googleCredentials": st.just({"gkeEnvironment": True}),
    "wal": st.just({"compression": "zstd", "maxParallel": 8}),
    "data": st.just({"jobs": 2}),
    "tags": st.just({"cost-center": "42"}),
    "historyTags": st.just({"kind": "history"}),
}
STORES = st.fixed_dictionaries(
    {"destinationPath": st.sampled_from(["s3://backups", "gs://other/db"])}, optional=STORE
)
IMAGES = st.dictionaries(st.sampled_from(["15", "16", "17", "18"]), st.just(""), max_size=4).map(
    lambda majors: {major: f"r.dev/postgresql:{major}.9" for major in majors}
)
DATABASES: dict[str, st.SearchStrategy[Any]] = {
    "storageClass": LABELS,
    "objectStore": STORES,
    "era": st.integers(1, 3),
}
"""Settings of all databases that the lives change one by one."""
ALL_DATABASES: dict[str, st.SearchStrategy[Any]] = DATABASES | {
    "images": IMAGES,
    "serviceAccountAnnotations": ANNOTATIONS,
    "restoreFrom": st.lists(LABELS, max_size=2),
    "allowedExtensions": st.lists(st.sampled_from(["dblink", "postgis"]), max_size=2),
}
DATABASE_PROFILE: dict[str, st.SearchStrategy[Any]] = {
    "instances": st.integers(1, 9),
    "storage": SIZES,
    "backup": st.fixed_dictionaries({"enabled": st.booleans()}),
    "deletionPolicy": st.sampled_from(["Retain", "Delete"]),
}
PROFILE: dict[str, st.SearchStrategy[Any]] = {
    "replicas": st.integers(0, 100),
    "disruptionBudget": st.booleans(),
    "database": st.fixed_dictionaries({}, optional=DATABASE_PROFILE),
}
INGRESS: dict[str, st.SearchStrategy[Any]] = {
    "className": LABELS,
    "controller": st.sampled_from(["nginx", "haproxy", "contour"]),
    "clusterIssuer": LABELS,
    "annotations": ANNOTATIONS,
    "allowedAnnotations": st.just(ALLOWED_ANNOTATIONS),
}
GATEWAY: dict[str, st.SearchStrategy[Any]] = {
    "sectionName": st.just("https"),
    "redirectSectionName": st.just("http"),
}
GATEWAYS = st.fixed_dictionaries(
    {"name": st.just("public"), "namespace": LABELS}, optional={"sectionName": GATEWAY["sectionName"]}
) | st.fixed_dictionaries({"name": st.just("public"), "namespace": LABELS, **GATEWAY})
SECRET_STORES = st.fixed_dictionaries(
    {"name": st.just("vault")},
    optional={
        "kind": st.sampled_from(["ClusterSecretStore", "SecretStore"]),
        "path": st.just("apps/{namespace}/{secret}"),
    },
)
PODS: dict[str, st.SearchStrategy[Any]] = {
    "priorityClassName": LABELS,
    "nodeSelector": st.just({"pool": "apps"}),
    "tolerations": st.just(
        [
            {
                "key": "apps",
                "operator": "Equal",
                "value": "yes",
                "effect": "NoExecute",
                "tolerationSeconds": 9,
            },
            {"operator": "Exists"},
        ]
    ),
    "hostUsers": st.booleans(),
}
LIMITS: dict[str, st.SearchStrategy[Any]] = {
    "replicas": st.just(100),
    "instances": st.just(9),
    "storage": st.sampled_from(["1Ti", "100Ti"]),
    "memory": st.sampled_from(["64Gi", "1Ti"]),
    "cpu": st.sampled_from(["3", "128"]),
}
"""Limits that every NodeApp here keeps."""
PLATFORM: dict[str, st.SearchStrategy[Any]] = {
    "environment": st.sampled_from(["dev", "prod"]),
    "domain": HOSTS,
    "domains": st.just(DOMAINS),
    "env": st.dictionaries(NAMES, TEXTS, max_size=2),
    "registries": st.just(["docker.io/library", "r:5000", "ghcr.io/acme/"]),
    "overrides": st.lists(st.sampled_from(["backend-deployment", "worker-*-hpa"]), max_size=2),
    "limits": st.fixed_dictionaries({}, optional=LIMITS),
    "imagePullSecrets": st.lists(st.sampled_from(["ghcr", "quay.io"]), max_size=2, unique=True),
    "teamFromNamespace": st.booleans(),
    "gateway": GATEWAYS,
    "ingress": st.fixed_dictionaries({}, optional=INGRESS),
    "database": st.fixed_dictionaries({}, optional=ALL_DATABASES),
    "prometheus": st.fixed_dictionaries({}, optional={"labels": st.just({"release": "prom"})}),
    "network": st.fixed_dictionaries(
        {},
        optional={key: st.lists(LABELS, max_size=2) for key in ("monitoringNamespaces", "ingressNamespaces")},
    ),
    "pods": st.fixed_dictionaries({}, optional=PODS),
    "cloudRole": st.fixed_dictionaries(
        {},
        optional={
            "annotations": st.just({"acme.dev/role": "arn:{namespace}/{app}"}),
            "podLabels": st.just({"acme.dev/identity": "true"}),
        },
    ),
    "secretStore": SECRET_STORES,
    "reloader": st.booleans(),
    "profiles": st.dictionaries(
        st.sampled_from(["dev", "prod", "qa"]), st.fixed_dictionaries({}, optional=PROFILE), max_size=2
    ),
    "labels": st.dictionaries(st.sampled_from(["acme.dev/cost", "tier"]), LABELS, max_size=2),
    "allowOlderFunction": st.booleans(),
}


def platforms() -> Drawn:
    """A Platform's spec."""
    return st.fixed_dictionaries({}, optional=PLATFORM)


@st.composite
def backup_platforms(draw: st.DrawFn) -> dict[str, Any]:
    """A Platform's spec that lets every app restore from the backups that `RESTORE` names."""
    platform = draw(platforms())
    database = platform.get("database", {}) | {"objectStore": draw(STORES)}
    database["restoreFrom"] = [draw(RESTORE["namespace"]), *database.get("restoreFrom", [])]
    if draw(st.booleans()):
        database |= {"era": draw(st.integers(2, 3)), "recover": draw(st.booleans())}
    return platform | {"database": database}


def accepted_specs() -> st.SearchStrategy[tuple[dict[str, Any], dict[str, Any] | None]]:
    """A NodeApp's spec and the spec of a Platform that accepts it; None: there is no Platform."""
    ordinary = st.tuples(specs(), st.none() | platforms())
    allowing = platforms().map(
        lambda platform: (
            platform
            | {
                "overrides": ["*"],
                "ingress": platform.get("ingress", {}) | {"allowedAnnotations": ALLOWED_ANNOTATIONS},
            }
        )
    )
    return st.one_of(
        ordinary,
        st.tuples(restoring_specs(), backup_platforms()),
        st.tuples(allowed_specs(), allowing),
    )
