"""nodeapp why of an app that was deleted, and is there still."""

from typing import Any

from function.cli.why.judge import judge
from function.cli.why.seen import Cause, Seen, Unseen
from tests.plane.kubectl import Json

DELETED = {"deletionTimestamp": "2026-01-31T07:30:00Z"}
APP: Json = {"kind": "NodeApp", "metadata": {"name": "shop", "namespace": "a", **DELETED}}


def object_(kind: str, **metadata: Any) -> Json:
    """An object of the app."""
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "shop-backend", **metadata}}


def first(*remaining: Json) -> Cause:
    """The first cause that is told."""
    return judge(Seen(APP, None, remaining=remaining)).causes[0]


def test_who_has_to_end_it_is_named() -> None:
    """An object that waits for somebody comes before those that are going by themselves."""
    kept = object_("ExternalSecret", **DELETED, finalizers=["externalsecrets.external-secrets.io/clean"])
    cause = first(object_("Deployment", **DELETED, finalizers=["foregroundDeletion"]), kept)
    assert cause.message == (
        "the NodeApp was deleted at 2026-01-31T07:30:00Z, and External Secrets Operator has to take the "
        "finalizer externalsecrets.external-secrets.io/clean off ExternalSecret shop-backend; "
        "see whether it runs"
    )
    assert cause.command == "kubectl describe ExternalSecret.v1.apps/shop-backend -n a"


def test_a_finalizer_of_somebody_else_has_a_controller() -> None:
    """Nobody here knows its name."""
    cause = first(object_("Service", **DELETED, finalizers=["acme.dev/audit"]))
    assert "its controller has to take the finalizer acme.dev/audit off Service shop-backend" in cause.message


def test_what_goes_by_itself_is_listed() -> None:
    """Pods may take minutes to stop."""
    cause = first(object_("Deployment", **DELETED, finalizers=["foregroundDeletion"]))
    assert cause.message.endswith("; still being deleted: Deployment shop-backend")
    assert cause.command == "kubectl get pods -n a -l app.kubernetes.io/part-of=shop"


def test_crossplane_has_to_begin_and_to_end() -> None:
    """Nothing is being deleted yet, or nothing is there any more: a finalizer of Crossplane is left."""
    for cause in (first(object_("Deployment", finalizers=["acme.dev/audit"])), first()):
        assert cause.message.endswith("and Crossplane has to end that; see whether it runs")
        assert cause.command == "kubectl get pods -n crossplane-system"


def test_nothing_is_concluded_from_what_may_not_be_seen() -> None:
    """Somebody who may see the NodeApp alone isn't told that Crossplane is at fault."""
    unseen = [Unseen("XNodeApp shop-x", "forbidden", "kubectl describe xnodeapps shop-x")]
    message = judge(Seen(APP, None, unseen=unseen)).causes[0].message
    assert message.endswith("what it waits for is told to those who may see its XR and its objects")


def test_an_app_that_nobody_deleted() -> None:
    """It says nothing of a deletion."""
    app = APP | {"metadata": {"name": "shop", "namespace": "a"}}
    assert [each for each in judge(Seen(app, None)).causes if each.part == "deletion"] == []
