"""What `frontend` and `backend` have in common."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from function.api.fields import Env, ObjectName, Port, Replicas, not_reserved, variable_names
from function.api.model import Model, Rule, matches
from function.api.resources import Resources

TAG = r":[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
DIGEST = r"@sha256:[a-f0-9]{64}"

Image = Annotated[
    str,
    Field(max_length=512),
    matches(
        rf"([a-z0-9][A-Za-z0-9._/:-]*({TAG}|({TAG})?{DIGEST}))?",
        "must be an image with a tag or digest, such as ghcr.io/acme/dashboard:1.4.0",
    ),
    Rule(
        "!self.endsWith(':latest')",
        lambda image: not image.endswith(":latest"),
        "must not be latest: nobody could tell what runs, or go back to it; name a version",
    ),
    AfterValidator(lambda image: image or None),
]

HttpPath = Annotated[
    str,
    Field(max_length=512),
    matches(r"(/[^\s]*)?", 'must be an HTTP path such as /healthz, or "" to only open a connection'),
]

Command = Annotated[list[Annotated[str, Field(max_length=4096)]], Field(min_length=1, max_length=64)]

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
    not_reserved,
]


class Probes(Model):
    """HTTP paths that Kubernetes probes. With "" a probe only opens a connection to the port."""

    startup: HttpPath | None = None
    """Path that succeeds once the container has started. Until then the other probes wait."""
    liveness: HttpPath | None = None
    """Path that succeeds while the process works. It must not ask the database, because a failure
    restarts the container."""
    readiness: HttpPath | None = None
    """Path that succeeds while the pod can serve. It may ask the database, because a failure only
    takes traffic away."""


class Workload(Model):
    """A long-running part of the app. It has an image of its own and listens on a port."""

    image: Image | None = None
    """Container image, with a tag or digest. Until it is set, or while it is "", this part has no pods;
    the rest of the app is created. If it is removed later, the image that runs is kept."""
    replicas: Replicas | None = None
    """Pods to run. Default: by environment, 1 in dev and 2 in prod."""
    resources: Resources = Resources()
    """CPU, memory and scratch space."""
    env: Env = {}
    """Environment variables. The platform sets PORT, DATABASE_URL, PG* and NODE_EXTRA_CA_CERTS."""
    secrets: Annotated[list[ObjectName], Field(max_length=32)] = []
    """Secrets in the app's namespace: each of their keys becomes an environment variable."""
    config_maps: Annotated[list[ObjectName], Field(max_length=32)] = []
    """ConfigMaps in the app's namespace: each of their keys becomes an environment variable."""
    secret_env: SecretEnv = {}
    """Environment variables from single keys of Secrets, as NAME: secret/key."""
    probes: Probes = Probes()
    """Startup, liveness and readiness probes."""
    command: Command | None = None
    """Overrides the image's entrypoint."""
    args: Command | None = None
    """Overrides the image's arguments."""
    port: Port
    """Port that it listens on. The variable PORT holds it too."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.env) || !has(self.secretEnv) || !self.env.exists(name, name in self.secretEnv)",
            lambda workload: not set(workload.env) & set(workload.secret_env),
            "must name each variable once, in env or in secretEnv",
        ),
    )
