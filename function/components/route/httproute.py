"""The HTTPRoutes: how the app is reached by the Platform's Gateway."""

from collections.abc import Sequence

from function.api.platform.gateway import GatewayPlatform
from function.app import App
from function.components.route.hosts import API, labels
from function.components.route.keys import BACKEND_HTTPROUTE, HTTPROUTE, REDIRECT
from function.components.route.paths import Site, sites
from function.facts import RouteFacts
from function.place import Manifest


def httproutes(app: App, gateway: GatewayPlatform, hosts: Sequence[str]) -> dict[str, Manifest]:
    """The HTTPRoutes for these hosts, by key."""
    return {
        BACKEND_HTTPROUTE if site.own else HTTPROUTE: httproute(app, gateway, site)
        for site in sites(app, hosts)
    }


def httproute(app: App, gateway: GatewayPlatform, site: Site) -> Manifest:
    """The HTTPRoute of a site. Paths aren't rewritten, as with an Ingress."""
    exposed, name = app.spec.ingress, f"{app.name}--backend" if site.own else app.name
    metadata = app.metadata("route", name=name, annotations=exposed.annotations if exposed else {})
    timeout = exposed.timeout if exposed else None
    return {
        "apiVersion": API,
        "kind": "HTTPRoute",
        "metadata": metadata | {"labels": metadata["labels"] | labels(site.hosts)},
        "spec": {
            "parentRefs": [parent(gateway, gateway.section_name)],
            "hostnames": list(site.hosts),
            "rules": [
                {
                    "matches": [{"path": {"type": "PathPrefix", "value": value}} for value in prefixes],
                    "backendRefs": [{"name": app.named(part), "port": 80}],
                    "timeouts": {"request": timeout} if timeout else None,
                }
                for prefixes, part in site.paths
            ],
        },
    }


def kept_gateway(facts: RouteFacts) -> GatewayPlatform | None:
    """The Gateway that the app's HTTPRoutes refer to, where the Platform names none any more."""
    if facts.parent is None:
        return None
    namespace, name, listener = facts.parent
    return GatewayPlatform(name=name, namespace=namespace, section_name=listener or None)


def redirect(app: App, gateway: GatewayPlatform, hosts: Sequence[str]) -> dict[str, Manifest]:
    """What sends plain HTTP to https, by key. Without a listener for it there is none.

    It carries no label of a host: it takes none. No app's name has --, so no other app's route has this name.
    """
    exposed = app.spec.ingress
    if not (hosts and exposed and exposed.tls and gateway.redirect_section_name):
        return {}
    # 301 is one of the two codes that every implementation of Gateway API has.
    to_https = {"type": "RequestRedirect", "requestRedirect": {"scheme": "https", "statusCode": 301}}
    manifest = {
        "apiVersion": API,
        "kind": "HTTPRoute",
        "metadata": app.metadata("route", name=f"{app.name}--redirect"),
        "spec": {
            "parentRefs": [parent(gateway, gateway.redirect_section_name)],
            "hostnames": list(hosts),
            "rules": [{"filters": [to_https]}],
        },
    }
    return {REDIRECT: manifest}


def parent(gateway: GatewayPlatform, listener: str | None) -> Manifest:
    """The reference to a listener of the Gateway."""
    return {
        "group": "gateway.networking.k8s.io",
        "kind": "Gateway",
        "name": gateway.name,
        "namespace": gateway.namespace,
        "sectionName": listener,
    }
