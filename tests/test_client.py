"""Who connects to the database is let in, whatever component it belongs to. Nobody else is."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from function.api.names import CONNECTS_TO
from tests import golden
from tests.platform_strategies import accepted_specs, platforms
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import APP, World
from tests.spec_strategies import databases, specs

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
    """Key and pod template of every object that has one. CloudNativePG's own pods are not the app's."""
    for key, manifest in objects.items():
        if not manifest["apiVersion"].startswith("postgresql.cnpg.io/"):
            yield from ((key, template) for template in nested_templates(manifest))


def nested_templates(value: Any) -> Iterator[Any]:
    """The pod templates in a manifest, wherever its kind has them."""
    if isinstance(value, Mapping):
        if isinstance(value.get("spec"), Mapping) and "containers" in value["spec"]:
            yield value
        for item in value.values():
            yield from nested_templates(item)


def connects(template: Mapping[str, Any]) -> bool:
    """Whether a pod is given the way to the database."""
    spec = template["spec"]
    containers = [*spec["containers"], *spec.get("initContainers", ())]
    return "DATABASE_URL" in [variable["name"] for c in containers for variable in c.get("env", ())]


def check_admission(objects: Mapping[str, Any]) -> None:
    """Check of all pods that those with the way to the database are let in, and no others."""
    policy = objects.get("database-networkpolicy")
    for key, template in templates(objects):
        labels = template["metadata"]["labels"]
        # Without a policy everybody is let in, and a label may stay where the database went.
        fits = (
            connects(template) <= (CONNECTS_TO in labels)
            if policy is None
            else connects(template) == admits(policy, labels, POSTGRES)
        )
        assert fits, (
            f"{key}: take everything that database.client returns into its PodTemplate, as "
            f"function/components/backend.py does: env, mounts, volumes, labels, annotations, record"
        )


def desired(spec: Any, platform: Any) -> dict[str, Any]:
    """The objects of an app's first complete response."""
    response = World(spec, platform).reconcile().response
    return {key: decoded(r.resource) for key, r in response.desired.resources.items()}


@pytest.mark.parametrize("name", GOLDENS)
def test_pods_that_connect_are_let_in(name: str) -> None:
    """A pod has the way to the database if and only if the database's policy lets it in."""
    check_admission(golden.played(GOLDENS[name])["objects"])


@given(accepted_specs())
def test_pods_of_any_app_that_connect_are_let_in(accepted: tuple[Any, Any]) -> None:
    """The same holds for whatever is asked, under whatever Platform."""
    check_admission(desired(*accepted))


ASLEEP = databases().map(lambda database: database | {"hibernate": True})


@given(specs(st.sampled_from(["all", "database"]), ASLEEP), platforms())
def test_no_pod_connects_to_a_database_that_hibernates(spec: Any, platform: Any) -> None:
    """While the database hibernates, no pod that connects to it runs."""
    objects = desired(spec, platform)
    assert objects["database-cluster"]["metadata"]["annotations"]["cnpg.io/hibernation"] == "on"
    for key, template in templates(objects):
        if connects(template):
            spec_ = objects[key]["spec"]
            assert spec_.get("replicas") == 0 or spec_.get("suspend") is True, (
                f"{key}: give it no pods while the database hibernates, by `asleep` of workload.build, as "
                f"function/components/backend.py does"
            )


def test_node_and_libpq_verify_the_database() -> None:
    """node-postgres takes the CA from Node, and psql or pg_dump from libpq's own variable."""
    pod = World().settle().object("backend-deployment")["spec"]["template"]["spec"]
    [container] = pod["containers"]
    env = {each["name"]: each.get("value") for each in container["env"]}
    [folder] = [each["mountPath"] for each in container["volumeMounts"] if each["name"] == "db-ca"]
    assert env["PGSSLMODE"] == "verify-full"
    assert env["PGSSLROOTCERT"] == env["NODE_EXTRA_CA_CERTS"] == f"{folder}/ca.crt"


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
