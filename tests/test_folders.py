"""What a pod may write to and what it reads from files, and how long it may take to start and to stop."""

from typing import Any

import pytest

from tests.simulator import APP, World

BACKEND = APP["backend"]


def pod(world: World, part: str = "backend") -> Any:
    """The spec of a part's pods."""
    return world.object(f"{part}-deployment")["spec"]["template"]["spec"]


def backend(**fields: Any) -> Any:
    """The spec of the backend's pods, with these fields."""
    world = World(APP | {"backend": BACKEND | fields}).settle()
    assert world.ready
    return pod(world)


def volume(spec: Any, path: str) -> Any:
    """The volume that the container mounts at a path."""
    [name] = [mount["name"] for mount in spec["containers"][0]["volumeMounts"] if mount["mountPath"] == path]
    [found] = [volume for volume in spec["volumes"] if volume["name"] == name]
    return found


def test_scratch_space_is_what_is_asked_for() -> None:
    """The limit of ephemeral-storage is the size of /tmp and of each other folder."""
    spec = backend(
        resources={"limits": {"ephemeral-storage": "10Gi"}}, writable=["/app/.next/cache", "/app/uploads"]
    )
    for path in ("/tmp", "/app/.next/cache", "/app/uploads"):  # noqa: S108  # The pod's own.
        assert volume(spec, path)["emptyDir"] == {"sizeLimit": "10Gi"}
    assert spec["containers"][0]["securityContext"]["readOnlyRootFilesystem"] is True


def test_files_come_from_keys() -> None:
    """One file each, read only. A pod sees the keys that are named and no others."""
    spec = backend(
        files={
            "/app/b.json": {"secret": "google", "key": "account.json"},
            "/app/a.yaml": {"configMap": "config", "key": "production.yaml"},
            "/etc/more.yaml": {"configMap": "config", "key": "more.yaml"},
        }
    )
    mounts = {mount["mountPath"]: mount for mount in spec["containers"][0]["volumeMounts"]}
    assert mounts["/app/a.yaml"]["subPath"] == "production.yaml"
    assert mounts["/app/a.yaml"]["name"] == mounts["/etc/more.yaml"]["name"]
    assert all(mounts[path]["readOnly"] for path in ("/app/a.yaml", "/app/b.json", "/etc/more.yaml"))
    assert [item["key"] for item in volume(spec, "/app/a.yaml")["configMap"]["items"]] == [
        "more.yaml",
        "production.yaml",
    ]
    secret = volume(spec, "/app/b.json")["secret"]
    assert (secret["secretName"], [item["key"] for item in secret["items"]]) == ("google", ["account.json"])


def test_files_of_secrets_are_not_for_everybody() -> None:
    """Programs such as ssh refuse a key that others can read. The pod's group can, which is the process's."""
    spec = backend(files={"/app/key": {"secret": "ssh", "key": "id"}})
    assert volume(spec, "/app/key")["secret"]["defaultMode"] == 0o440
    assert spec["securityContext"]["fsGroup"] == spec["securityContext"]["runAsGroup"]


def test_migrations_see_the_same_files() -> None:
    """They run the same program."""
    spec = backend(migrate=["m"], writable=["/data"], files={"/app/a": {"configMap": "c", "key": "k"}})
    assert spec["initContainers"][0]["volumeMounts"] == spec["containers"][0]["volumeMounts"]


def test_a_secret_of_the_platform_is_no_file() -> None:
    """What `secrets` may not name, `files` may not either."""
    platform = {"imagePullSecrets": ["ghcr"]}
    files = {"/app/a": {"secret": "ghcr", "key": ".dockerconfigjson"}}
    world = World(APP | {"backend": BACKEND | {"files": files}}, platform).settle()
    message = world.condition("Accepted").message
    assert message.startswith("spec.backend.files./app/a.secret: ghcr is the platform's, for pulling images")


@pytest.mark.parametrize("part", ["frontend", "backend"])
@pytest.mark.parametrize(("seconds", "failures"), [(5, 1), (7, 2), (1800, 360)])
def test_a_slow_start_is_waited_for(part: str, seconds: int, failures: int) -> None:
    """Neither the container is restarted before, nor is the rollout called stuck."""
    world = World(APP | {part: APP[part] | {"probes": {"startupSeconds": seconds}}}).settle()
    probe = pod(world, part)["containers"][0]["startupProbe"]
    assert (probe["failureThreshold"], probe["periodSeconds"]) == (failures, 5)
    deadline = world.object(f"{part}-deployment")["spec"]["progressDeadlineSeconds"]
    assert deadline >= max(600, seconds + 450)


def test_a_frontend_has_no_startup_probe_unless_asked() -> None:
    """A file server starts at once. One that starts slowly is asked on its port."""
    assert "startupProbe" not in pod(World().settle(), "frontend")["containers"][0]
    world = World(APP | {"frontend": APP["frontend"] | {"probes": {"startupSeconds": 60}}}).settle()
    assert pod(world, "frontend")["containers"][0]["startupProbe"]["tcpSocket"] == {"port": "http"}


@pytest.mark.parametrize(("part", "usual"), [("frontend", (30, 5)), ("backend", (45, 10))])
@pytest.mark.parametrize(("seconds", "drain"), [(None, None), (10, 5), (3600, None)])
def test_time_to_stop_includes_draining(
    part: str, usual: tuple[int, int], seconds: int | None, drain: int | None
) -> None:
    """At least half of it is left for what the process has to finish."""
    asked = {} if seconds is None else {"shutdownSeconds": seconds}
    spec = pod(World(APP | {part: APP[part] | asked}).settle(), part)
    sleep = spec["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert spec["terminationGracePeriodSeconds"] == (seconds or usual[0])
    assert sleep == (drain or usual[1])
