"""Pods that trust the database's CA are replaced once when CloudNativePG renews it, and never else."""

from typing import Any

import pytest

from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Style
from tests.simulator import APP, World


def template(world: World, key: str = "backend-deployment") -> Any:
    """The pods that a Deployment makes: another template replaces them."""
    return world.object(key)["spec"]["template"]


def without_certificates(cluster: Manifest) -> Manifest:
    """A Cluster whose status says nothing of its certificates any more."""
    status = {key: item for key, item in cluster["status"].items() if key != "certificates"}
    return cluster | {"status": status}


def test_the_first_ca_restarts_nothing() -> None:
    """A new app's pods start with it, though its end is known only later."""
    world = World(APP)
    world.reconcile()
    first = template(world)
    assert template(world.settle()) == first


def test_a_renewal_replaces_the_pods_once() -> None:
    """Node reads the CA when it starts: an older process would lose the database when the old CA ends."""
    world = World(APP).settle()
    before, frontend = template(world), template(world, "frontend-deployment")
    after = template(world.renew_ca().settle())
    assert after != before
    assert world.ready
    assert template(world.settle()) == after
    assert template(world, "frontend-deployment") == frontend


def test_each_renewal_replaces_the_pods() -> None:
    """The third CA is as new to a running pod as the second."""
    world = World(APP).settle().renew_ca().settle()
    second = template(world)
    assert template(world.renew_ca().settle()) != second


def test_a_renewal_replaces_pods_without_a_gap() -> None:
    """It is a rollout as any other: no pod goes before another one is ready."""
    world = World(APP).settle().renew_ca().settle()
    strategy = world.object("backend-deployment")["spec"]["strategy"]
    assert strategy["rollingUpdate"]["maxUnavailable"] == 0


def test_a_status_without_certificates_restarts_nothing() -> None:
    """What was rolled for a renewal stays so while the Cluster doesn't say."""
    world = World(APP).settle().renew_ca().settle()
    renewed = template(world)
    world.server.update(world.where("database-cluster"), "manager", without_certificates, "status")
    world.reconcile()
    assert template(world) == renewed


@pytest.mark.parametrize("release", ["restart", "upgrade"])
def test_a_release_forgets_no_ca(release: str) -> None:
    """The first CA is on record in the cluster, not in the function."""
    world = World(APP).settle()
    before = template(world)
    world.restart() if release == "restart" else world.upgrade({})
    assert template(world.settle()) == before
    assert template(world.renew_ca().settle()) != before


def test_a_backend_that_comes_later_starts_with_the_ca_of_then() -> None:
    """A Deployment that is made after a renewal isn't rolled for it."""
    backend = {key: value for key, value in APP["backend"].items() if key != "image"}
    world = World(APP | {"backend": backend}).settle().renew_ca().settle()
    world.edit(backend=APP["backend"])
    world.reconcile()
    first = template(world)
    assert template(world.settle()) == first
    assert template(world.renew_ca().settle()) != first


def test_another_cluster_has_another_ca() -> None:
    """Where the Cluster is made anew the pods trust a CA that is gone, so they are replaced."""
    world = World(APP | {"database": APP["database"] | {"deletionPolicy": "Delete"}}).settle()
    before = template(world)
    world.lose("database-cluster").settle()
    assert template(world.settle()) != before


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_pods_that_a_former_composite_left_trust_the_new_ca(style: Style) -> None:
    """Pods outlive their composite, and meet a database that was made anew: they are replaced too."""
    database = APP["database"] | {"deletionPolicy": "Delete"}
    world = World(APP | {"database": database}, style=style).settle()
    before = template(world)
    world.lose("database-cluster").remove(orphan=True).ask(world.spec).settle()
    assert template(world) != before
    assert world.ready
    after = template(world)
    assert template(world.settle()) == after
