"""An app behind a Gateway, on a cluster that serves Gateway API."""

from typing import Any

from function.components.optional import GATEWAY as GATEWAY_API
from function.components.optional import KUBERNETES
from tests.clusters import serve
from tests.simulated.api_server import Ref
from tests.simulated.server_side_apply import Manifest
from tests.simulator import World

HOST = "shop.acme.dev"
ASKED: Manifest = {
    "team": "web",
    "frontend": {"image": "ghcr.io/acme/front:1.0.0"},
    "backend": {"image": "ghcr.io/acme/back:1.0.0"},
    "ingress": {"host": HOST},
}
PUBLIC = {"name": "public", "namespace": "infra", "sectionName": "https", "redirectSectionName": "http"}
PLATFORM = {"gateway": PUBLIC}
WHERE = Ref("Gateway", "infra", "public")
LISTENER = "listener https of Gateway infra/public"


def cluster(spec: Any = ASKED, platform: Any = PLATFORM, *apis: str) -> World:
    """An app on a cluster with these APIs; Gateway API if none is named."""
    return serve(World(spec, platform), *(apis or (KUBERNETES, GATEWAY_API)))
