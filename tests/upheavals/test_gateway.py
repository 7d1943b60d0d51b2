"""All apps of a cluster move from Ingress to a Gateway, to another domain, and back."""

from collections.abc import Iterator

import pytest

from function.read import at
from tests.live.judging import said
from tests.live.story import ROLLOUT, Story
from tests.plane import gateways
from tests.plane.kubectl import Cluster, Json, wait
from tests.plane.plane import Plane
from tests.plane.product import STORE, function, govern

PUBLIC = {"name": "public", "namespace": "infra", "sectionName": "https", "redirectSectionName": "http"}
INGRESS = {"domain": "old.example.org", "ingress": {"className": "traefik"}}
BOTH = INGRESS | {"gateway": PUBLIC}
APP = {"team": "a", "frontend": {"image": "ghcr.io/acme/web:1.4.0"}}
API = {
    "team": "a",
    "backend": {"image": "ghcr.io/acme/api:1.4.0", "host": "api.example.org", "paths": ["/v1", "/v2"]},
}


@pytest.fixture
def cluster(plane: Plane) -> Iterator[Cluster]:
    """The control plane with the function, whose Platform is as it was in the end."""
    govern(plane.cluster, INGRESS)
    plane.cluster.kubectl("create", "namespace", PUBLIC["namespace"])
    with function(plane):
        yield plane.cluster
        govern(plane.cluster, {"database": {"objectStore": STORE}})


def story(cluster: Cluster, name: str, spec: Json) -> Story:
    """An app that runs, in a namespace of its name."""
    cluster.kubectl("create", "namespace", name)
    own = Story(cluster, name, name)
    own.runs(spec)
    return own


def hosts(own: Story) -> dict[str, list[str]]:
    """The hosts of the app's HTTPRoutes, by the routes' names."""
    routes = own.cluster.all(gateways.ROUTES, own.namespace)
    return {each["metadata"]["name"]: each["spec"]["hostnames"] for each in routes}


def decide(cluster: Cluster, platform: Json, *apps: Story) -> None:
    """The platform engineer's decision. Crossplane 2.3 asks the function again only when the app changes."""
    govern(cluster, platform)
    for own in apps:
        own.nudged()


def version(manifest: Json | None) -> int:
    """When an object was written last: all objects of a cluster share one count."""
    return int(at(manifest, "metadata", "resourceVersion"))


def ready(own: Story) -> Json:
    """The NodeApp, once its route serves."""
    return own.until(lambda claim: said(claim, "RouteReady")[:2] == ("True", "Available"), ROLLOUT)


def test_apps_move_to_a_gateway(cluster: Cluster) -> None:
    """Without a moment in which neither kind of route is there, and with every host in the end."""
    web, api = story(cluster, "web", APP), story(cluster, "api", API)
    decide(cluster, BOTH, web, api)
    for own in (web, api):
        missing = "Gateway infra/public isn't there; the platform team must create it"
        assert own.told("RouteReady", "NoGateway").startswith(missing)
        assert cluster.all("ingresses", own.namespace)

    with gateways.controller(cluster):
        with web.history("apis/networking.k8s.io/v1", "ingresses") as states:
            gateways.serve(cluster, PUBLIC)
            wait(lambda: cluster.all("ingresses", web.namespace), lambda found: not found, ROLLOUT)
            gateway = cluster.get(gateways.GATEWAYS, PUBLIC["name"], PUBLIC["namespace"])
            assert version(gateway) < version(states()[-1]), "the Ingress went before the Gateway served"
        assert ready(web)["status"]["url"] == "https://web.old.example.org"
        assert hosts(web) == {"web": ["web.old.example.org"], "web--redirect": ["web.old.example.org"]}
        ready(api)
        assert hosts(api) == {"api--backend": ["api.example.org"], "api--redirect": ["api.example.org"]}

        decide(cluster, BOTH | {"domain": "new.example.org"}, web, api)
        moved = ["web.new.example.org"]
        wait(lambda: hosts(web), lambda now: now == {"web": moved, "web--redirect": moved}, ROLLOUT)
        assert ready(web)["status"]["url"] == "https://web.new.example.org"
        assert hosts(api) == {"api--backend": ["api.example.org"], "api--redirect": ["api.example.org"]}

        decide(cluster, INGRESS, web, api)
        for own in (web, api):
            wait(lambda own=own: hosts(own), lambda routes: not routes, ROLLOUT)  # type: ignore[misc]
            assert cluster.all("ingresses", own.namespace)
            ready(own)
