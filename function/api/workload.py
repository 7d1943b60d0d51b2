"""What `frontend` and `backend` have in common."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.command import ARGS_IN_ONE_STRING, Command, Words
from function.api.environment import Env, SecretEnv
from function.api.fields import Port, Replicas
from function.api.files import FILES_OUTSIDE_FOLDERS, Files, Folders
from function.api.image import Image
from function.api.model import Model, Rule, matches
from function.api.resources import Resources
from function.api.scaling import Scaling
from function.api.secrets import AppObject

HttpPath = Annotated[
    str,
    Field(max_length=512),
    matches(r"(/[^\s]*)?", 'must be an HTTP path such as /healthz, or "" to only open a connection'),
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
    startup_seconds: Annotated[int, Field(ge=5, le=1800)] | None = None
    """Seconds that the container may take to start, before it is restarted. Default: 150."""


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
    """Environment variables. $(NAME) is replaced by the value of another variable. The platform sets PORT."""
    secrets: Annotated[list[AppObject], Field(max_length=32)] = []
    """Secrets in the app's namespace: each of their keys becomes an environment variable."""
    config_maps: Annotated[list[AppObject], Field(max_length=32)] = []
    """ConfigMaps in the app's namespace: each of their keys becomes an environment variable."""
    secret_env: SecretEnv = {}
    """Environment variables from single keys of Secrets, as NAME: secret/key."""
    files: Files = {}
    """Files from ConfigMaps and Secrets, by absolute path. Such a file keeps the content that it had when
    the pod started: after a change of the ConfigMap or Secret the pods must be restarted."""
    writable: Folders = []
    """Folders that can be written to, besides /tmp. They are empty when a pod starts, whatever the image
    has there, and gone with the pod. Everything else is read only."""
    shutdown_seconds: Annotated[int, Field(ge=10, le=3600)] | None = None
    """Seconds that a pod gets to stop. At first it still serves, until no traffic comes any more, and then
    it gets SIGTERM. Default: 30 for a frontend, 45 for a backend."""
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
        FILES_OUTSIDE_FOLDERS,
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
