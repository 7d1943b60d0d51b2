"""What people are told is true, and they can act on it."""

from typing import Any

import pytest

from tests.simulated.api_server import Ref
from tests.simulated.operators import rolling_out
from tests.simulated.server_side_apply import Manifest
from tests.simulator import BACKED_UP, STORED, StatusCondition, World

BACKEND = BACKED_UP["backend"]
DATABASE = BACKED_UP["database"]
CLUSTER = Ref("Cluster", "shop", "dash-db")


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(BACKED_UP, STORED).settle()


def test_https_without_an_issuer_names_the_secret_that_it_needs() -> None:
    """Nobody issues a certificate then. The function reads no Secret, so it says where one must be."""
    world = World(BACKED_UP | {"ingress": {"host": "a.b", "tls": True}}, STORED).settle()
    status, reason, message = world.condition("RouteReady")
    assert (status, reason) == ("True", "OwnCertificate")
    assert message.startswith("HTTPS needs a certificate in Secret dash-tls of namespace shop: the Platform ")
    assert world.status["url"] == "https://a.b"
    assert world.ready


@pytest.mark.parametrize("tls", [True, None])
def test_https_with_an_issuer_needs_no_word(tls: bool | None) -> None:  # noqa: FBT001  # As it is written.
    """The issuer makes the Secret."""
    ingress = {"host": "a.b"} | ({} if tls is None else {"tls": tls})
    world = World(BACKED_UP | {"ingress": ingress}, STORED | {"ingress": {"clusterIssuer": "le"}}).settle()
    assert world.condition("RouteReady") == StatusCondition("True", "Available", "")


def test_paused_deployment_says_so(world: World) -> None:
    """The older pods serve on, and what holds the newer ones back is a person."""
    world.hand_edit("backend-deployment", {"spec": {"paused": True}})
    world.play("backend-deployment", rolling_out(0)).edit(backend=BACKEND | {"env": {"A": "b"}}).settle()
    assert world.message == (
        "backend: paused by hand: 0 of 2 replicas run the newest version; "
        "run kubectl rollout resume deployment/dash-backend -n shop"
    )


def test_deployment_paused_at_rest_is_ready(world: World) -> None:
    """Nothing waits: all pods run what is asked for."""
    world.hand_edit("backend-deployment", {"spec": {"paused": True}}).settle()
    assert world.ready


def added(world: World, **lists: Any) -> World:
    """Somebody adds items to lists of the backend's container."""
    pod = world.object("backend-deployment")["spec"]["template"]["spec"]
    [container] = pod["containers"]
    containers = [container | {key: [*container.get(key, []), *more] for key, more in lists.items()}]
    patch = {"spec": {"template": {"spec": {"containers": containers}}}}
    return world.hand_edit("backend-deployment", patch).settle()


def test_variable_set_by_hand_is_said(world: World) -> None:
    """`kubectl set env` stays in the pods, since an apply owns only its own variables."""
    added(world, env=[{"name": "DEBUG", "value": "1"}])
    assert world.condition("BackendReady") == StatusCondition(
        "True",
        "EditedByHand",
        "added by hand, and in no commit: variable DEBUG of container backend; "
        "kubectl edit deployment/dash-backend -n shop removes it",
    )
    assert world.ready
    assert world.message == ""


def test_many_additions_fit_a_line(world: World) -> None:
    """Three are named."""
    added(world, env=[{"name": f"DEBUG_{letter}", "value": "1"} for letter in "ABCDE"])
    assert (
        "variable DEBUG_C of container backend and 2 more; kubectl" in world.condition("BackendReady").message
    )


def test_every_named_list_of_a_pod_is_compared(world: World) -> None:
    """A sidecar, a volume and a mount are seen like a variable."""
    pod: Manifest = world.object("backend-deployment")["spec"]["template"]["spec"]
    [container] = pod["containers"]
    mounts = [*container["volumeMounts"], {"name": "more", "mountPath": "/more"}]
    more = {
        "volumes": [*pod["volumes"], {"name": "more", "emptyDir": {}}],
        "containers": [container | {"volumeMounts": mounts}, {"name": "proxy", "image": "proxy:1"}],
    }
    world.hand_edit("backend-deployment", {"spec": {"template": {"spec": more}}}).settle()
    message = world.condition("BackendReady").message
    assert "container proxy, mount /more of container backend, volume more; kubectl" in message


def test_archive_of_a_former_database_leads_to_its_backups_first() -> None:
    """After a total loss Git makes an empty database. Another era alone would leave the data behind."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.rebuild().settle()
    remedy = "version: 17, era: 2 and restore: {}"
    message = world.condition("BackedUp").message
    assert world.condition("BackedUp").reason == "StaleArchive"
    assert f"then add it again with {remedy}; to leave them behind, raise database.era" in message
    world.edit(database=DATABASE | {"deletionPolicy": "Delete"}).settle().edit(database=None).settle()
    world.edit(database=DATABASE | {"era": 2, "restore": {}}).settle()
    assert len(world.cnpg.rows(CLUSTER)) > held
    assert world.condition("BackedUp").status == "True"


def test_archive_that_worked_gives_no_advice_about_eras(world: World) -> None:
    """It fails for another reason, and an era would lead away from its backups."""
    failing = {"type": "ContinuousArchiving", "status": "False", "reason": "E", "message": "403 Forbidden"}

    def play(cluster: Manifest) -> Manifest:
        others = [c for c in cluster["status"]["conditions"] if c["type"] != "ContinuousArchiving"]
        return cluster | {"status": cluster["status"] | {"conditions": [*others, failing]}}

    world.play("database-cluster", play).settle()
    condition = world.condition("BackedUp")
    assert condition == StatusCondition(
        "False", "ArchivingFailing", "database.backup: WAL isn't archived: 403 Forbidden"
    )
