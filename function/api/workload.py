"""What `frontend` and `backend` have in common."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.environment import Env, SecretEnv
from function.api.fields import Port
from function.api.files import FILES_OUTSIDE_FOLDERS, Files
from function.api.image import Image
from function.api.model import Model, Rule, matches
from function.api.process import LongRunning
from function.api.secrets import AppObject

HttpPath = Annotated[
    str,
    Field(max_length=512),
    matches(r"(/[^\s]*)?", 'must be an HTTP path such as /healthz, or "" to only open a connection'),
]


class Probes(Model):
    """HTTP paths that Kubernetes probes."""

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


class Workload(LongRunning):
    """A long-running part of the app, with an image of its own and a port."""

    image: Image | None = None
    """Container image, with a tag or digest. Until it is set, or while it is "", this part has no pods;
    the rest of the app is created. If it is removed later, the image that runs is kept."""
    env: Env = {}
    """Environment variables. $(NAME) is replaced by the value of another variable. The platform sets PORT."""
    secret_env: SecretEnv = {}
    """Environment variables from single keys of Secrets, as NAME: secret/key."""
    shutdown_seconds: Annotated[int, Field(ge=10, le=3600)] | None = None
    """Seconds that a pod gets to stop. At first it still serves, until no traffic comes any more, and then
    it gets SIGTERM. Default: 30 for a frontend, 45 for a backend."""
    secrets: Annotated[list[AppObject], Field(max_length=32)] = []
    """Secrets in the app's namespace: each of their keys becomes an environment variable."""
    config_maps: Annotated[list[AppObject], Field(max_length=32)] = []
    """ConfigMaps in the app's namespace: each of their keys becomes an environment variable."""
    files: Files = {}
    """Files from ConfigMaps and Secrets, by absolute path. Such a file keeps the content that it had when
    the pod started: after a change of the ConfigMap or Secret the pods must be restarted, unless the
    platform has Reloader, which does that."""
    cloud_role: bool = False
    """Give the pods the platform's cloud role for this app, so that they need no keys for the cloud's
    services. The backend's is also that of workers and jobs."""
    probes: Probes = Probes()
    """HTTP paths that Kubernetes probes. With "" a probe only opens a connection to the port. Default: the
    readiness of a frontend is /, and of a backend /readyz; a backend's others are /healthz."""
    port: Port
    """Port that it listens on. The variable PORT holds it too."""

    rules: ClassVar[tuple[Rule, ...]] = (*LongRunning.rules, FILES_OUTSIDE_FOLDERS)
