"""Overrides: merge patches of composed objects, and what they do to an app that runs."""

from function.patch import merge
from tests.overriding import ALL, IN_POD, POD, overriding
from tests.refusals import ASK, STAYS
from tests.simulator import APP, StatusCondition, World


def test_an_override_is_applied_last() -> None:
    """A patch sets and removes what no field is for, in the object that it names and in no other."""
    plain, world = World(APP, ALL).settle(), World(overriding(backend_deployment=POD), ALL).settle()
    assert world.ready
    old, new = plain.object("backend-deployment"), world.object("backend-deployment")
    assert new["spec"] == merge(old["spec"], POD["spec"])
    assert old["metadata"]["annotations"] != new["metadata"]["annotations"], "the hash tells the two apart"
    others = world.keys - {"backend-deployment"}
    assert {key: world.object(key)["spec"] for key in others if "spec" in world.object(key)} == {
        key: plain.object(key)["spec"] for key in others if "spec" in plain.object(key)
    }
    assert world.status["accepted"] == world.spec, "nulls included"


def test_an_override_that_is_taken_out_leaves_nothing() -> None:
    """Without its override an object is as it was before."""
    world = World(APP, ALL).settle()
    before = world.state
    world.edit(
        overrides={"backend-deployment": POD, "backend-service": {"spec": {"type": "NodePort"}}}
    ).settle()
    assert world.object("backend-service")["spec"]["type"] == "NodePort"
    world.edit(overrides=None).settle()
    assert world.object("backend-service")["spec"] == before["backend-service"]["spec"]
    assert world.object("backend-deployment")["spec"] == before["backend-deployment"]["spec"]


def test_an_object_that_is_still_to_come_is_there() -> None:
    """Neither a part that waits for its image nor a database that is looked up makes an override wrong."""
    asked = APP | {
        "backend": {},
        "overrides": {"backend-deployment": POD, "database-cluster": {}, "ingress": {}},
    }
    world = World(asked, ALL)
    assert world.reconcile().response.conditions[0].reason == "Accepted"
    assert world.settle().condition("Accepted").status == "True"
    assert "backend-deployment" not in world.keys
    world.edit(backend={"image": "ghcr.io/acme/back:1.0.0"}).settle()
    pod = world.object("backend-deployment")["spec"]["template"]["spec"]
    assert pod["hostAliases"] == IN_POD["hostAliases"]


def test_a_database_that_stays_can_be_overridden() -> None:
    """What is kept after its removal from the spec is there."""
    world = World(APP, ALL).settle()
    patch = {"database-cluster": {"spec": {"logLevel": "debug"}}}
    world.edit(database=None, overrides=patch).settle()
    assert world.condition("Accepted").status == "True"
    assert world.object("database-cluster")["spec"]["logLevel"] == "debug"


def test_an_override_that_is_allowed_no_more_stays_and_is_told() -> None:
    """A Platform that allows less changes nothing that runs. The next edit must do without the override."""
    world = World(overriding(backend_deployment=POD), ALL).settle()
    before = world.state
    world.govern({"overrides": []}).settle()
    assert world.state == before
    assert world.ready
    says = f"spec.overrides.backend-deployment: isn't among the Platform's overrides, which allow none{ASK}"
    told = StatusCondition("False", "Breach", f"would be refused today: {says}")
    assert world.condition("PolicyCompliant") == told
    world.edit(team="other").settle()
    assert world.condition("Accepted").message == f"{says}{STAYS}"
    assert world.edit(overrides=None).settle().ready


def test_an_accepted_override_is_judged_again() -> None:
    """Who may write a status can't get an override accepted that is never allowed."""
    world = World(APP, ALL).settle()
    before = world.state
    patch = {"database-cluster": {"spec": {"storage": {"size": "1Gi"}}, "metadata": {"labels": {"a": "b"}}}}
    bad = APP | {"overrides": patch}
    for ref in (world.bind(), world.ref):
        world.server.update(ref, "kubectl", lambda old: merge(old, {"status": {"accepted": bad}}), "status")
    world.ask(bad).settle()
    assert world.condition("Accepted").status == "True"
    assert world.condition("PolicyCompliant").reason == "Breach"
    assert world.state == before
