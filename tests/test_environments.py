"""One app in two clusters: each takes the overlay of its own environment, in the same namespace."""

import pytest
import yaml

from tests.deploy_repository import EXAMPLE
from tests.fleet import CLUSTERS, FLEET, Json, built, inputs, one, rendered

ENTRY: Json = yaml.safe_load((FLEET / "registry" / "dashboard.yaml").read_text())


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_takes_the_overlay_of_its_environment(cluster: str) -> None:
    """Whatever the entry says, and the overlay has the NodeApp that Flux may write there."""
    registry = one(built(FLEET / "clusters" / cluster), "Kustomization", "registry")
    [patch] = yaml.safe_load(registry["spec"]["patches"][0]["patch"])
    values = inputs(ENTRY) | {patch["path"].rpartition("/")[2]: patch["value"]}
    objects = rendered(one(built(FLEET / "apps"), "ResourceSet", "nodeapps"), values)
    overlay = EXAMPLE / one(objects, "Kustomization", "dashboard")["spec"]["path"]
    [nodeapp] = built(overlay)
    assert nodeapp["spec"]["environment"] == cluster
    metadata = one(objects, "Role", "flux-nodeapp")["metadata"]
    named = {key: nodeapp["metadata"][key] for key in ("name", "namespace")}
    assert named == {"name": "dashboard", "namespace": metadata["namespace"]}
    assert (
        f"clusters/{cluster}/settings"
        in one(built(FLEET / "clusters" / cluster), "Kustomization", "settings")["spec"]["path"]
    )
    settings = yaml.safe_load((FLEET / f"clusters/{cluster}/settings/platform.yaml").read_text())
    assert settings["spec"]["environment"] == cluster
