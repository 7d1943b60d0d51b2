"""What an Ingress can't say: controllers have annotations for it, each its own.

The names are those in the controllers' documentation: ingress-nginx (nginx.ingress.kubernetes.io) and F5's
(nginx.org); HAProxy Technologies' (haproxy.org) and HAProxy Ingress (haproxy-ingress.github.io); Contour.
Where two controllers share the usual name of their IngressClass, both get theirs: neither reads the other's.
"""

from collections.abc import Callable, Mapping

from function.api.duration import seconds
from function.api.platform.ingress import IngressPlatform
from function.place import Place

Annotate = Callable[[str], Mapping[str, str]]
"""A value of the NodeApp as annotations."""


def nginx_timeout(timeout: str) -> Mapping[str, str]:
    """The time between two reads, and between two writes. ingress-nginx takes seconds without a unit."""
    plain, timed = str(seconds(timeout)), f"{seconds(timeout)}s"
    return {
        f"{prefix}/proxy-{way}-timeout": value
        for prefix, value in (("nginx.ingress.kubernetes.io", plain), ("nginx.org", timed))
        for way in ("read", "send")
    }


def nginx_body(size: str) -> Mapping[str, str]:
    """Nginx's units are k, m and g, each 1024 times the one before."""
    value = size[:-1].lower()
    return {
        "nginx.ingress.kubernetes.io/proxy-body-size": value,
        "nginx.org/client-max-body-size": value,
    }


def haproxy_timeout(timeout: str) -> Mapping[str, str]:
    """The time that HAProxy waits for a server."""
    prefixes = ("haproxy.org", "haproxy-ingress.github.io")
    return {f"{prefix}/timeout-server": f"{seconds(timeout)}s" for prefix in prefixes}


def contour_timeout(timeout: str) -> Mapping[str, str]:
    """The time until the whole response has come."""
    return {"projectcontour.io/response-timeout": f"{seconds(timeout)}s"}


TIMEOUT: Mapping[str, Annotate] = {
    "nginx": nginx_timeout,
    "haproxy": haproxy_timeout,
    "contour": contour_timeout,
}
"""Controller → its annotations for a timeout."""
# HAProxy Technologies' controller has no annotation for it, and Contour none at all.
BODY_SIZE: Mapping[str, Annotate] = {"nginx": nginx_body}
"""Controller → its annotations for the size of a body."""


def controller(settings: IngressPlatform) -> str | None:
    """The controller of the platform's IngressClass, which is usually named after it."""
    return settings.controller or settings.class_name


def annotations(place: Place, asked: str | None, known: Mapping[str, Annotate]) -> Mapping[str, str]:
    """The annotations for a field of `ingress`; none where it isn't asked for, or can't be told."""
    annotate = known.get(controller(place.platform.ingress) or "")
    return annotate(asked) if annotate and asked else {}


def granted(
    place: Place, field: str, asked: str | None, known: Mapping[str, Annotate]
) -> tuple[str | None, list[str]]:
    """What is applied of a field of `ingress`, and a sentence if it isn't what is asked."""
    name = controller(place.platform.ingress)
    if asked is None or name in known:
        return asked, []
    whose = f"the controller {name}" if name else "a controller that the Platform doesn't name"
    sentence = (
        f"ingress.{field}: not applied: the function knows no annotation for it of {whose}, but of "
        f"{', '.join(known)}; the platform team can set it in the controller"
    )
    return None, [sentence]
