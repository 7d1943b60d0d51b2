"""Kubernetes' own autoscaler: what it decides stays, and turning one on or off drops no pods."""

from typing import Any

from tests.live.story import Story
from tests.plane.kubectl import wait

BACKEND: dict[str, Any] = {"image": "ghcr.io/acme/shop:1.4.0"}
FIVE = {"team": "a", "backend": BACKEND | {"replicas": 5}}
SCALED = {"team": "a", "backend": BACKEND | {"scaling": {"min": 2, "max": 10}}}


def pods(story: Story) -> int:
    """Pods that the backend's Deployment asks for."""
    count: int = story.see("deployment", "backend")["spec"]["replicas"]
    return count


def test_scaling_on_and_off_keeps_the_pods(story: Story) -> None:
    """Five pods stay five in every state of the Deployment, with an autoscaler and without it again."""
    story.runs(FIVE)
    with story.history("apis/apps/v1", "deployments") as states:
        story.runs(SCALED)
        assert story.see("hpa", "backend")["spec"]["maxReplicas"] == 10
        story.runs(FIVE)
        numbers = {state["spec"]["replicas"] for state in states()}
    assert numbers | {pods(story)} == {5}  # There may be no other state at all.


def test_an_autoscaler_of_somebody_else_decides(story: Story) -> None:
    """It wants at least six pods. An edit of the NodeApp, which says nothing of it, leaves them."""
    story.runs({"team": "a", "backend": BACKEND})
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": f"{story.app}-backend"}
    story.cluster.apply(
        {
            "apiVersion": "autoscaling/v2",
            "kind": "HorizontalPodAutoscaler",
            "metadata": {"name": "theirs", "namespace": story.namespace},
            "spec": {"scaleTargetRef": target, "minReplicas": 6, "maxReplicas": 9},
        },
        manager="somebody-else",
    )
    wait(lambda: pods(story), lambda count: count == 6)

    with story.history("apis/apps/v1", "deployments") as states:
        story.runs({"team": "a", "backend": BACKEND | {"env": {"LOG_LEVEL": "debug"}}})
        numbers = {state["spec"]["replicas"] for state in states()}
    assert numbers == {6}
