"""No pod gets into another app's database, whatever its app, team or namespace is called."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.simulator import APP, World
from tests.test_client import OPERATOR, selects

DATABASE, STATUS = 5432, 8000
NAMES = (
    "cloudnative-pg",
    "dash-db",
    "db",
    "prometheus",
    "cnpg-operator",
    "pgbouncer",
    "kube-system",
    "instance",
)
"""Names that look like those of the operator, of a database, or of what may reach one."""
TEAMS = ("cloudnative-pg", "cnpg-system", "dash-db", "operator")


class Pod:
    """A pod, as a NetworkPolicy sees it."""

    def __init__(self, namespace: str, labels: Mapping[str, str]) -> None:
        """Take its namespace and its labels."""
        self.namespace, self.labels = namespace, labels


def pods(world: World) -> Iterator[Pod]:
    """The pods of an app: of its Deployments, of its Cluster, and of its Pooler."""
    namespace = world.ref.namespace
    for key in ("frontend-deployment", "backend-deployment"):
        yield Pod(namespace, world.object(key)["spec"]["template"]["metadata"]["labels"])
    cluster = world.object("database-cluster")
    inherited = cluster["spec"]["inheritedMetadata"]["labels"]
    for more in ({"cnpg.io/podRole": "instance"}, {"cnpg.io/poolerName": "x"}):
        yield Pod(namespace, {**inherited, "cnpg.io/cluster": cluster["metadata"]["name"], **more})


def admits(policy: Mapping[str, Any], pod: Pod, port: int) -> bool:
    """Whether a NetworkPolicy lets a pod reach a port, by the rules of Kubernetes."""
    own = policy["metadata"]["namespace"]
    return any(
        peer_admits(peer, pod, own)
        for rule in policy["spec"]["ingress"]
        if port in [each["port"] for each in rule["ports"]]
        for peer in rule["from"]
    )


def peer_admits(peer: Mapping[str, Any], pod: Pod, own: str) -> bool:
    """Whether a peer of a policy means a pod. Without a namespaceSelector it means those of its namespace."""
    if "namespaceSelector" in peer:
        there = selects(peer["namespaceSelector"], {"kubernetes.io/metadata.name": pod.namespace})
    else:
        there = pod.namespace == own
    return there and selects(peer.get("podSelector", {}), pod.labels)


def hostile_apps() -> Iterator[World]:
    """Apps with hostile names and teams, beside the victim and in a namespace of their own."""
    for name in NAMES:
        for namespace in ("shop", "cnpg-system"):
            database = {"name": "shop", "pooler": {}}
            spec = APP | {"team": TEAMS[len(name) % len(TEAMS)], "database": database}
            yield World(spec, name=name, namespace=namespace).settle()


def test_no_pod_of_another_app_gets_into_a_database() -> None:
    """Of the pods of many apps none reaches PostgreSQL or the instances' status of another app's database."""
    victim = World(APP | {"database": {"pooler": {}}}).settle()
    policy = victim.object("database-networkpolicy")
    strangers = [pod for world in hostile_apps() for pod in pods(world)]
    assert len(strangers) == 4 * 2 * len(NAMES)
    for pod in strangers:
        assert not admits(policy, pod, DATABASE), (pod.namespace, pod.labels)
        assert not admits(policy, pod, STATUS), (pod.namespace, pod.labels)


def test_those_who_need_it_get_in() -> None:
    """The app's backend, its poolers, its instances and the operator reach it; its frontend doesn't."""
    victim = World(APP | {"database": {"pooler": {}}}).settle()
    policy = victim.object("database-networkpolicy")
    frontend, backend, instance, pooler = pods(victim)
    assert [admits(policy, pod, DATABASE) for pod in (frontend, backend, instance, pooler)] == [
        *(False, True, True, True)
    ]
    for namespace in ("cnpg-system", "operators"):
        assert admits(policy, Pod(namespace, OPERATOR), STATUS)


@pytest.mark.parametrize("team", ["", "Cloud Native", None])
def test_every_pod_of_an_app_carries_a_team(team: Any) -> None:
    """An app without a team's label could pass for the operator: a team can't be left empty."""
    world = World({key: value for key, value in (APP | {"team": team}).items() if value is not None}).settle()
    assert world.condition("Accepted").status == "False"
    assert world.keys == set()
