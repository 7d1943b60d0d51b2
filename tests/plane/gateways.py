"""A controller of Gateway API on a control plane, played: it takes every route that refers to a Gateway."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from tests.plane.kubectl import Cluster, Json, RefusedError
from tests.simulated import gateways

ROUTES = "httproutes.gateway.networking.k8s.io"
GATEWAYS = "gateways.gateway.networking.k8s.io"
EVERY = 1.0
"""Seconds between two looks at all routes."""
REQUIRED = {"message": "as played", "lastTransitionTime": "2026-01-01T00:00:00Z"}
"""What the CRD wants of a condition besides."""


def serve(cluster: Cluster, settings: Mapping[str, Any]) -> None:
    """A platform engineer makes the Gateway that a Platform names, and its controller programs it."""
    gateway = gateways.gateway(dict(settings))
    metadata, status = gateway["metadata"], gateway.pop("status")
    for listener in gateway["spec"]["listeners"]:
        if listener["protocol"] == "HTTPS":
            listener["tls"] = {"certificateRefs": [{"name": "certificate"}]}
    cluster.apply(gateway, manager="platform-engineer")
    said = {"conditions": [each | REQUIRED for each in status["conditions"]]}
    cluster.patch(GATEWAYS, metadata["name"], metadata["namespace"], {"status": said}, "--subresource=status")


def take(cluster: Cluster, route: Json) -> None:
    """The controller takes a route as it is now. A route that is gone meanwhile is nobody's business."""
    parents: list[Json] = gateways.taken(route)["status"]["parents"]
    for parent in parents:
        parent["conditions"] = [each | REQUIRED for each in parent["conditions"]]
    name, namespace = route["metadata"]["name"], route["metadata"]["namespace"]
    with suppress(RefusedError):
        cluster.patch(ROUTES, name, namespace, {"status": {"parents": parents}}, "--subresource=status")


@contextmanager
def controller(cluster: Cluster) -> Iterator[None]:
    """During the block every route is taken, in each of its versions."""
    over = threading.Event()

    def run() -> None:
        taken: set[tuple[str, int]] = set()
        while not over.wait(EVERY):
            with suppress(RefusedError):
                for route in cluster.all(ROUTES, None, "--all-namespaces"):
                    version = (route["metadata"]["uid"], route["metadata"]["generation"])
                    if version not in taken:
                        take(cluster, route)
                        taken.add(version)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
