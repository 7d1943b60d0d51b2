"""How traffic reaches the app from outside."""

from functools import partial

from function.api.nodeapp import Spec
from function.api.status import Status
from function.app import App, Component, Observed, Part, absent
from function.effective import EffectiveIngress
from function.place import Manifest, Place
from function.report import Condition, ConditionType, Report, Why

READY = ConditionType("RouteReady", part="route", gates=True)

LABEL_MAX = 63
"""Characters that DNS allows between two dots."""
HOST_MAX = 253
"""Characters that DNS allows in all."""


def generated(place: Place) -> str | None:
    """The generated host, for an app that names none. None: the platform has no domain."""
    label = place.name if place.name == place.namespace else f"{place.name}-{place.namespace}"
    return f"{label}.{place.platform.domain}" if place.platform.domain else None


def resolve(place: Place, asked: Spec, facts: None) -> tuple[EffectiveIngress | None, list[str]]:  # noqa: ARG001  # One signature for all.
    """Where the app is exposed: as asked, else a frontend is exposed and a backend alone is not."""
    ingress = asked.ingress
    if ingress is None and asked.frontend is None:
        return None, []
    host = (ingress.host if ingress else None) or generated(place)
    hosts = [*([host] if host else []), *(ingress.hosts if ingress else [])]
    tls = ingress.tls if ingress else None
    has_issuer = place.platform.ingress.cluster_issuer is not None
    return EffectiveIngress(list(dict.fromkeys(hosts)), has_issuer if tls is None else tls), []


def problems(place: Place, asked: Spec, facts: None) -> list[str]:  # noqa: ARG001  # One signature for all.
    """A generated host must be a valid host name."""
    host = generated(place)
    exposed = asked.ingress or asked.frontend
    if not exposed or host is None or (asked.ingress and asked.ingress.host):
        return []
    label = host.partition(".")[0]
    if len(label) > LABEL_MAX:
        return [
            f"spec.ingress.host: the generated name {label} has more than {LABEL_MAX} characters; set host"
        ]
    too_long = f"spec.ingress.host: the generated {host} has more than {HOST_MAX} characters; set host"
    return [too_long] if len(host) > HOST_MAX else []


def build(app: App) -> Part:
    """One Ingress for all hosts, where a host is known."""
    ingress = app.spec.ingress
    if ingress is None:
        return absent(READY, "not exposed: a backend alone stays internal until ingress: {} is set")
    if not ingress.hosts:
        message = "no host: set ingress.host, or domain on the Platform"
        if app.asked.ingress is None:
            return absent(READY, message)
        return Part(report=lambda observed, why: Report([READY.false("NoHost", message)]))
    url = f"{'https' if ingress.tls else 'http'}://{ingress.hosts[0]}"
    return Part({"ingress": manifest(app, ingress)}, partial(report, url, good(app, ingress)))


def good(app: App, ingress: EffectiveIngress) -> Condition:
    """RouteReady while it is True. Nothing here may read a Secret, so a certificate that nobody issues may be
    missing: that is said, with the name that it needs."""
    if not ingress.tls or app.platform.ingress.cluster_issuer:
        return READY.true("Available")
    message = (
        f"HTTPS needs a certificate in Secret {tls_secret(app)} of namespace {app.namespace}: the Platform "
        "names no ingress.clusterIssuer, so nobody issues one, and the function can't see whether it exists"
    )
    return READY.true("OwnCertificate", message)


def tls_secret(app: App) -> str:
    """The Secret with the certificate."""
    return f"{app.name}-tls"


def manifest(app: App, ingress: EffectiveIngress) -> Manifest:
    """The Ingress. Paths aren't rewritten: an Ingress has no portable way to do that."""
    platform, hosts = app.platform.ingress, list(ingress.hosts)
    issuer = {"cert-manager.io/cluster-issuer": platform.cluster_issuer} if ingress.tls else {}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": app.metadata("route", name=app.name, annotations={**platform.annotations, **issuer}),
        "spec": {
            "ingressClassName": platform.class_name,
            "tls": [{"hosts": hosts, "secretName": tls_secret(app)}] if ingress.tls else None,
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


def report(url: str, good: Condition, observed: Observed, why: Why) -> Report:  # noqa: ARG001  # One signature for all.
    """RouteReady and the URL, which is known before the Ingress is ready."""
    condition = READY.of_objects(why)
    return Report([good if condition.ok else condition], Status(url=url))


ROUTE = Component(name="ingress", condition=READY, problems=problems, resolve=resolve, build=build)
