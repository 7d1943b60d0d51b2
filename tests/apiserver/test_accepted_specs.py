"""What is accepted can run: the API server admits every object that is composed of a spec at the edge."""

from typing import Any

import pytest

from tests.apiserver.test_apps import dry_run, moved
from tests.plane.kubectl import Cluster
from tests.simulator import World
from tests.verdicts import ACCEPTED

PLATFORM: dict[str, Any] = {
    "cloudRole": {"annotations": {"acme.dev/role": "{namespace}-{app}"}},
    "database": {"objectStore": {"destinationPath": "s3://backups"}, "restoreFrom": ["c"]},
    "domain": "acme.dev",
    "overrides": ["*"],
    "prometheus": {},
}
"""It lets apps ask for everything."""
APP = "x"
"""Name of the app: the Secrets that a spec names are its own then."""


def with_images(spec: dict[str, Any]) -> dict[str, Any]:
    """A spec whose parts have images: without one there is no Deployment to judge."""
    parts = {part: spec[part] for part in ("frontend", "backend") if part in spec}
    return spec | {part: asked | {"image": asked.get("image") or "a:1"} for part, asked in parts.items()}


@pytest.mark.parametrize("spec", ACCEPTED, ids=str)
def test_what_is_composed_of_an_accepted_spec_is_admitted(
    cluster: Cluster, restricted: str, spec: dict[str, Any]
) -> None:
    """No field is accepted for which Kubernetes or an operator then refuses the object."""
    world = World(with_images(spec), PLATFORM, name=APP).settle()
    assert world.condition("Accepted").status == "True"
    objects = [moved(key, manifest, restricted) for key, manifest in sorted(world.state.items())]
    assert dry_run(cluster, "crossplane", *objects) == len(objects) > 0
