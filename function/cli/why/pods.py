"""Why pods don't run: what waits, crashes, can't be pulled or has no node."""

from collections.abc import Iterator

from function.app import Object
from function.cli.why.seen import Cause, Seen
from function.read import condition, items, number, text

PULL = ("ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "RegistryUnavailable")
CONFIG = ("CreateContainerConfigError", "CreateContainerError", "RunContainerError")
NO_NODE = "no node takes the pod"
OVER = ("Succeeded", "Completed")
TROUBLES = ("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "Unhealthy")
"""Reasons of events that tell why a pod is not ready, where its containers tell nothing."""


def causes(seen: Seen) -> Iterator[Cause]:
    """What keeps pods from running. Pods with the same trouble are told once, with their number."""
    found: dict[tuple[str, str], list[Cause]] = {}
    for pod in seen.objects.get("Pod", ()):
        cause = trouble(seen, pod)
        if cause:
            found.setdefault((cause.part, cause.message), []).append(cause)
    for (part, message), alike in found.items():
        count = f"{len(alike)} pods: " if len(alike) > 1 else ""
        yield Cause(part, f"{count}{message}", alike[0].command)


def trouble(seen: Seen, pod: Object) -> Cause | None:
    """Why a pod isn't ready; None if it is, if it ended well, or if it goes."""
    if text(pod, "status", "phase") in OVER or text(pod, "metadata", "deletionTimestamp"):
        return None
    if condition(pod, "Ready").get("status") == "True":
        return None
    part = component(pod)
    name, where = text(pod, "metadata", "name") or "", f"-n {seen.namespace}"
    scheduled = condition(pod, "PodScheduled")
    if scheduled.get("status") == "False":
        message = text(scheduled, "message") or text(scheduled, "reason") or "no reason is given"
        return Cause(part, f"{NO_NODE}: {message}", f"kubectl describe pod {name} {where}")
    if text(pod, "status", "reason") == "Evicted":
        return Cause(
            part, f"was evicted: {text(pod, 'status', 'message')}", f"kubectl describe pod {name} {where}"
        )
    of_container = next((c for each in statuses(pod) if (c := of_status(seen, pod, each))), None)
    return of_container or of_events(seen, pod) or starting(pod, part, f"kubectl describe pod {name} {where}")


def component(pod: Object) -> str:
    """The part of the app that a pod is of."""
    labels = pod["metadata"].get("labels", {})
    if "cnpg.io/cluster" in labels:
        return "database"
    return str(labels.get("app.kubernetes.io/component") or "app")


def statuses(pod: Object) -> list[Object]:
    """What is known of its containers, in the order in which they start."""
    return [*items(pod, "status", "initContainerStatuses"), *items(pod, "status", "containerStatuses")]


def of_status(seen: Seen, pod: Object, status: Object) -> Cause | None:
    """Why a container doesn't run."""
    part, name, container = component(pod), pod["metadata"]["name"], status["name"]
    where = f"-n {seen.namespace}"
    waits = text(status, "state", "waiting", "reason")
    message = text(status, "state", "waiting", "message") or ""
    if waits in PULL:
        why = f": {message}" if message else ""
        remedy = "; correct the image, or ask the platform team for a pull secret"
        return Cause(
            part,
            f"can't pull {status['image']} ({waits}){why}{remedy}",
            f"kubectl describe pod {name} {where}",
        )
    if waits in CONFIG:
        return Cause(
            part,
            f"container {container} can't start ({waits}): {message}",
            f"kubectl describe pod {name} {where}",
        )
    ended = next((e for key in ("state", "lastState") if (e := status.get(key, {}).get("terminated"))), None)
    if ended and (waits == "CrashLoopBackOff" or number(ended, "exitCode")):
        previous = " --previous" if waits or "running" in status.get("state", {}) else ""
        how = crash(container, ended, number(status, "restartCount"))
        return Cause(part, how, f"kubectl logs {name} -c {container} {where}{previous}")
    return None


def crash(container: str, ended: Object, restarts: int) -> str:
    """How a container ended."""
    again = f", {restarts} restarts" if restarts else ""
    said = f": {' '.join(words.split())}" if (words := text(ended, "message")) else ""
    if text(ended, "reason") == "OOMKilled":
        return f"container {container} needs more memory than its limit{again}; raise resources.limits.memory"
    what = "the migration fails" if container == "migrate" else f"container {container} crashes"
    return f"{what}: exit code {number(ended, 'exitCode')}{again}{said}"


def of_events(seen: Seen, pod: Object) -> Cause | None:
    """What events say of a pod whose containers say nothing."""
    told = [event for event in seen.about(pod) if text(event, "reason") in TROUBLES]
    if not told:
        return None
    reason, message, name = text(told[-1], "reason"), text(told[-1], "message"), pod["metadata"]["name"]
    if reason == "Unhealthy":
        return Cause(
            component(pod), f"runs, but isn't ready: {message}", f"kubectl logs {name} -n {seen.namespace}"
        )
    return Cause(
        component(pod),
        f"can't start ({reason}): {message}",
        f"kubectl describe pod {name} -n {seen.namespace}",
    )


def starting(pod: Object, part: str, command: str) -> Cause:
    """A pod that nothing is said of yet."""
    running = [text(each, "name") for each in statuses(pod) if "running" in each.get("state", {})]
    what = f"container {running[-1]} runs, but isn't ready yet" if running else "the pod starts"
    return Cause(part, what, command)
