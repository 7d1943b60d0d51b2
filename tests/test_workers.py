"""Workers: with all that the backend has, and nobody connects to them."""

from typing import Any

import pytest

from function.api.names import CONNECTS_TO
from tests.simulator import World
from tests.worker_apps import BACKEND, MAIL, WORKERS, app, pod


@pytest.fixture
def world() -> World:
    """It runs."""
    return World(app()).settle()


def env(container: Any) -> dict[str, Any]:
    """The variables of a container."""
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in container["env"]}


def test_a_worker_has_all_that_the_backend_has(world: World) -> None:
    """Its environment, secrets, files, folders and database. PORT is the backend's, as others refer to it."""
    [backend] = world.object("backend-deployment")["spec"]["template"]["spec"]["containers"]
    [worker] = pod(world)["containers"]
    assert env(worker) == env(backend)
    for key in ("image", "envFrom", "volumeMounts", "securityContext", "resources"):
        assert worker[key] == backend[key]
    assert worker["command"] == ["node", "mail.js"]
    assert pod(world)["serviceAccountName"] == "dash-backend"
    assert world.object("worker-mail-deployment")["metadata"]["name"] == "dash-work--mail"


def test_a_worker_has_no_port_probe_or_service(world: World) -> None:
    """Nobody connects to it: its NetworkPolicy lets nobody in."""
    [worker] = pod(world)["containers"]
    assert not {"ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"} & worker.keys()
    assert "worker-mail-service" not in world.keys
    policy = world.object("worker-mail-networkpolicy")["spec"]
    assert (policy["policyTypes"], policy.get("ingress")) == (["Ingress"], None)
    labels = world.object("worker-mail-deployment")["spec"]["template"]["metadata"]["labels"]
    assert policy["podSelector"]["matchLabels"].items() <= labels.items()
    assert labels[CONNECTS_TO] == "dash-db"


def test_a_workers_own_variables_win() -> None:
    """Over the backend's of the same name, wherever that one's value comes from. Others stay."""
    own = MAIL | {"env": {"LOG_LEVEL": "debug", "API_KEY": "none"}, "secretEnv": {"TOKEN": "own/token"}}
    [worker] = pod(World(app(workers={"mail": own})).settle())["containers"]
    seen = env(worker)
    assert (seen["LOG_LEVEL"], seen["API_KEY"], seen["QUEUE"]) == ("debug", "none", "redis://redis")
    assert seen["TOKEN"] == {"secretKeyRef": {"name": "own", "key": "token"}}
    assert len(worker["env"]) == len(seen)


def test_a_worker_migrates_first(world: World) -> None:
    """As each pod of the backend does: so it runs no version whose migration failed, whatever its image."""
    [migrate] = world.object("backend-deployment")["spec"]["template"]["spec"]["initContainers"]
    for name in WORKERS:
        assert pod(world, name)["initContainers"] == [migrate]
        volumes = {volume["name"] for volume in pod(world, name)["volumes"]}
        assert {mount["name"] for mount in migrate["volumeMounts"]} <= volumes


def test_folders_of_a_worker_come_on_top() -> None:
    """The backend's are there too, as the same program writes to them."""
    world = World(app(workers={"mail": MAIL | {"writable": ["/work", "/app/.cache"]}})).settle()
    paths = [mount["mountPath"] for mount in pod(world)["containers"][0]["volumeMounts"]]
    assert {"/tmp", "/app/.cache", "/work", "/app/config.yaml"} <= set(paths)  # noqa: S108  # The pod's own.
    assert len(paths) == len(set(paths))


def test_a_worker_follows_the_backends_image(world: World) -> None:
    """One with an image of its own doesn't."""
    newer = "ghcr.io/acme/back:2.0.0"
    world.edit(backend=BACKEND | {"image": newer}).settle()
    assert pod(world)["containers"][0]["image"] == newer
    assert pod(world, "search")["containers"][0]["image"] == "ghcr.io/acme/search:3.0.0"
    assert world.status["workers"]["mail"] == {"image": newer, "replicas": 2, "available": 2}


def test_an_image_that_is_removed_is_kept_for_workers_too(world: World) -> None:
    """They run what the backend runs."""
    world.edit(backend={key: value for key, value in BACKEND.items() if key != "image"}).settle()
    assert pod(world)["containers"][0]["image"] == BACKEND["image"]
    assert world.ready


