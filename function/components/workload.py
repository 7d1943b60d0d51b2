"""What frontend and backend have in common: their slice of the API, and what a role composes and reports."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Field

from function.app import App, Condition, Manifest, Part, Place, Report, Seen, Why
from function.components.pods import Pods, deployment, variables
from function.components.resources import Resources
from function.fields import Env, Name, Port, not_ours, variable_names
from function.model import BY_PROFILE, Model, Rule, matches
from function.read import number, text

TAG = r":[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
DIGEST = r"@sha256:[a-f0-9]{64}"

Image = Annotated[
    str,
    Field(max_length=512),
    matches(
        rf"[a-z0-9][A-Za-z0-9._/:-]*({TAG}|({TAG})?{DIGEST})",
        "must be an image with a tag or digest, such as ghcr.io/acme/dashboard:1.4.0",
    ),
    Rule(
        "!self.endsWith(':latest')",
        lambda image: not image.endswith(":latest"),
        "must not be latest: nobody could tell what runs, or go back to it; name a version",
    ),
]

Path = Annotated[
    str,
    Field(max_length=512),
    matches(r"(/[^\s]*)?", 'must be an HTTP path such as /healthz, or "" to only open a connection'),
]

Words = Annotated[list[Annotated[str, Field(max_length=4096)]], Field(min_length=1, max_length=64)]

SecretEnv = Annotated[
    dict[
        str,
        Annotated[
            str,
            Field(max_length=512),
            matches(
                r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?/(\.?[-_A-Za-z0-9][-._A-Za-z0-9]*)",
                "must be <secret>/<key>, such as dashboard-stripe/api-key",
            ),
        ],
    ],
    Field(max_length=64),
    variable_names,
    not_ours,
]


class Probes(Model):
    """How Kubernetes asks a container how it is: HTTP paths. "" only opens a connection to the port."""

    startup: Path | None = None
    """Answers once it has started. Until then nothing else is asked."""
    liveness: Path | None = None
    """Answers while it works. It must not ask the database: its failure restarts the container."""
    readiness: Path | None = None
    """Answers while it can serve. It may ask the database: its failure only takes traffic away."""


class Workload(Model):
    """A long-running part of the app with an image of its own, that listens on a port."""

    image: Image | None = None
    """Container image, with a tag or digest. While never set, the part waits for one and the rest of
    the app is made. Taken away later, the running image is kept."""
    replicas: Annotated[int, Field(ge=0, le=100)] = BY_PROFILE
    """Pods to run. Default: by environment, 1 in dev and 2 in prod."""
    resources: Resources = Resources()
    """CPU, memory and scratch space."""
    env: Env = {}
    """Environment variables. PORT, DATABASE_URL, PG* and NODE_EXTRA_CA_CERTS are set for you."""
    secrets: Annotated[list[Name], Field(max_length=32)] = []
    """Secrets in the app's namespace: each of their keys becomes an environment variable."""
    config_maps: Annotated[list[Name], Field(max_length=32)] = []
    """ConfigMaps in the app's namespace: each of their keys becomes an environment variable."""
    secret_env: SecretEnv = {}
    """Environment variables from one key of a Secret each, as NAME: secret/key."""
    probes: Probes = Probes()
    """How Kubernetes asks it how it is."""
    command: Words | None = None
    """Overrides the image's entrypoint."""
    args: Words | None = None
    """Overrides the image's arguments."""
    port: Port = BY_PROFILE
    """Port it listens on; it finds it in PORT."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.env) || !has(self.secretEnv) || !self.env.exists(name, name in self.secretEnv)",
            lambda work: not set(work.env) & set(work.secret_env),
            "must name each variable once, in env or in secretEnv",
        ),
    )


W = TypeVar("W", bound=Workload)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the running Deployment decides."""

    image: str | None


def read(seen: Seen, role: str) -> Kept:
    """The facts of a role's Deployment."""
    spec = ("spec", "template", "spec", "containers", 0, "image")
    return Kept(text(seen.objects.get(f"{role}-deployment"), *spec))


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


def build(app: App, role: str, work: Workload, pods: Pods) -> Part:
    """A role's Service and ServiceAccount, and its pods once there is an image."""
    resources = {
        f"{role}-service": service(app, role),
        f"{role}-serviceaccount": service_account(app, role),
    }
    if work.image:
        resources[f"{role}-deployment"] = deployment(app, role, work.replicas, pods)
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
    type_ = f"{role.title()}Ready"
    if image is None:
        waits = Condition(type_, ok=False, reason="NoImage", message=f"waits for an image; set {role}.image")
        return Report([waits], {role: {"replicas": 0, "available": 0}})
    status = seen.objects.get(f"{role}-deployment", {}).get("status")
    counts: dict[str, Any] = {
        "image": image if not why[f"{role}-deployment"] else None,
        "replicas": number(status, "replicas"),
        "available": number(status, "availableReplicas"),
    }
    return Report([Condition.working(type_, why)], {role: counts})
