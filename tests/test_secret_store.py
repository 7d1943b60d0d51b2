"""Secrets from the platform's store: which ExternalSecrets an app has, and what is said of them."""

from typing import Any

import pytest

from function.components.optional import CLOUDNATIVE_PG, EXTERNAL_SECRETS, KUBERNETES
from tests.adopted_clusters import made
from tests.clusters import serve
from tests.simulated.api_server import Ref
from tests.simulated.operators import Synced, asleep
from tests.simulated.struct_codec import struct
from tests.simulator import APP, StatusCondition, World

STORE: dict[str, Any] = {"secretStore": {"name": "vault"}}
BACKEND = APP["backend"] | {"secrets": ["stripe"]}
SPEC = APP | {"backend": BACKEND}
FAILED = "could not get secret data from provider"


def world(spec: dict[str, Any] = SPEC, platform: dict[str, Any] | None = STORE, *apis: str) -> World:
    """An app on a cluster that serves these APIs; by default External Secrets Operator's too."""
    return serve(World(spec, platform), *(apis or (KUBERNETES, CLOUDNATIVE_PG, EXTERNAL_SECRETS)))


def made_by_hand(world: World, name: str, **metadata: Any) -> World:
    """Somebody makes an ExternalSecret, which is synced."""
    manifest = {
        "apiVersion": "external-secrets.io/v1",
        "kind": "ExternalSecret",
        "metadata": {"name": name, "namespace": "shop", **metadata},
        "spec": {"dataFrom": [{"extract": {"key": "by-hand"}}]},
    }
    world.apply(manifest)
    world.server.update(where(name), "external-secrets", Synced(), "status")
    return world


def where(name: str) -> Ref:
    """Where an ExternalSecret is."""
    return Ref("ExternalSecret", "shop", name)


def of_store(world: World) -> set[str]:
    """The keys of the app's ExternalSecrets."""
    return {key for key in world.keys if key.startswith("secret-")}


def paths(world: World) -> set[str]:
    """The paths of the store that the app's ExternalSecrets read."""
    specs = (world.object(key)["spec"] for key in of_store(world))
    return {source["extract"]["key"] for spec in specs for source in spec["dataFrom"]}


def test_each_secret_that_an_app_names_is_the_stores() -> None:
    """Wherever it is named: whole, one key of it, as a file, by a worker or by a job."""
    job = {"schedule": "0 2 * * *", "command": ["a"], "secretEnv": {"A": "of-job/a"}}
    spec = APP | {
        "frontend": APP["frontend"] | {"files": {"/etc/a": {"secret": "of-file", "key": "a"}}},
        "backend": BACKEND | {"secretEnv": {"A": "of-variable/a", "B": "stripe/b"}, "configMaps": ["config"]},
        "workers": {"mail": {"command": ["a"], "secretEnv": {"A": "of-worker/a"}}},
        "jobs": {"clean": job},
    }
    names = {"of-file", "of-variable", "stripe", "of-worker", "of-job"}
    app = world(spec).settle()
    assert of_store(app) == {f"secret-{name}" for name in names}
    assert paths(app) == {f"shop/{name}" for name in names}
    assert app.condition("SecretsReady") == StatusCondition("True", "Synced", "")
    assert app.ready


def test_the_secret_of_the_database_is_not_the_stores() -> None:
    """The database's own Secret is CloudNativePG's."""
    app = world(SPEC | {"backend": BACKEND | {"secretEnv": {"READ": "dash-db-app/uri"}}}).settle()
    assert of_store(app) == {"secret-stripe"}


def test_the_secret_of_an_adopted_database_is_not_the_stores() -> None:
    """Whoever made the Cluster chose its name."""
    app = world(SPEC | {"backend": BACKEND | {"secrets": ["owner", "stripe"]}})
    uid = app.apply(made("credentials of its own"))["metadata"]["uid"]
    app.cnpg.data[uid] = []  # It runs already.
    assert of_store(app.settle()) == {"secret-stripe"}


def test_a_secret_that_the_platform_kept_later_is_no_more_the_stores() -> None:
    """What runs goes on, but a Secret with the platform's credentials isn't written to by an app."""
    app = world().settle()
    app.govern(STORE | {"imagePullSecrets": ["stripe"]}).settle()
    assert of_store(app) == set()
    assert "stripe is the platform's" in app.condition("PolicyCompliant").message


