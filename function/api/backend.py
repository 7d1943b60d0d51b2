"""`backend` of a NodeApp."""

from typing import Annotated

from pydantic import Field

from function.api.caller import Callers
from function.api.command import Command
from function.api.fields import Host, Port
from function.api.model import matches
from function.api.workload import Workload

SEGMENT = r"\.*[-A-Za-z0-9_~][-A-Za-z0-9._~]*"
"""A segment of a path. It has more than dots, because an Ingress refuses /./ and /../."""

PathPrefix = Annotated[
    str,
    Field(max_length=256),
    matches(rf"/|(/{SEGMENT})+", "must be an absolute path without a trailing /, . or .., such as /api"),
]


class Backend(Workload):
    """An HTTP API."""

    port: Port = 3001
    """Port that it listens on. The variable PORT holds it too. Default: 3001."""
    paths: Annotated[list[PathPrefix], Field(min_length=1, max_length=16)] | None = None
    """Requests with one of these paths, or a path below it, go to the backend, all others to the frontend.
    Paths aren't rewritten. Default: /api; / without a frontend on the same host."""
    host: Host | None = None
    """A host name of the backend's own, such as api.acme.dev. The hosts of ingress then lead to the frontend
    only. Default: it shares the app's hosts."""
    migrate: Command | None = None
    """Command that migrates the database. It runs at every start of a pod, with the same image and
    environment, so it must be repeatable, take a lock, and tolerate a newer schema. A version
    serves only after its migration succeeded; until then the old version keeps serving."""
    metrics_port: Port | None = None
    """Port that serves /metrics. Default: port."""
    allow_from: Callers = []
    """Who else may call the API within the cluster, where the platform limits that. The app itself always
    may, its workers and jobs too."""
