"""What all containers of an app have in common."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.command import ARGS_IN_ONE_STRING, Command, Words
from function.api.environment import SecretVariables, Variables
from function.api.fields import Replicas
from function.api.files import Folders
from function.api.image import Image
from function.api.model import Model, Rule
from function.api.resources import Resources
from function.api.scaling import Scaling


class Process(Model):
    """A program that runs in a container."""

    image: Image | None = None
    """Container image, with a tag or digest."""
    resources: Resources = Resources()
    """CPU, memory and scratch space. Default: a frontend requests 25m, 32Mi and 32Mi, and its limits are
    250m, 64Mi and 128Mi; all others request 100m, 256Mi and 64Mi, and their limits are 1 core, 256Mi and
    256Mi."""
    env: Variables = {}
    """Environment variables. $(NAME) is replaced by the value of another variable."""
    secret_env: SecretVariables = {}
    """Environment variables from single keys of Secrets, as NAME: secret/key."""
    command: Command | None = None
    """Overrides the image's entrypoint."""
    args: Words | None = None
    """Overrides the image's arguments."""

    rules: ClassVar[tuple[Rule, ...]] = (
        ARGS_IN_ONE_STRING,
        Rule(
            "!has(self.env) || !has(self.secretEnv) || !self.env.exists(name, name in self.secretEnv)",
            lambda process: not set(process.env) & set(process.secret_env),
            "must name each variable once, in env or in secretEnv",
        ),
    )


class LongRunning(Process):
    """A program that runs all the time, in one or more pods."""

    replicas: Replicas | None = None
    """Pods to run. Default: by environment, 1 in dev and 2 in prod."""
    scaling: Scaling | None = None
    """Pods by load, in place of replicas."""
    writable: Folders = []
    """Folders that can be written to, besides /tmp. They are empty when a pod starts, whatever the image
    has there, and gone with the pod. Everything else is read only."""
    shutdown_seconds: Annotated[int, Field(ge=10, le=3600)] | None = None
    """Seconds that a pod gets to stop."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *Process.rules,
        Rule(
            "!has(self.scaling) || !has(self.replicas)",
            lambda process: process.scaling is None or process.replicas is None,
            "must have scaling or replicas, not both: scaling.min and scaling.max bound the number of pods",
        ),
    )
