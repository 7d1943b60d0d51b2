"""The HTTP side of the discovery: Flux Operator's ExternalService API.

starlette and uvicorn serve it. The standard library's http.server has no limit on idle connections, and its
documentation advises against production. What they depend on, httpx2 needs too.
"""

import hmac
import logging
from collections.abc import Callable
from pathlib import Path

from prometheus_client import CollectorRegistry, make_asgi_app
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from fleet_services.discovery.inputs import Doubt
from fleet_services.github.errors import GitHubError
from fleet_services.kubernetes import KubernetesError

LOG = logging.getLogger(__name__)
WAIT = 60
"""Seconds after which the caller may ask again, if nothing says when."""


def application(answer: Callable[[], bytes], token: Path, metrics: CollectorRegistry) -> Starlette:
    """The server. `token`: file with the bearer token that a caller must have."""

    def inputs(request: Request) -> Response:
        """All inputs, or 503: then Flux Operator keeps those that it has."""
        if not allowed(request.headers.get("authorization", ""), token):
            return JSONResponse({"error": "the bearer token is missing or wrong"}, 401)
        try:
            return Response(answer(), media_type="application/json")
        except (Doubt, GitHubError, KubernetesError) as error:
            wait = getattr(error, "wait", 0) or WAIT
            LOG.error("no answer: %s", error)  # noqa: TRY400  # The sentence says it all.
            return JSONResponse({"error": str(error)}, 503, {"Retry-After": f"{wait:.0f}"})

    async def healthy(_: Request) -> Response:
        """The process serves, however many callers wait. GitHub's state is no reason to restart it."""
        return PlainTextResponse("ok")

    routes = [Route("/inputs", inputs), Route("/healthz", healthy), Mount("/metrics", make_asgi_app(metrics))]
    return Starlette(routes=routes)


def allowed(header: str, token: Path) -> bool:
    """Whether a caller has the token. The file is read again each time: it may be rotated."""
    try:
        expected = token.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return False
    return bool(expected) and hmac.compare_digest(header.encode(), f"Bearer {expected}".encode())
