"""What a real API server makes of a field that only a newer release knows."""

import pytest

from function.api.names import API_VERSION, CLAIM, PLATFORM_NAME, SETTINGS_API_VERSION
from function.cli.kube_yaml import dump
from tests.plane.kubectl import Cluster, Json, RefusedError

NEWER = {"fieldOfTomorrow": True}
NODEAPP: Json = {
    "apiVersion": API_VERSION,
    "kind": CLAIM,
    "metadata": {"name": "shop", "namespace": "default"},
    "spec": {"team": "a", "frontend": {"image": "ghcr.io/acme/shop:1.4.0", **NEWER}},
}
PLATFORM: Json = {
    "apiVersion": SETTINGS_API_VERSION,
    "kind": "Platform",
    "metadata": {"name": PLATFORM_NAME},
    "spec": NEWER,
}


@pytest.mark.parametrize("manifest", [NODEAPP, PLATFORM], ids=lambda each: each["kind"])
def test_an_api_refuses_what_it_does_not_know(cluster: Cluster, manifest: Json) -> None:
    """Applied by Flux, or with kubectl: after an upgrade was taken back, Git may have no newer field."""
    with pytest.raises(RefusedError, match="fieldOfTomorrow: field not declared in schema"):
        cluster.apply(manifest)
    with pytest.raises(RefusedError, match=r'unknown field "spec.*fieldOfTomorrow"'):
        cluster.kubectl("apply", "--dry-run=server", "-f", "-", given=dump([manifest]))
