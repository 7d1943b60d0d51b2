"""What `frontend` and `backend` have in common."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.command import ARGS_IN_ONE_STRING, Command, Words
from function.api.fields import Env, Port, Replicas, not_reserved, variable_names
from function.api.image import Image
from function.api.model import Model, Rule, matches
from function.api.resources import Resources
from function.api.scaling import Scaling
from function.api.secrets import AppObject, SecretKey

HttpPath = Annotated[
    str,
    Field(max_length=512),
    matches(r"(/[^\s]*)?", 'must be an HTTP path such as /healthz, or "" to only open a connection'),
]

SecretEnv = Annotated[dict[str, SecretKey], Field(max_length=64), variable_names, not_reserved]


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
    scaling: Scaling | None = None
    """Pods by load, in place of replicas."""
    resources: Resources = Resources()
    """CPU, memory and scratch space."""
    env: Env = {}
    """Environment variables. The platform sets PORT, DATABASE_URL, PG* and NODE_EXTRA_CA_CERTS."""
    secrets: Annotated[list[AppObject], Field(max_length=32)] = []
    """Secrets in the app's namespace: each of their keys becomes an environment variable."""
    config_maps: Annotated[list[AppObject], Field(max_length=32)] = []
    """ConfigMaps in the app's namespace: each of their keys becomes an environment variable."""
    secret_env: SecretEnv = {}
    """Environment variables from single keys of Secrets, as NAME: secret/key."""
    probes: Probes = Probes()
    """Startup, liveness and readiness probes."""
    command: Command | None = None
    """Overrides the image's entrypoint."""
    args: Words | None = None
    """Overrides the image's arguments."""
    port: Port
    """Port that it listens on. The variable PORT holds it too."""

    rules: ClassVar[tuple[Rule, ...]] = (
        ARGS_IN_ONE_STRING,
        Rule(
            "!has(self.env) || !has(self.secretEnv) || !self.env.exists(name, name in self.secretEnv)",
            lambda workload: not set(workload.env) & set(workload.secret_env),
            "must name each variable once, in env or in secretEnv",
        ),
        Rule(
            "!has(self.scaling) || !has(self.replicas)",
            lambda workload: workload.scaling is None or workload.replicas is None,
            "must have scaling or replicas, not both: scaling.min and scaling.max bound the number of pods",
        ),
    )