def test_workers_are_scaled_and_limited_like_any_part(world: World) -> None:
    """Autoscaler, disruption budget and spread are theirs too, and a number that an autoscaler set stays."""
    assert "worker-mail-pdb" in world.keys
    assert pod(world)["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"] == {
        "app.kubernetes.io/instance": "dash-work--mail"
    }
    world.edit(workers={"mail": MAIL | {"scaling": {"min": 3, "max": 9}}}).settle()
    scaler = world.object("worker-mail-hpa")["spec"]
    assert scaler["scaleTargetRef"]["name"] == "dash-work--mail"
    assert world.object("worker-mail-deployment")["spec"]["replicas"] == 3
    world.edit(workers={"mail": MAIL | {"replicas": 1}}).settle()
    assert not {"worker-mail-hpa", "worker-mail-pdb"} & world.keys
    assert world.object("worker-mail-deployment")["spec"]["replicas"] == 1


def test_a_foreign_autoscaler_is_named_with_the_field(world: World) -> None:
    """What is held has the path that a developer wrote."""

    def scaled(old: dict[str, Any]) -> dict[str, Any]:
        return old | {"spec": old["spec"] | {"replicas": 6}}

    world.server.update(world.where("worker-mail-deployment"), "kube-controller-manager", scaled, "scale")
    world.edit(workers={"mail": MAIL | {"replicas": 1}}).settle()
    message = world.condition("SpecHonored").message
    assert message.startswith("workers.mail.replicas: kept 6 and not 1")
    assert "kubectl scale deployment dash-work--mail -n shop" in message


def test_what_was_added_by_hand_is_said(world: World) -> None:
    """As of any Deployment, with its name."""
    container = {"name": "worker-mail", "env": [{"name": "DEBUG", "value": "1"}]}
    patch = {"spec": {"template": {"spec": {"containers": [container]}}}}
    world.hand_edit("worker-mail-deployment", patch).settle()
    condition = world.condition("WorkersReady")
    assert condition[:2] == ("True", "EditedByHand")
    assert condition.message.startswith("mail: added by hand, and in no commit: variable DEBUG of container ")
    assert "kubectl edit deployment/dash-work--mail -n shop" in condition.message


def test_a_renewed_ca_replaces_workers_once(world: World) -> None:
    """They read the CA when they start, as the backend does."""
    before = pod(world), world.object("worker-mail-deployment")["spec"]["template"]["metadata"]
    world.renew_ca().settle()
    after = pod(world), world.object("worker-mail-deployment")["spec"]["template"]["metadata"]
    assert before != after
    assert world.settle().ready
    assert after[1] == world.object("worker-mail-deployment")["spec"]["template"]["metadata"]


def test_a_worker_stops_in_its_own_time() -> None:
    """All of it is for the work in hand: nothing is drained."""
    world = World(app(workers={"mail": MAIL | {"shutdownSeconds": 900}, "b": MAIL})).settle()
    assert pod(world)["terminationGracePeriodSeconds"] == 900
    assert pod(world, "b")["terminationGracePeriodSeconds"] == 45


def test_a_removed_worker_goes(world: World) -> None:
    """The condition stays, as it was sent once."""
    world.edit(workers=None).settle()
    assert not [key for key in world.keys if key.startswith("worker-")]
    assert world.condition("WorkersReady").reason == "NotApplicable"
    assert "workers" not in world.status
    assert world.ready


@pytest.mark.parametrize(
    ("worker", "says"),
    [
        (
            MAIL | {"writable": ["/app"]},
            "writable: must not have /app, as /app/config.yaml is one of backend.",
        ),
        (MAIL | {"env": {"A": "$(B)", "B": "$(A)"}}, "env.A: must not refer to itself, as in A → B → A"),
        (MAIL | {"env": {"LOG_LEVEL": "$(LOG_LEVEL)x"}}, ""),
        (MAIL | {"secretEnv": {"A": "other-db-app/uri"}}, "secretEnv.A: other-db-app has the credentials of"),
        (MAIL | {"replicas": 9}, "replicas: must be at most 3, as the Platform's limits.replicas says"),
        (MAIL | {"image": "evil/a:1"}, "image: must be in one of the Platform's registries"),
    ],
)
def test_bad_workers_are_refused(worker: dict[str, Any], says: str) -> None:
    """By what the backend and the Platform say. The sentence has the worker's name."""
    platform = {"limits": {"replicas": 3}, "registries": ["ghcr.io/acme"]}
    world = World(app(), platform).settle()
    world.edit(workers={"mail": worker}).settle()
    accepted = world.condition("Accepted")
    assert accepted.status == ("False" if says else "True")
    assert not says or accepted.message.startswith(f"spec.workers.mail.{says}")
