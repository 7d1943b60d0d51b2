"""Who reaches whose pods, by the policies of two apps: every pod is tried against every other one."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from tests.simulator import World

TEAM = "platform-team"
BACKEND = {"image": "ghcr.io/acme/api:1.0.0"}
CRM = {"team": TEAM, "frontend": {"image": "ghcr.io/acme/web:1.0.0"}, "backend": BACKEND, "database": {}}
PLATFORM = {
    "domain": "acme.dev",
    "prometheus": {},
    "network": {"ingressNamespaces": ["gateway"], "monitoringNamespaces": ["monitoring"]},
}


class Pod(NamedTuple):
    """A pod that connects."""

    namespace: str
    labels: Mapping[str, str]


STRANGERS = {
    "gateway": Pod("gateway", {"app": "envoy"}),
    "prometheus": Pod("monitoring", {"app": "prometheus"}),
    "operator": Pod("cnpg-system", {"app.kubernetes.io/name": "cloudnative-pg"}),
    "job of crm": Pod("crm", {"job": "report"}),
    "job of shop": Pod("shop", {"job": "report"}),
    "nobody": Pod("default", {}),
}


def pods(world: World, name: str) -> Iterator[tuple[str, Pod]]:
    """The pods of an app, by app and part."""
    for part in ("frontend", "backend"):
        template = world.object(f"{part}-deployment")["spec"]["template"]
        yield f"{name} {part}", Pod(name, template["metadata"]["labels"])
    cluster = world.object("database-cluster")
    inherited = cluster["spec"]["inheritedMetadata"]["labels"]
    yield f"{name} database", Pod(name, inherited | {"cnpg.io/cluster": cluster["metadata"]["name"]})


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector selects something with these labels."""
    wanted = selector.get("matchLabels", {})
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        {
            "In": labels.get(each["key"]) in each.get("values", ()),
            "DoesNotExist": each["key"] not in labels,
        }[each["operator"]]
        for each in selector.get("matchExpressions", ())
    )


def lets_in(peer: Mapping[str, Any], pod: Pod, namespace: str) -> bool:
    """Whether a peer of a policy in a namespace means a pod."""
    spaces, wanted = peer.get("namespaceSelector"), peer.get("podSelector", {})
    near = pod.namespace == namespace
    there = near if spaces is None else selects(spaces, {"kubernetes.io/metadata.name": pod.namespace})
    return there and selects(wanted, pod.labels)


def open_ports(world: World, key: str, pod: Pod) -> set[str | int]:
    """The ports that a policy opens to a pod."""
    policy = world.object(key)
    namespace = policy["metadata"]["namespace"]
    return {
        port["port"]
        for rule in policy["spec"]["ingress"]
        if "from" not in rule or any(lets_in(peer, pod, namespace) for peer in rule["from"])
        for port in rule["ports"]
    }


def reached(world: World, other: World, key: str) -> dict[str, set[str | int]]:
    """Who reaches a part of the app crm, and which ports."""
    everybody = {**STRANGERS, **dict(pods(world, "crm")), **dict(pods(other, "shop"))}
    ports = {name: open_ports(world, key, pod) for name, pod in everybody.items()}
    return {name: each for name, each in ports.items() if each}


@pytest.fixture
def shop() -> World:
    """Another app."""
    return World(CRM, PLATFORM, name="shop", namespace="shop").settle()


def crm(**changes: Any) -> World:
    """The app that is connected to."""
    return World(CRM | changes, PLATFORM, name="crm", namespace="crm").settle()


def test_a_platform_that_limits_nothing_lets_everybody_reach_the_ports(shop: World) -> None:
    """Else a policy would break apps of a cluster whose controllers nobody named."""
    world = World(CRM, name="crm", namespace="crm").settle()
    for part in ("frontend", "backend"):
        ports = reached(world, shop, f"{part}-networkpolicy")
        assert set(ports) == {*STRANGERS, *dict(pods(world, "crm")), *dict(pods(shop, "shop"))}
        assert {port for each in ports.values() for port in each} == {"http"}


OWN = {"crm frontend": {"http"}, "crm backend": {"http"}, "crm database": {"http"}}
"""The app itself, by its label. Its database has it too, and calls nobody."""


