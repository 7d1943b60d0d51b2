"""The hosts of an app: those that it asks for, else the generated one."""

from collections.abc import Iterator

from function.api.fields import HOST_SEPARATOR
from function.api.nodeapp import Spec
from function.components import policy
from function.facts import RouteFacts
from function.place import Place

LABEL_MAX = 63
"""Characters that DNS allows between two dots."""
HOST_MAX = 253
"""Characters that DNS allows in all."""


def generated(place: Place) -> str | None:
    """The generated host, for an app that names none. None: the platform has no domain."""
    label = place.name if place.name == place.namespace else f"{place.name}{HOST_SEPARATOR}{place.namespace}"
    return f"{label}.{place.platform.domain}" if place.platform.domain else None


def asked_hosts(place: Place, asked: Spec) -> list[str]:
    """The hosts that lead to the app as a whole: asked for or generated, each once."""
    ingress = asked.ingress
    if ingress is None and asked.frontend is None:
        return []
    host = (ingress.host if ingress else None) or generated(place)
    hosts = [*([host] if host else []), *(ingress.hosts if ingress else [])]
    return list(dict.fromkeys(hosts))


def backend_host(asked: Spec) -> str | None:
    """The backend's own host."""
    return asked.backend.host if asked.backend else None


def problems(place: Place, asked: Spec, facts: RouteFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """Hosts that can't be, and hosts and annotations that the Platform doesn't allow."""
    return [
        *ungenerated(place, asked),
        *outside(place, asked),
        *shared(place, asked),
        *policy.annotations(place, asked.ingress),
    ]


def outside(place: Place, asked: Spec) -> list[str]:
    """The hosts that lie under none of the Platform's domains. A generated one always does."""
    allowed = f"one of the Platform's domains: {', '.join(place.platform.domains)}"
    return [
        f"spec.{where}: {host} must be or lie under {allowed}"
        for where, host in written(asked)
        if not place.platform.allows(host)
    ]


def written(asked: Spec) -> Iterator[tuple[str, str]]:
    """The hosts that a spec names, each with its field."""
    if asked.ingress and asked.ingress.host:
        yield "ingress.host", asked.ingress.host
    if asked.ingress:
        yield from ((f"ingress.hosts.{index}", host) for index, host in enumerate(asked.ingress.hosts))
    if host := backend_host(asked):
        yield "backend.host", host


def shared(place: Place, asked: Spec) -> list[str]:
    """The backend's own host, where it is the generated one. The API server can't know that one."""
    host = backend_host(asked)
    if host is None or host not in asked_hosts(place, asked):
        return []
    return [f"spec.backend.host: {host} is the app's generated host; choose another, or set ingress.host"]


def ungenerated(place: Place, asked: Spec) -> list[str]:
    """Why there can't be a generated host, which must be valid, and one that can have a certificate."""
    host = generated(place)
    exposed = asked.ingress or asked.frontend
    if not exposed or host is None or (asked.ingress and asked.ingress.host):
        return []
    label = host.partition(".")[0]
    if label[2:4] == HOST_SEPARATOR:
        why = "certificate authorities refuse names with -- after two letters"
        return [f"spec.ingress.host: the generated name is {label}, and {why}; set host"]
    if len(label) > LABEL_MAX:
        return [
            f"spec.ingress.host: the generated name {label} has more than {LABEL_MAX} characters; set host"
        ]
    too_long = f"spec.ingress.host: the generated {host} has more than {HOST_MAX} characters; set host"
    return [too_long] if len(host) > HOST_MAX else []
