"""How the app is exposed: as asked, else a frontend is exposed and a backend alone is not."""

from function.api.ingress import Ingress
from function.api.nodeapp import Spec
from function.api.platform.gateway import GatewayPlatform
from function.components.route.controllers import BODY_SIZE, TIMEOUT, granted
from function.components.route.host_names import asked_hosts, backend_host
from function.components.route.ingress import has_https
from function.effective import EffectiveIngress
from function.facts import RouteFacts
from function.place import Place


def resolve(place: Place, asked: Spec, facts: RouteFacts) -> tuple[EffectiveIngress | None, list[str]]:
    """The hosts and limits in force, and a sentence for each thing that nobody can be told."""
    own = backend_host(asked)
    if asked.ingress is None and asked.frontend is None and own is None:
        return None, []
    ingress, hosts = asked.ingress or Ingress(), asked_hosts(place, asked)
    if place.platform.gateway:
        tls, held = encrypted(place.platform.gateway, ingress, facts)
        unsaid = no_body_size(place.platform.gateway) if ingress.max_body_size else []
        effective = EffectiveIngress(hosts, own, tls, ingress.timeout, None, ingress.annotations)
        return effective, [*held, *unsaid]
    timeout, no_timeout = granted(place, "timeout", ingress.timeout, TIMEOUT)
    size, no_size = granted(place, "maxBodySize", ingress.max_body_size, BODY_SIZE)
    tls = has_https(place, asked)
    effective = EffectiveIngress(hosts, own, tls, timeout, size, ingress.annotations)
    return effective, [*no_timeout, *no_size]


def encrypted(gateway: GatewayPlatform, asked: Ingress, facts: RouteFacts) -> tuple[bool, list[str]]:
    """Whether the app is reached by https, which the Gateway's listeners decide, and what is held of `tls`.

    While the Gateway isn't known, it is taken for what its settings look like.
    """
    known = facts.https
    if known is None:
        return gateway.redirect_section_name is not None if asked.tls is None else asked.tls, []
    if asked.tls in (None, known):
        return known, []
    listener = f"listener {gateway.section_name}" if gateway.section_name else "each listener"
    protocol = "HTTPS" if known else "HTTP"
    kept = f"ingress.tls: kept {str(known).lower()}: {listener} of {gateway} serves {protocol}"
    return known, [f"{kept}; only the platform team can change that"]


def no_body_size(gateway: GatewayPlatform) -> list[str]:
    """What is said of `maxBodySize`: Gateway API has no field for it."""
    helper = f"the platform team can set it in the controller of {gateway}"
    return [f"ingress.maxBodySize: not applied: an HTTPRoute can't say it; {helper}"]
