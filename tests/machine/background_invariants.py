"""The status of workers and jobs is true: compared with a world at rest."""

from tests.machine.convergence import is_worker
from tests.simulated.server_side_apply import Manifest
from tests.simulator import World


def workers(world: World, accepted: Manifest) -> None:
    """WorkersReady is True only if all pods of all workers run the image that is asked for."""
    asked: Manifest = accepted.get("workers", {})
    assert {f"worker-{name}-deployment" for name in asked} >= {key for key in known(world) if is_worker(key)}
    if "WorkersReady" not in world.types or world.condition("WorkersReady").status != "True":
        return
    for name, worker in asked.items():
        deployment = world.object(f"worker-{name}-deployment")
        [container] = deployment["spec"]["template"]["spec"]["containers"]
        assert rolled_out(deployment)
        assert container["image"] == (worker.get("image") or image_of_backend(world, accepted))
        assert world.status["workers"][name]["image"] == container["image"]


def jobs(world: World, accepted: Manifest) -> None:
    """JobsReady is True only if all jobs are scheduled with the image that serves."""
    asked: Manifest = accepted.get("jobs", {})
    assert {f"job-{name}" for name in asked} >= {key for key in known(world) if key.startswith("job-")}
    if "JobsReady" not in world.types or world.condition("JobsReady").status != "True":
        return
    for name, job in asked.items():
        spec = world.object(f"job-{name}")["spec"]
        [container] = spec["jobTemplate"]["spec"]["template"]["spec"]["containers"]
        asleep = world.condition("JobsReady").reason == "Hibernated"
        assert spec["suspend"] == asleep
        rolls = world.condition("BackendReady").status != "True" or asleep
        wanted = job.get("image") or image_of_backend(world, accepted)
        assert container["image"] == wanted or ("migrate" in accepted["backend"] and rolls)


def known(world: World) -> set[str]:
    """The keys of what the XR refers to. What it forgot while it wasn't desired stays, until the XR goes."""
    return {key for key in world.keys if world.where(key).name in world.referred}


def image_of_backend(world: World, accepted: Manifest) -> str | None:
    """The image that the backend is meant to run: the one that is asked for, or kept."""
    image: str | None = accepted["backend"].get("image")
    if not image and "backend-deployment" in world.keys:
        image = world.object("backend-deployment")["spec"]["template"]["spec"]["containers"][0]["image"]
    return image


def rolled_out(deployment: Manifest) -> bool:
    """Whether all pods run the newest template and serve."""
    status, replicas = deployment.get("status", {}), deployment["spec"]["replicas"]
    counts = {status.get(key, 0) for key in ("replicas", "updatedReplicas", "availableReplicas")}
    return counts == {replicas} and status.get("observedGeneration") == deployment["metadata"]["generation"]
