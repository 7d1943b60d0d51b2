"""What is rendered is judged by a cluster's own admission before it is committed, as docs/command.md says."""

import pytest
import yaml

from function.api.names import API_VERSION, CLAIM
from tests.command.terminal import Terminal
from tests.command.webhook import refusing
from tests.generate import ROOT
from tests.live.story import Story
from tests.plane.kubectl import RefusedError
from tests.plane.plane import Plane

ASKED = ("apply", "--dry-run=server", "-l", "app.kubernetes.io/part-of", "-f", "-")


def test_a_policy_judges_what_is_rendered(plane: Plane, story: Story, terminal: Terminal) -> None:
    """A webhook's refusal is seen without a commit, and nothing is stored."""
    assert f"| kubectl {' '.join(ASKED)}\n" in (ROOT / "docs" / "command.md").read_text()
    metadata = {"name": "shop", "namespace": story.namespace}
    spec = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}}
    app = {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": spec}
    rendered = terminal.run("render", given=yaml.safe_dump(app)).out

    assert "deployment.apps/shop-backend created (server dry run)" in plane.cluster.kubectl(
        *ASKED, given=rendered
    )
    with refusing(plane, story.namespace), pytest.raises(RefusedError, match="images must be signed"):
        plane.cluster.kubectl(*ASKED, given=rendered)
    assert plane.cluster.all("deployments", story.namespace) == []
