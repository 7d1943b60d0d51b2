"""What nodeapp why says of pods: their trouble once, and what only an event tells."""

from collections.abc import Iterator
from typing import Any

from function.cli.why.judge import judge
from function.cli.why.seen import Seen


def pod(name: str, **status: Any) -> dict[str, Any]:
    """A pod of the backend."""
    labels = {"app.kubernetes.io/component": "backend"}
    return {"kind": "Pod", "metadata": {"name": name, "uid": name, "labels": labels}, "status": status}


def seen_with(*pods: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> Seen:
    """An app with these pods."""
    app = {"kind": "NodeApp", "metadata": {"name": "shop", "namespace": "shop"}, "spec": {}, "status": {}}
    return Seen(app, None, {"Pod": pods}, events)


def container(**state: Any) -> dict[str, Any]:
    """The status of the backend's container."""
    return {"name": "backend", "image": "ghcr.io/acme/shop:1", "restartCount": 3, **state}


def told(seen: Seen) -> Iterator[tuple[str, str]]:
    """What is said of pods."""
    return ((each.message, each.command) for each in judge(seen).causes if each.part == "backend")


def test_pods_with_the_same_trouble_are_told_once() -> None:
    """With their number, and the command for one of them."""
    killed = {"exitCode": 137, "reason": "OOMKilled"}
    status = container(state={"waiting": {"reason": "CrashLoopBackOff"}}, lastState={"terminated": killed})
    pods = (
        pod("shop-backend-a", containerStatuses=[status]),
        pod("shop-backend-b", containerStatuses=[status]),
    )

    assert list(told(seen_with(*pods))) == [
        (
            (
                "2 pods: container backend needs more memory than its limit, 3 restarts; "
                "raise resources.limits.memory"
            ),
            "kubectl logs shop-backend-a -c backend -n shop --previous",
        )
    ]


def test_an_event_tells_what_a_container_does_not() -> None:
    """A probe that fails, and a volume that isn't there, are only in events."""
    about = {"kind": "Pod", "name": "shop-backend-a", "uid": "shop-backend-a"}
    event = {"involvedObject": about, "metadata": {"name": "e"}, "lastTimestamp": "2026-11-26T07:00:00Z"}
    unhealthy = {**event, "reason": "Unhealthy", "message": "Readiness probe failed: HTTP 503"}
    running = pod("shop-backend-a", containerStatuses=[container(state={"running": {}})])

    assert list(told(seen_with(running, events=(unhealthy,)))) == [
        ("runs, but isn't ready: Readiness probe failed: HTTP 503", "kubectl logs shop-backend-a -n shop")
    ]
    unmounted = {**event, "reason": "FailedMount", "message": 'configmap "x" not found'}
    assert list(told(seen_with(running, events=(unmounted,)))) == [
        ('can\'t start (FailedMount): configmap "x" not found', "kubectl describe pod shop-backend-a -n shop")
    ]
