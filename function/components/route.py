"""How traffic reaches the app from outside."""

from collections.abc import Mapping, Sequence
from functools import partial

from function.api.nodeapp import Spec
from function.api.status import Status
from function.app import App, Component, Observed, Part, absent
from function.components.host_names import asked_hosts, problems
from function.components.hosts import (
    ROUTE_KEY,
    ROUTE_READY,
    holders,
    labels,
    lookups,
    read,
    unanswered,
)
from function.effective import EffectiveIngress
from function.facts import RouteFacts
from function.place import Manifest, Place
from function.report import Condition, ConditionType, Report, Why

READY = ConditionType(ROUTE_READY, part="route", gates=True)


def resolve(place: Place, asked: Spec, facts: RouteFacts) -> tuple[EffectiveIngress | None, list[str]]:  # noqa: ARG001  # One signature for all.
    """Where the app is exposed: as asked, else a frontend is exposed and a backend alone is not."""
    ingress = asked.ingress
    if ingress is None and asked.frontend is None:
        return None, []
    tls = ingress.tls if ingress else None
    has_issuer = place.platform.ingress.cluster_issuer is not None
    return EffectiveIngress(asked_hosts(place, asked), has_issuer if tls is None else tls), []


def build(app: App) -> Part:
    """One Ingress for the hosts that are this app's. Until that is known of all, it stays as it is."""
    ingress, facts = app.spec.ingress, app.facts.ingress
    if ingress is None:
        return absent(READY, "not exposed: a backend alone stays internal until ingress: {} is set")
    if not ingress.hosts:
        message = "no host: set ingress.host, or domain on the Platform"
        if app.asked.ingress is None:
            return absent(READY, message)
        return Part(report=lambda observed, why: Report([READY.false("NoHost", message)]))
    taken = holders(ingress.hosts, facts)
    waits = unanswered(ingress.hosts, facts)
    hosts = facts.served if waits else [host for host in ingress.hosts if host not in taken]
    url = f"{'https' if ingress.tls else 'http'}://{hosts[0]}" if hosts else None
    return Part(
        {ROUTE_KEY: manifest(app, hosts, tls=ingress.tls)} if hosts else {},
        partial(report, url, missing(waits, taken) or good(app, tls=ingress.tls)),
        lookups=lookups(ingress.hosts, facts),
    )


def missing(waits: Sequence[str], taken: Mapping[str, str]) -> Condition | None:
    """RouteReady where not all hosts are served. `taken`: host → the NodeApp that had it first."""
    if waits:
        return READY.false("LookingUp", f"looks whether another app has the host {', '.join(waits)} first")
    if not taken:
        return None
    whose = "; ".join(f"{host} belongs to NodeApp {owner}" for host, owner in taken.items())
    message = f"{whose}, which had it first; choose another host, or remove it there"
    return READY.false("HostTaken", message)


def good(app: App, *, tls: bool) -> Condition:
    """RouteReady while it is True. Nothing here may read a Secret, so a certificate that nobody issues may be
    missing: that is said, with the name that it needs."""
    if not tls or app.platform.ingress.cluster_issuer:
        return READY.true("Available")
    message = (
        f"HTTPS needs a certificate in Secret {tls_secret(app)} of namespace {app.namespace}: the Platform "
        "names no ingress.clusterIssuer, so nobody issues one, and the function can't see whether it exists"
    )
    return READY.true("OwnCertificate", message)


def tls_secret(app: App) -> str:
    """The Secret with the certificate."""
    return f"{app.name}-tls"


def manifest(app: App, hosts: Sequence[str], *, tls: bool) -> Manifest:
    """The Ingress. Paths aren't rewritten: an Ingress has no portable way to do that."""
    platform = app.platform.ingress
    issuer = {"cert-manager.io/cluster-issuer": platform.cluster_issuer} if tls else {}
    metadata = app.metadata("route", name=app.name, annotations={**platform.annotations, **issuer})
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": metadata | {"labels": metadata["labels"] | labels(hosts)},
        "spec": {
            "ingressClassName": platform.class_name,
            "tls": [{"hosts": list(hosts), "secretName": tls_secret(app)}] if tls else None,
            "rules": [{"host": host, "http": {"paths": paths(app)}} for host in hosts],
        },
    }


def paths(app: App) -> list[Manifest]:
    """The backend's path goes to the backend, the rest to the frontend. Alone, either gets all paths."""
    frontend, backend = app.spec.frontend, app.spec.backend
    if frontend and backend:
        return [path(app, backend.path, "backend"), path(app, "/", "frontend")]
    return [path(app, "/", "frontend" if frontend else "backend")]


def path(app: App, prefix: str, component: str) -> Manifest:
    """The rule that sends a path prefix to a component."""
    service = {"name": app.named(component), "port": {"name": "http"}}
    return {"path": prefix, "pathType": "Prefix", "backend": {"service": service}}


def report(url: str | None, verdict: Condition, observed: Observed, why: Why) -> Report:  # noqa: ARG001  # One signature for all.
    """RouteReady and the URL, which is known before the Ingress is ready."""
    condition = READY.of_objects(why)
    return Report([verdict if condition.ok or not verdict.ok else condition], Status(url=url))


ROUTE = Component(name="ingress", condition=READY, read=read, problems=problems, resolve=resolve, build=build)
