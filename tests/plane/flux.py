"""Flux: its controllers, Flux Operator, and a Git server for what they follow.

No released module gives notification-controller and image-reflector-controller.
They run where NODEAPP_PROGRAMS has them.
"""

import socket
import sys
from pathlib import Path

from tests.plane.kubectl import wait
from tests.plane.modules import MissingError
from tests.plane.plane import Plane
from tests.plane.programs import find, program

NAMESPACE = "flux-system"
GIT_PORT = 8080
METRICS = {"source-controller": 8081, "kustomize-controller": 8083, "flux-operator": 8085}
"""Where each program serves its metrics."""
NOTIFICATION, REFLECTOR = "notification-controller", "image-reflector-controller"
RECEIVERS_PORT = 9292
"""Port at which notification-controller takes messages from outside."""
EVENTS_PORT = 9091
"""Where notification-controller takes events. Its usual port is source-controller's here."""
MULTITENANT = (
    "--no-cross-namespace-refs=true",
    "--no-remote-bases=true",
    "--default-service-account=flux-tenant",
)
"""What a FluxInstance adds to kustomize-controller for `multitenant: true`: profiles.go of Flux Operator."""


def start_flux(plane: Plane, *options: str) -> None:
    """The controllers that apply a repository, and a server for bare repositories.

    The options are kustomize-controller's.
    """
    plane.cluster.kubectl("create", "namespace", NAMESPACE)
    start_source_controller(plane)
    start_kustomize_controller(plane, *options)
    repositories(plane).mkdir()
    server = (sys.executable, Path(__file__).with_name("git_server.py"))
    plane.processes.start("git", *server, repositories(plane), plane.addresses.host, str(GIT_PORT))
    wait(lambda: listens(plane.addresses.host, GIT_PORT), bool)


def start_source_controller(plane: Plane) -> None:
    """What fetches repositories. Started again, it finds what it has fetched."""
    host = plane.addresses.host
    storage, artifacts = plane.folder / "artifacts", f"{host}:9090"
    storage.mkdir(exist_ok=True)
    plane.processes.start(
        "source-controller",
        program("source-controller"),
        f"--storage-path={storage}",
        f"--storage-addr={artifacts}",
        f"--storage-adv-addr={artifacts}",
        f"--metrics-addr={host}:{METRICS['source-controller']}",
        f"--health-addr={host}:8082",
        env=environment(plane),
    )


def start_kustomize_controller(plane: Plane, *options: str) -> None:
    """What applies what was fetched."""
    host = plane.addresses.host
    plane.processes.start(
        "kustomize-controller",
        program("kustomize-controller"),
        f"--metrics-addr={host}:{METRICS['kustomize-controller']}",
        f"--health-addr={host}:8084",
        "--concurrent=20",
        "--requeue-dependency=5s",
        "--feature-gates=CancelHealthCheckOnNewRevision=true",
        *options,
        env=environment(plane),
    )


def has(name: str) -> bool:
    """Whether NODEAPP_PROGRAMS has a program."""
    try:
        return find(name) is not None
    except MissingError:
        return False


def of_the_fleet(plane: Plane) -> tuple[str, ...]:
    """kustomize-controller's options in a fleet: it sends events if somebody takes them."""
    events = f"--events-addr=http://{plane.addresses.host}:{EVENTS_PORT}/"
    return (*MULTITENANT, *([events] if has(NOTIFICATION) else []))


def start_notification_controller(plane: Plane) -> None:
    """What reports events. Raises MissingError where NODEAPP_PROGRAMS lacks it."""
    host = plane.addresses.host
    plane.processes.start(
        NOTIFICATION,
        program(NOTIFICATION),
        f"--events-addr={host}:{EVENTS_PORT}",
        f"--receiverAddr={host}:{RECEIVERS_PORT}",
        f"--metrics-addr={host}:8087",
        f"--health-addr={host}:8088",
        "--no-cross-namespace-refs=true",
        env=environment(plane),
    )


def start_image_reflector(plane: Plane) -> None:
    """What finds the newest images. Raises MissingError where NODEAPP_PROGRAMS lacks it."""
    host, storage = plane.addresses.host, plane.folder / "images"
    storage.mkdir(exist_ok=True)
    plane.processes.start(
        REFLECTOR,
        program(REFLECTOR),
        f"--storage-path={storage}",
        f"--metrics-addr={host}:8089",
        f"--health-addr={host}:8090",
        "--no-cross-namespace-refs=true",
        env=environment(plane),
    )


def listens(host: str, port: int) -> bool:
    """Whether a server takes connections."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def start_flux_operator(plane: Plane) -> None:
    """What makes a fleet's objects from ResourceSets. Wants Flux to run."""
    storage = plane.folder / "flux-operator"
    storage.mkdir(exist_ok=True)
    plane.processes.start(
        "flux-operator",
        program("flux-operator"),
        "--enable-leader-election=false",
        f"--metrics-addr={plane.addresses.host}:{METRICS['flux-operator']}",
        "--reporting-interval=30s",  # As docs/golden-path.md installs it: metrics are as old as that.
        f"--health-addr={plane.addresses.host}:8086",
        "--web-server-port=0",
        f"--storage-path={storage}",
        env=environment(plane) | {"GODEBUG": "fips140=on"},  # It refuses to start otherwise.
    )


def environment(plane: Plane) -> dict[str, str]:
    """What Flux's controllers read from the environment."""
    return {"KUBECONFIG": str(plane.kubeconfig("admin")), "RUNTIME_NAMESPACE": NAMESPACE}


def repositories(plane: Plane) -> Path:
    """The folder of bare repositories."""
    return plane.folder / "git"


def git_url(plane: Plane) -> str:
    """Where the folder's repositories are served: append /NAME.git."""
    return f"http://{plane.addresses.host}:{GIT_PORT}"
