"""What a Platform allows NodeApps to ask for: `registries`, `limits` and `overrides`."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from function.api.image import LABEL as HOST_LABEL
from function.api.image import PORT, SEGMENT
from function.api.model import Model, matches
from function.api.platform.database import Instances
from function.api.quantity import Storage
from function.api.resources import Cores, Memory

HOST = rf"({HOST_LABEL}(\.{HOST_LABEL})+({PORT})?|{HOST_LABEL}{PORT}|localhost)"
"""Of a registry. One without a dot, a port or this name would be a user of Docker Hub."""

Registry = Annotated[
    str,
    Field(max_length=255),
    matches(
        rf"{HOST}(/{SEGMENT})*/?",
        "must be a registry, or a path in one, such as ghcr.io/acme; a user of Docker Hub is docker.io/acme",
    ),
    AfterValidator(lambda registry: re.sub("^index[.](?=docker[.]io/)", "", f"{registry}/").rstrip("/")),
]
"""Where images may come from. It is compared with an image's repository segment by segment."""


Key = Annotated[
    str,
    Field(max_length=63),
    matches(r"[a-z*][-a-z0-9*]*", "must be the key of a composed object, such as backend-deployment"),
]
"""With * for any part of it, as in worker-*-deployment."""


class Limits(Model):
    """The most that NodeApps may write."""

    replicas: Annotated[int, Field(ge=1, le=100)] | None = None
    """Pods of a part: of replicas, of scaling.max, and of a pooler's instances."""
    instances: Instances | None = None
    """Instances of a database."""
    # Larger than most volumes ever are. It can't be taken back, so somebody else should agree.
    storage: Storage = "1Ti"
    """Size of each instance's volume. Default: 1Ti."""
    memory: Memory | None = None
    """Memory of each container and each instance of a database, requested or as a limit."""
    cpu: Cores | None = None
    """Cores of each container and each instance of a database, requested or as a limit."""
