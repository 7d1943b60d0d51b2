"""The cloud role of an app: the Platform says how its pods get one, and the NodeApp whether."""

from typing import Any

from tests.simulator import APP, World

ROLE = {
    "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/{namespace}-{app}"},
    "podLabels": {"acme.dev/identity": "true"},
}
BACKEND = APP["backend"] | {"cloudRole": True}
JOB = {"schedule": "0 2 * * *", "command": ["a"]}
SPEC = {"team": "web", "backend": BACKEND, "workers": {"mail": {"command": ["a"]}}, "jobs": {"clean": JOB}}


def annotations(world: World, part: str = "backend") -> dict[str, str]:
    """The annotations of a part's ServiceAccount, but for our own."""
    found = world.object(f"{part}-serviceaccount")["metadata"]["annotations"]
    return {
        key: value for key, value in found.items() if "platform.io" not in key and "crossplane" not in key
    }


def labels(world: World, key: str) -> dict[str, str]:
    """The labels of the pods of an object."""
    spec: Any = world.object(key)["spec"]
    found: dict[str, str] = spec.get("jobTemplate", {"spec": spec})["spec"]["template"]["metadata"]["labels"]
    return found


def test_each_app_has_a_role_of_its_own() -> None:
    """Namespace and app are filled in. The pods still have no token for the cluster's own API."""
    world = World(SPEC, {"cloudRole": ROLE}).settle()
    assert annotations(world) == {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/shop-dash"}
    assert world.object("backend-serviceaccount")["automountServiceAccountToken"] is False
    assert world.ready


def test_workers_and_jobs_have_the_backends_role() -> None:
    """They have its ServiceAccount, and the labels that the cloud wants on pods."""
    world = World(SPEC, {"cloudRole": ROLE}).settle()
    for key in ("backend-deployment", "worker-mail-deployment", "job-clean"):
        assert labels(world, key)["acme.dev/identity"] == "true"


def test_who_does_not_ask_has_none() -> None:
    """A role is a right, so it is asked for by name."""
    world = World(APP | {"backend": BACKEND}, {"cloudRole": ROLE}).settle()
    assert annotations(world, "frontend") == {}
    assert "acme.dev/identity" not in labels(world, "frontend-deployment")
    world.edit(backend=APP["backend"]).settle()
    assert annotations(world) == {}
    assert "acme.dev/identity" not in labels(world, "backend-deployment")


def test_no_label_of_the_role_selects() -> None:
    """A slip of the Platform doesn't take the pods away from their Service."""
    role = {"podLabels": {"app.kubernetes.io/instance": "other", "platform.io/connects-to": "other-db"}}
    world = World(APP | {"backend": BACKEND}, {"cloudRole": role}).settle()
    found = labels(world, "backend-deployment")
    assert found["app.kubernetes.io/instance"] == "dash-backend"
    assert found["platform.io/connects-to"] == "dash-db"


def test_a_role_that_the_platform_lacks_is_refused() -> None:
    """Else the app would run, and find out at its first call of the cloud."""
    world = World().settle()
    world.edit(backend=BACKEND).settle()
    message = world.condition("Accepted").message
    assert message.startswith("spec.backend.cloudRole: the Platform has no cloudRole, which says how ")


def test_a_role_that_is_taken_from_the_platform_takes_no_app_down() -> None:
    """What was accepted runs on, without the role, and PolicyCompliant says so."""
    world = World(APP | {"backend": BACKEND}, {"cloudRole": ROLE}).settle()
    world.govern({}).settle()
    assert world.ready
    assert "spec.backend.cloudRole" in world.condition("PolicyCompliant").message
