"""What a developer says of the HTTP API."""

from typing import Annotated

from pydantic import Field

from function.api.fields import Port
from function.api.model import matches
from function.api.workload import Command, Workload

SEGMENT = r"\.*[-A-Za-z0-9_~][-A-Za-z0-9._~]*"
"""Of a path: not of dots alone, which an Ingress refuses."""


class Backend(Workload):
    """An HTTP API. It finds its database in DATABASE_URL, and answers GET /healthz and /readyz
    unless probes say otherwise."""

    port: Port = 3001
    """Port it listens on; it finds it in PORT. Default: 3001."""
    path: Annotated[
        str,
        Field(max_length=256),
        matches(rf"/|(/{SEGMENT})+", "must be an absolute path without a trailing /, . or .., such as /api"),
    ] = "/api"
    """What begins with this path goes to the backend, all else to the frontend. It arrives
    unchanged. Default: /api."""
    migrate: Command | None = None
    """Command that migrates the database, run with the image and environment before a pod
    starts. A version serves only after it succeeded; until then the old version goes on. It runs
    at every start of a pod, so it must be repeatable, locked, and tolerant of a newer schema."""
    metrics_port: Port | None = None
    """Port where /metrics is. Default: the app's port."""
