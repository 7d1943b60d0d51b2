"""A host belongs to the app that had it first, in whatever namespace."""

from tests.live.judging import said
from tests.live.story import ROLLOUT, Story
from tests.plane.kubectl import Json


def exposed(host: str) -> Json:
    """A frontend with a host."""
    return {"team": "a", "frontend": {"image": "ghcr.io/acme/web:1.4.0"}, "ingress": {"host": host}}


def test_the_second_app_waits_for_the_host(story: Story) -> None:
    """It is told whose the host is, composes no route, and gets it once the first app leaves it."""
    host = f"{story.namespace}.example.org"
    story.runs(exposed(host))
    second = Story(story.cluster, f"{story.namespace}-too", "cafe")
    second.cluster.kubectl("create", "namespace", second.namespace)
    second.write(exposed(host))

    owner = f"{host} belongs to NodeApp {story.namespace}/{story.app}, which had it first"
    assert second.told("RouteReady", "HostTaken").startswith(owner)
    assert not second.cluster.all("ingresses", second.namespace)
    assert said(story.claim(), "RouteReady")[0] == "True"

    story.runs(exposed(f"other-{host}"))
    second.until(lambda claim: said(claim, "RouteReady")[0] == "True", ROLLOUT)
    second.cluster.delete("namespace", second.namespace)
