"""What a part with an image of its own composes and reports: its Service, and its pods once it has one."""

from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from function.app import App, Condition, Manifest, Part, Place, Report, Seen, Why
from function.components.pods import Pods, deployment, variables
from function.components.workload import Workload
from function.read import at, number, text

W = TypeVar("W", bound=Workload)
ASLEEP = "platform.io/asleep"
"""Annotation of a Deployment: it is scaled down until its database is awake."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the running Deployment decides."""

    image: str | None
    slept: bool = False
    """Whether it was scaled down for a database that hibernates."""


def condition(role: str) -> str:
    """The type of a role's condition."""
    return f"{role.title()}Ready"


def read(seen: Seen, role: str) -> Kept:
    """The facts of a role's Deployment."""
    spec = ("spec", "template", "spec", "containers", 0, "image")
    deployment = seen.objects.get(f"{role}-deployment")
    return Kept(text(deployment, *spec), at(deployment, "metadata", "annotations", ASLEEP) == "true")


def resolve(place: Place, role: str, asked: W | None, kept: Kept) -> tuple[W | None, list[str]]:
    """Fill in the profile, and keep the running image where none is given any more."""
    if asked is None:
        return None, []
    work = asked.over(place.profile)
    if work.image is None and kept.image:
        return work.model_copy(update={"image": kept.image}), [
            f"{role}.image: kept {kept.image}, as none is given"
        ]
    return work, []


def environment(work: Workload) -> tuple[list[Manifest], list[Manifest]]:
    """The env and envFrom that a developer asks for."""
    keys = {name: ref.split("/") for name, ref in sorted(work.secret_env.items())}
    env = [
        *variables(work.env),
        *({"name": n, "valueFrom": {"secretKeyRef": {"name": s, "key": k}}} for n, (s, k) in keys.items()),
    ]
    sources = [
        *({"configMapRef": {"name": name}} for name in work.config_maps),
        *({"secretRef": {"name": name}} for name in work.secrets),
    ]
    return env, sources


def build(app: App, role: str, work: Workload, pods: Pods, *, asleep: bool = False) -> Part:
    """A role's Service and ServiceAccount, and its pods once there is an image, unless it sleeps."""
    resources = {
        f"{role}-service": service(app, role),
        f"{role}-serviceaccount": service_account(app, role),
    }
    if work.image:
        replicas, notes = (0, {ASLEEP: "true"}) if asleep else (work.replicas, {})
        resources[f"{role}-deployment"] = deployment(app, role, replicas, pods, notes)
    return Part(resources, partial(report, role, work.image))


def service(app: App, role: str) -> Manifest:
    """Where the pods are reached: port 80."""
    port = {"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP", "appProtocol": "http"}
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": app.metadata(role),
        "spec": {"type": "ClusterIP", "selector": app.selector(role), "ports": [port]},
    }


def service_account(app: App, role: str) -> Manifest:
    """Who the pods are: nobody to the API server.

    Pull secrets are here and not on the pods, so that a change of the platform's restarts nothing.
    """
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": app.metadata(role),
        "automountServiceAccountToken": False,
        "imagePullSecrets": [{"name": name} for name in app.platform.image_pull_secrets] or None,
    }


def report(role: str, image: str | None, seen: Seen, why: Why) -> Report:
    """Whether the role serves what is asked; `image` in the status is the one that serves alone."""
    if image is None:
        waits = Condition(
            condition(role), ok=False, reason="NoImage", message=f"waits for an image; set {role}.image"
        )
        return Report([waits], {role: {"replicas": 0, "available": 0}})
    status = seen.objects.get(f"{role}-deployment", {}).get("status")
    counts: dict[str, Any] = {
        "image": image if not why[f"{role}-deployment"] else None,
        "replicas": number(status, "replicas"),
        "available": number(status, "availableReplicas"),
    }
    return Report([Condition.working(condition(role), why)], {role: counts})
