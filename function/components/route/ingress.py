"""The Ingress: how the app is reached where the Platform names no Gateway."""

from collections.abc import Sequence

from function.api.nodeapp import Spec
from function.app import App
from function.components.owned_secrets import tls_secret
from function.components.route.controllers import BODY_SIZE, TIMEOUT, annotations
from function.components.route.hosts import labels
from function.components.route.paths import Site, sites
from function.place import Manifest, Place


def has_https(place: Place, asked: Spec) -> bool:
    """Whether an Ingress of the app serves HTTPS."""
    tls = asked.ingress.tls if asked.ingress else None
    return place.platform.ingress.cluster_issuer is not None if tls is None else tls


def ingress(app: App, hosts: Sequence[str]) -> Manifest:
    """The Ingress for these hosts. Paths aren't rewritten: an Ingress has no portable way to do that."""
    platform, tls = app.platform.ingress, has_https(app, app.asked)
    issuer = {"cert-manager.io/cluster-issuer": platform.cluster_issuer} if tls else {}
    own = app.spec.ingress.annotations if app.spec.ingress else {}
    every = {**platform.annotations, **own, **limits(app), **issuer}
    metadata = app.metadata("route", name=app.name, annotations=every)
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": metadata | {"labels": metadata["labels"] | labels(hosts)},
        "spec": {
            "ingressClassName": platform.class_name,
            "tls": [{"hosts": list(hosts), "secretName": tls_secret(app)}] if tls else None,
            "rules": [rule(app, host, site) for site in sites(app, hosts) for host in site.hosts],
        },
    }


def limits(app: App) -> dict[str, str]:
    """The annotations for how long a request may take, and how large it may be."""
    asked = app.asked.ingress
    if asked is None:
        return {}
    of_timeout = annotations(app, asked.timeout, TIMEOUT)
    return {**of_timeout, **annotations(app, asked.max_body_size, BODY_SIZE)}


def rule(app: App, host: str, site: Site) -> Manifest:
    """The rule for one host."""
    paths = [path(app, prefix, part) for prefixes, part in site.paths for prefix in prefixes]
    return {"host": host, "http": {"paths": paths}}


def path(app: App, prefix: str, part: str) -> Manifest:
    """What sends a path prefix to a part."""
    service = {"name": app.named(part), "port": {"name": "http"}}
    return {"path": prefix, "pathType": "Prefix", "backend": {"service": service}}


def certificate(app: App) -> str | None:
    """The name of the Certificate that cert-manager makes for the Ingress; None if it makes none."""
    exposed, issuer = app.spec.ingress, app.platform.ingress.cluster_issuer
    if app.platform.gateway or exposed is None:
        return None
    return tls_secret(app) if exposed.tls and exposed.hosts and issuer else None
