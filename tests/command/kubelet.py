"""The kubelet, played: what its pods' containers say of themselves."""

from function.read import at
from tests.live.story import Story
from tests.plane.kubectl import Json, wait

IMAGE = "ghcr.io/acme/shop:1.4.0"


def pods(story: Story) -> list[Json]:
    """The pods of the app."""
    return story.cluster.all("pods", story.namespace)


def play(story: Story, container: str, state: Json, *, init: bool = False) -> None:
    """The kubelet, played: a container of the backend's pod isn't well."""
    (pod,) = wait(lambda: pods(story), lambda found: found and at(found[0], "status", "podIP"))
    status = {"name": container, "image": IMAGE, "imageID": "", "ready": False, **state}
    statuses = {"initContainerStatuses" if init else "containerStatuses": [status]}
    unready = [{"type": "Ready", "status": "False"}, {"type": "PodScheduled", "status": "True"}]
    change = {"status": {**statuses, "conditions": unready}}
    story.cluster.patch("pod", pod["metadata"]["name"], story.namespace, change, "--subresource=status")


def waiting(reason: str, message: str) -> Json:
    """A container that waits."""
    return {"restartCount": 0, "state": {"waiting": {"reason": reason, "message": message}}}


def crashing(code: int, restarts: int, message: str = "") -> Json:
    """A container that crashes again and again."""
    ended = {"exitCode": code, "reason": "Error", "message": message}
    back_off = {"waiting": {"reason": "CrashLoopBackOff"}}
    return {"restartCount": restarts, "state": back_off, "lastState": {"terminated": ended}}
