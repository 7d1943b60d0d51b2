"""How traffic reaches the app from outside."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from function.app import App, Condition, Manifest, Part, Place, Report, Seen, Why, absent
from function.fields import Host
from function.model import BY_PROFILE, Model

if TYPE_CHECKING:
    from function.spec import Spec

CONDITION = "RouteReady"
LABEL = 63
"""Characters that DNS allows between two dots."""
NAME = 253
"""Characters that DNS allows in all."""


class Ingress(Model):
    """Where the app is reached from outside the cluster."""

    host: Host = BY_PROFILE
    """Host name. Default: <app>.<domain>, or <app>-<namespace>.<domain> where app and namespace
    differ, under the platform's domain."""
    hosts: Annotated[list[Host], Field(max_length=16)] = []
    """Further host names that lead to the same app."""
    tls: bool = BY_PROFILE
    """Serve HTTPS, with the certificate in Secret <app>-tls. Default: true where the platform has a
    certificate issuer, which then makes that Secret."""


def generated(place: Place) -> str | None:
    """The host of an app that names none. None: the platform has no domain."""
    label = place.name if place.name == place.namespace else f"{place.name}-{place.namespace}"
    return f"{label}.{place.platform.domain}" if place.platform.domain else None


def resolve(place: Place, asked: "Spec") -> Ingress | None:
    """Where the app is exposed: as asked, else a frontend is exposed and a backend alone is not."""
    if asked.ingress is None and asked.frontend is None:
        return None
    ingress = asked.ingress or Ingress()
    tls = place.platform.ingress.cluster_issuer is not None if ingress.tls is None else ingress.tls
    return ingress.model_copy(update={"host": ingress.host or generated(place), "tls": tls})


def problems(place: Place, asked: "Spec") -> list[str]:
    """A generated host must be one."""
    ingress = resolve(place, asked)
    if ingress is None or ingress.host is None or (asked.ingress and asked.ingress.host):
        return []
    label = ingress.host.partition(".")[0]
    if len(label) > LABEL:
        return [f"spec.ingress.host: the generated name {label} has more than {LABEL} characters; set host"]
    too_long = f"spec.ingress.host: the generated {ingress.host} has more than {NAME} characters; set host"
    return [too_long] if len(ingress.host) > NAME else []


def build(app: App) -> Part:
    """One Ingress for all hosts, where a host is known."""
    ingress = app.spec.ingress
    if ingress is None:
        return absent(CONDITION, "not exposed: a backend alone stays internal until ingress: {} is set")
    if ingress.host is None:
        message = "no host: set ingress.host, or domain on the Platform"
        if app.asked.ingress is None:
            return absent(CONDITION, message)
        return Part(
            {}, lambda seen, why: Report([Condition(CONDITION, ok=False, reason="NoHost", message=message)])
        )
    url = f"{'https' if ingress.tls else 'http'}://{ingress.host}"
    return Part({"ingress": manifest(app, ingress)}, partial(report, url))


def manifest(app: App, ingress: Ingress) -> Manifest:
    """The Ingress. Paths arrive unrewritten, which every controller can do."""
    platform = app.platform.ingress
    hosts = list(dict.fromkeys([ingress.host, *ingress.hosts]))
    issuer = {"cert-manager.io/cluster-issuer": platform.cluster_issuer} if ingress.tls else {}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": app.metadata("route", name=app.name, annotations={**platform.annotations, **issuer}),
        "spec": {
            "ingressClassName": platform.class_name,
            "tls": [{"hosts": hosts, "secretName": f"{app.name}-tls"}] if ingress.tls else None,
            "rules": [{"host": host, "http": {"paths": paths(app)}} for host in hosts],
        },
    }


def paths(app: App) -> list[Manifest]:
    """The backend's path to the backend and all else to the frontend; the one there is gets all."""
    front, back = app.spec.frontend, app.spec.backend
    if front and back:
        return [path(app, back.path, "backend"), path(app, "/", "frontend")]
    return [path(app, "/", "frontend" if front else "backend")]


def path(app: App, prefix: str, role: str) -> Manifest:
    """What begins with a prefix goes to a role."""
    service = {"name": app.named(role), "port": {"name": "http"}}
    return {"path": prefix, "pathType": "Prefix", "backend": {"service": service}}


def report(url: str, seen: Seen, why: Why) -> Report:  # noqa: ARG001  # One signature for all.
    """The URL, as soon as it is asked for."""
    return Report([Condition.working(CONDITION, why)], {"url": url})
