"""What a Platform allows, on a real control plane: a rule refuses an edit, and touches nothing that runs."""

from collections.abc import Iterator
from typing import Any

import pytest

from function.read import at
from tests.live.judging import current, marks, said
from tests.live.story import ROLLOUT, Story
from tests.plane import up
from tests.plane.kubectl import Cluster, wait
from tests.plane.product import function, govern, install
from tests.plane.shared import needs_programs

SPEC: dict[str, Any] = {"team": "a", "environment": "dev", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}}
ELSEWHERE = SPEC | {"backend": {"image": "quay.io/acme/shop:1.5.0"}}
ACME = {"registries": ["ghcr.io/acme"], "overrides": ["backend-deployment"]}


@pytest.fixture(scope="module")
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A control plane whose Platform these tests change."""
    needs_programs(request.config)
    with up.plane() as own:
        up.start(own)
        install(own.cluster)
        with function(own):
            yield own.cluster


def story(cluster: Cluster, namespace: str) -> Story:
    """A new app's story."""
    cluster.kubectl("create", "namespace", namespace)
    return Story(cluster, namespace)


def test_a_rule_refuses_the_new_image_and_the_old_version_stays(cluster: Cluster) -> None:
    """Only the edit isn't Ready: what runs stays as it is. The image is taken from an allowed registry."""
    govern(cluster, {})
    own = story(cluster, "registries")
    own.runs(SPEC)
    before = marks(own.objects(), "generation")

    govern(cluster, ACME)
    own.write(ELSEWHERE)
    message = own.told("Accepted", "Refused")
    assert message.startswith(
        "spec.backend.image: must be in one of the Platform's registries: ghcr.io/acme;"
    )
    assert "push it there, such as ghcr.io/acme/shop:1.5.0" in message
    claim = own.until(lambda claim: said(claim, "Ready")[0] == "False")
    assert said(claim, "BackendReady")[:2] == ("True", "Available")
    assert said(claim, "PolicyCompliant")[0] == "True"
    assert marks(own.objects(), "generation") == before
    assert own.see("deployment", "backend")["spec"]["template"]["spec"]["containers"][0]["image"].endswith(
        "1.4.0"
    )

    fixed = SPEC | {"backend": {"image": "ghcr.io/acme/shop:1.5.0"}}
    own.write(fixed)
    own.reconciled(fixed)


def test_what_runs_and_breaks_a_new_rule_keeps_running(cluster: Cluster) -> None:
    """It stays Ready, and PolicyCompliant names the rule."""
    govern(cluster, {})
    own = story(cluster, "tightened")
    own.runs(ELSEWHERE)
    before = marks(own.objects(), "generation")

    govern(cluster, ACME)
    own.nudged()  # Crossplane 2.3 sees another Platform only when it reconciles.
    message = own.told("PolicyCompliant", "Breach")
    assert message.startswith("would be refused today: spec.backend.image: must be in one of the Platform's")
    assert current(own.claim(), ELSEWHERE)
    assert marks(own.objects(), "generation") == before


def test_deleting_the_platform_changes_nothing_and_says_so(cluster: Cluster) -> None:
    """An image that a rule refused isn't taken because the rule is gone."""
    govern(cluster, ACME)
    own = story(cluster, "unruled")
    own.runs(SPEC)
    before = marks(own.objects(), "generation")

    cluster.delete("platform", "default")
    own.write(ELSEWHERE)
    own.told("Accepted", "PlatformMissing", "nothing is changed until it is applied again")
    assert marks(own.objects(), "generation") == before

    govern(cluster, ACME)
    own.told("Accepted", "Refused")
    assert marks(own.objects(), "generation") == before


def test_a_null_in_an_override_removes_a_field(cluster: Cluster) -> None:
    """API server and Crossplane carry the patch as it is written, from the NodeApp to its status. So Flux
    sees the commit take effect."""
    govern(cluster, ACME)
    own = story(cluster, "overridden")
    own.runs(SPEC)
    pod = own.see("deployment", "backend")["spec"]["template"]["spec"]
    assert pod["enableServiceLinks"] is False

    aliases = [{"ip": "10.0.0.1", "hostnames": ["legacy"]}]
    patch = {"spec": {"template": {"spec": {"enableServiceLinks": None, "hostAliases": aliases}}}}
    overriding = SPEC | {"overrides": {"backend-deployment": patch}}
    own.write(overriding)
    assert own.claim()["spec"]["overrides"] == overriding["overrides"]
    own.reconciled(overriding)
    pod = own.see("deployment", "backend")["spec"]["template"]["spec"]
    assert pod.get("enableServiceLinks") is not False
    assert pod["hostAliases"] == aliases

    own.write(SPEC)
    own.reconciled(SPEC)
    pod = wait(
        lambda: at(own.see("deployment", "backend"), "spec", "template", "spec"),
        lambda pod: "hostAliases" not in pod,
        ROLLOUT,
    )
    assert pod["enableServiceLinks"] is False


def test_a_misspelt_field_of_a_crd_stops_the_app_until_it_is_reverted(cluster: Cluster) -> None:
    """Crossplane can't apply an object with a field that its CRD lacks. The database stays as it is."""
    govern(cluster, {"overrides": ["database-cluster"]})
    own, spec = story(cluster, "misspelt"), SPEC | {"database": {"version": 17}}
    own.runs(spec)
    before = own.database()["spec"]

    patch = {"spec": {"affinity": {"nodeSelectr": {"disk": "ssd"}}}}
    own.write(spec | {"overrides": {"database-cluster": patch}})
    own.until(lambda claim: said(claim, "Accepted")[0] == "Unknown")
    assert own.database()["spec"] == before

    own.write(spec)
    own.reconciled(spec)
    assert own.database()["spec"] == before