def test_without_a_store_teams_make_their_secrets() -> None:
    """No store, no ExternalSecret, and no word about it. A store that is taken away deletes no Secret."""
    app = world(SPEC, {}).settle()
    assert of_store(app) == set()
    assert "SecretsReady" not in app.types
    app.govern(STORE).settle()
    policy = app.object("secret-stripe")["spec"]["target"]["creationPolicy"]
    assert policy == "Orphan"
    app.govern({}).settle()
    assert of_store(app) == set()
    assert app.condition("SecretsReady").reason == "NotApplicable"
    assert app.ready


def test_a_secret_that_does_not_sync_is_said_in_the_stores_words() -> None:
    """The app isn't Ready, as pods may run with old values or without any. It recovers by itself."""
    app = world().settle().play("secret-stripe", Synced(FAILED)).settle()
    said = f"stripe: SecretSyncedError: {FAILED}; kubectl describe externalsecret stripe -n shop says why"
    assert app.condition("SecretsReady") == StatusCondition("False", "NotReady", said)
    assert app.message == f"secrets: {said}"
    assert not app.ready
    assert app.condition("BackendReady").status == "True"
    app.play("secret-stripe", Synced()).settle()
    assert app.ready


def test_a_secret_that_was_not_synced_yet_is_waited_for() -> None:
    """Also after the path was changed: the operator's last word was of the former one."""
    app = world()
    app.play("secret-stripe", asleep).settle()
    waits = StatusCondition("False", "Progressing", "stripe: waits for External Secrets Operator")
    assert app.condition("SecretsReady") == waits
    app.play("secret-stripe", Synced()).settle()
    assert app.ready
    moved = {"secretStore": {"name": "vault", "path": "new/{namespace}/{secret}"}}
    app.play("secret-stripe", asleep).govern(moved)
    assert app.settle().condition("SecretsReady") == waits
    app.play("secret-stripe", Synced()).settle()
    assert app.ready
    assert paths(app) == {"new/shop/stripe"}


def test_an_external_secret_of_somebody_else_stays_as_it_is() -> None:
    """A team may have its own, and a second app of the namespace shares that of the first."""
    app = made_by_hand(world(), "stripe").settle()
    assert of_store(app) == set()
    assert app.condition("SecretsReady") == StatusCondition("True", "Synced", "")
    assert app.server.objects[where("stripe")]["spec"]["dataFrom"] == [{"extract": {"key": "by-hand"}}]
    app.server.update(where("stripe"), "external-secrets", Synced(FAILED), "status")
    app.settle()
    assert FAILED in app.condition("SecretsReady").message
    app.server.forget(where("stripe"))
    assert of_store(app.settle()) == {"secret-stripe"}


@pytest.mark.parametrize("leaving", [False, True])
def test_an_external_secret_that_a_former_xr_left_is_adopted(leaving: bool) -> None:  # noqa: FBT001  # pytest's.
    """After a restore of the cluster's state it has no owner. One that is being deleted isn't applied to."""
    labels = {"app.kubernetes.io/part-of": "dash"}
    more = {"deletionTimestamp": "2026-01-01T00:00:00Z"} if leaving else {}
    app = made_by_hand(
        world(), "stripe", annotations={"platform.io/desired": "old"}, labels=labels, **more
    ).settle()
    assert of_store(app) == (set() if leaving else {"secret-stripe"})


def test_an_object_of_another_step_is_no_external_secret() -> None:
    """Another function of the pipeline may have a key like ours. Whether the API is there is still asked."""
    app = world(SPEC, STORE, KUBERNETES, CLOUDNATIVE_PG)
    metadata = {"name": "made", "namespace": "shop"}
    app.pipeline.earlier = {
        "secret-made": struct({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata})
    }
    assert app.settle().condition("SecretsReady").reason == "NoExternalSecrets"


def test_a_cluster_without_the_operator_stops_nothing() -> None:
    """Crossplane would stop at the first ExternalSecret. The condition says who can end it."""
    app = world(SPEC, STORE, KUBERNETES, CLOUDNATIVE_PG).settle()
    assert of_store(app) == set()
    message = (
        "the Platform names a secretStore, but the cluster has no ExternalSecrets; the platform team must "
        "install External Secrets Operator, or take secretStore out of the Platform"
    )
    assert app.condition("SecretsReady") == StatusCondition("False", "NoExternalSecrets", message)
    assert app.condition("BackendReady").status == "True"
    assert not app.ready
    serve(app, EXTERNAL_SECRETS).settle()
    assert of_store(app) == {"secret-stripe"}
    assert app.ready