def test_a_frontend_is_reached_by_its_app_and_from_outside(shop: World) -> None:
    """By whatever routes traffic, and by a backend that has pages rendered."""
    assert reached(crm(), shop, "frontend-networkpolicy") == {"gateway": {"http"}} | OWN


def test_a_backend_is_reached_by_its_app_and_from_outside(shop: World) -> None:
    """And by Prometheus, which can't be told apart where the metrics are on the same port."""
    open_to = {"gateway": {"http"}, "prometheus": {"http"}} | OWN
    assert reached(crm(), shop, "backend-networkpolicy") == open_to


def test_metrics_on_a_port_of_their_own_are_for_prometheus_only(shop: World) -> None:
    """It reaches nothing else."""
    world = crm(backend=BACKEND | {"metricsPort": 9464})
    open_to = {"gateway": {"http"}, "prometheus": {"metrics"}} | OWN
    assert reached(world, shop, "backend-networkpolicy") == open_to


def test_a_backend_that_is_not_exposed_is_not_reached_from_outside() -> None:
    """Without a frontend, and without anybody who is allowed, nobody but the app itself reaches it."""
    spec = {key: value for key, value in CRM.items() if key != "frontend"}
    world = World(spec | {"monitoring": False}, PLATFORM, name="crm", namespace="crm").settle()
    for name, pod in STRANGERS.items():
        assert not open_ports(world, "backend-networkpolicy", pod), name


@pytest.mark.parametrize(
    ("caller", "name"),
    [({"namespace": "shop", "app": "shop"}, "shop backend"), ({"namespace": "default"}, "nobody")],
)
def test_who_is_allowed_reaches_the_backend(shop: World, caller: dict[str, str], name: str) -> None:
    """An app of another namespace, or all of a namespace."""
    before, after = crm(), crm(backend=BACKEND | {"allowFrom": [caller]})
    was, now = (reached(world, shop, "backend-networkpolicy") for world in (before, after))
    assert name not in was
    assert now[name] == {"http"}


def test_who_is_allowed_reaches_the_database(shop: World) -> None:
    """PostgreSQL's port only. Without a word it is the app's own backend."""
    own = {"crm backend": {5432}, "crm database": {5432, 8000}, "operator": {5432, 8000}}
    own |= {"prometheus": {9187, 9127}}
    assert reached(crm(), shop, "database-networkpolicy") == own

    allowed = crm(database={"allowFrom": [{"namespace": "shop", "app": "shop"}]})

    shops = {name: {5432} for name in dict(pods(shop, "shop"))}
    assert reached(allowed, shop, "database-networkpolicy") == own | shops


@pytest.mark.parametrize("key", ["worker-mail-deployment", "job-report"])
def test_an_app_reaches_itself(key: str) -> None:
    """Its workers and jobs call its API, and do so at the address that a frontend is given."""
    work: dict[str, Any] = {"workers": {"mail": {"command": ["node"]}}}
    work |= {"jobs": {"report": {"command": ["node"], "schedule": "0 1 * * *"}}}
    world = crm(**work)
    spec = world.object(key)["spec"]
    template = spec.get("jobTemplate", {}).get("spec", spec)["template"]
    pod = Pod("crm", template["metadata"]["labels"])
    for part in ("backend", "frontend"):
        assert open_ports(world, f"{part}-networkpolicy", pod) == {"http"}
        assert not open_ports(world, f"{part}-networkpolicy", pod._replace(namespace="shop"))


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("backend", "which always may"),
        ("database", "whose backend, workers and jobs always may, and whose frontend asks the backend"),
    ],
)
def test_nobody_allows_himself(part: str, why: str) -> None:
    """An app reaches its own parts without it, so such an entry is a mistake for another one."""
    world = World(CRM, PLATFORM, name="crm", namespace="crm").settle()
    world.edit(**{part: world.spec[part] | {"allowFrom": [{"namespace": "crm", "app": "crm"}]}}).settle()
    refusal = world.condition("Accepted")
    assert (refusal.status, refusal.reason) == ("False", "Refused")
    says = f"spec.{part}.allowFrom: crm/crm is this app itself, {why}; name other apps only"
    assert refusal.message.startswith(says)
