"""The function reads right what CloudNativePG's operator wrote, as recorded."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from function.components.database.health import cluster_problem
from function.components.database.pooler import pooler_problem
from function.database_facts import RecoverySource
from function.read import at
from function.report import Problem
from tests.recorded_operator import Step, load, names
from tests.simulated.cnpg_phases import HIBERNATION, UPGRADING
from tests.simulator import APP, World


def told_of(step: Step, source: RecoverySource | None = None) -> Iterator[str | Problem | None]:
    """Of each status in a step, what the function has to say against it, once there is a phase."""
    for status in step.statuses:
        cluster = {
            "metadata": {"name": "db", "annotations": step.annotations},
            "spec": step.spec,
            "status": status,
        }
        hibernate = step.annotations.get(HIBERNATION) == "on"
        if "phase" in status:
            size = step.spec["storage"]["size"]
            yield cluster_problem(source, size, size, "", cluster, hibernate=hibernate)


@pytest.mark.parametrize("name", names())
def test_a_cluster_is_fine_only_once_the_operator_is_done(name: str) -> None:
    """From the moment when the operator acts on an edit until it is done, DatabaseReady is False."""
    for step in load(name).steps:
        told = list(map(bool, told_of(step)))
        acts = told.index(True) if True in told else len(told)
        done = acts + told[acts:].index(False) if False in told[acts:] else len(told)
        assert not any(told[done:]), f"{step.edit}: fine too early"
        if step.rest.get("phase") == UPGRADING:
            assert told[-1], f"{step.edit}: fine though it failed"
        else:
            assert not any(told[-1:]), f"{step.edit}: never fine"


def test_a_recovery_is_named_until_it_is_done() -> None:
    """DatabaseReady says from where a database is recovered until its first instance has started."""
    [restore, *_] = load("restored").steps
    named = [
        "recovered from there-1-1-pg17" in str(problem)
        for problem in told_of(restore, RecoverySource("there-1-1-pg17", "there"))
    ]
    statuses = [status for status in restore.statuses if "phase" in status]
    started = [bool(each.get("currentPrimary") or each.get("readyInstances")) for each in statuses]
    assert named.index(False) > 1
    assert named == [not each for each in started]


@pytest.mark.parametrize("name", names())
def test_a_pooler_is_fine_once_its_pods_are_there(name: str) -> None:
    """A Pooler has as many instances in its status as its Deployment has replicas, and then is fine."""
    for step in load(name).steps:
        if step.poolers:
            [deployment] = step.made["Deployment"].values()
            pooler = {"spec": {"instances": deployment["replicas"]}, "status": step.poolers[-1]}
            assert pooler_problem(pooler) == "", step.edit
            assert at(pooler, "status", "instances") or deployment["replicas"] == 0


def test_what_pods_are_given_is_what_the_operator_makes() -> None:
    """The Secrets and Services that the backend's pods name exist, with these keys."""
    made = load("pooler").steps[-1].made
    database = {"version": 17, "pooler": {}, "backup": {"enabled": False}}
    world = World(APP | {"database": database}, {}, name="shop").settle()
    [pod] = [world.object("backend-deployment")["spec"]["template"]["spec"]]
    text = json.dumps(pod)
    keys = {(r["name"], r["key"]) for r in references(pod, "secretKeyRef")}
    keys |= {
        (secret["secretName"], item["key"])
        for secret in references(pod, "secret")
        for item in secret.get("items", [])
    }
    assert keys
    for secret, key in keys:
        assert key in made["Secret"][secret]["keys"]
    services = {name for name in ("shop-db-rw", "shop-db-pooler") if name in text}
    assert services <= set(made["Service"])


def references(value: Any, name: str) -> Iterator[Any]:
    """All fields of a name, wherever they are."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == name:
                yield item
            yield from references(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from references(item, name)
