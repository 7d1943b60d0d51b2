"""Stakater Reloader, where the Platform has it: pods follow the Secrets and ConfigMaps that an app names."""

from typing import Any

from tests.simulator import APP, World

BACKEND = APP["backend"] | {
    "secrets": ["stripe", "mail"],
    "configMaps": ["flags"],
    "secretEnv": {"KEY": "s3/key", "TOKEN": "mail/token"},
    "files": {"/app/a": {"configMap": "config", "key": "a"}, "/app/b": {"secret": "google", "key": "b"}},
}
WORKERS = {"search": {"command": ["a"], "secretEnv": {"INDEX": "index/key"}}}
SPEC = {"team": "web", "backend": BACKEND, "workers": WORKERS, "database": APP["database"]}
SECRETS, CONFIG_MAPS = (f"{kind}.reloader.stakater.com/reload" for kind in ("secret", "configmap"))


def annotations(world: World, key: str = "backend-deployment") -> dict[str, str]:
    """The annotations of a Deployment."""
    found: dict[str, str] = world.object(key)["metadata"]["annotations"]
    return found


def test_what_the_app_lists_is_followed() -> None:
    """By name, each once. The database's CA isn't among them, as a renewal replaces the pods anyway."""
    world = World(SPEC, {"reloader": True}).settle()
    assert annotations(world)[SECRETS] == "google,mail,s3,stripe"
    assert annotations(world)[CONFIG_MAPS] == "config,flags"
    assert annotations(world, "worker-search-deployment")[SECRETS] == "google,index,mail,s3,stripe"


def test_without_reloader_nothing_is_said_to_it() -> None:
    """Switching it on restarts nothing: the annotations aren't on the pods."""
    world = World(SPEC, {}).settle()
    assert SECRETS not in annotations(world)
    before = world.object("backend-deployment")["spec"]
    world.govern({"reloader": True}).settle()
    assert SECRETS in annotations(world)
    assert world.object("backend-deployment")["spec"] == before


def test_what_reloader_adds_is_not_by_hand() -> None:
    """It adds a variable to a container, which makes new pods. Ours are left, and so is that one."""
    world = World(SPEC, {"reloader": True}).settle()
    variable: dict[str, Any] = {"name": "STAKATER_STRIPE_SECRET", "value": "0a1b"}
    container = {"name": "backend", "env": [variable]}
    world.hand_edit(
        "backend-deployment", {"spec": {"template": {"spec": {"containers": [container]}}}}
    ).settle()
    [found] = world.object("backend-deployment")["spec"]["template"]["spec"]["containers"]
    assert variable in found["env"]
    assert world.condition("BackendReady").reason == "Available"
