"""The component of the route: who has its hosts, what is composed for them, and what it reports."""

from collections.abc import Sequence
from functools import partial

from function.api.ingress import Ingress
from function.api.nodeapp import Spec
from function.api.status import Status
from function.app import App, Component, Observed, Part, absent
from function.components.route.condition import NO_HOST, READY, good, missing
from function.components.route.controllers import BODY_SIZE, TIMEOUT, granted
from function.components.route.host_names import asked_hosts, backend_host, problems
from function.components.route.hosts import ROUTE_KEY, holders, lookups, read, unanswered
from function.components.route.ingress import ingress
from function.effective import EffectiveIngress
from function.facts import RouteFacts
from function.place import Place
from function.report import Condition, Report, Why


def resolve(place: Place, asked: Spec, facts: RouteFacts) -> tuple[EffectiveIngress | None, list[str]]:  # noqa: ARG001  # One signature for all.
    """Where the app is exposed: as asked, else a frontend is exposed and a backend alone is not."""
    own = backend_host(asked)
    if asked.ingress is None and asked.frontend is None and own is None:
        return None, []
    ingress = asked.ingress or Ingress()
    has_issuer = place.platform.ingress.cluster_issuer is not None
    timeout, no_timeout = granted(place, "timeout", ingress.timeout, TIMEOUT)
    size, no_size = granted(place, "maxBodySize", ingress.max_body_size, BODY_SIZE)
    effective = EffectiveIngress(
        asked_hosts(place, asked),
        own,
        tls=has_issuer if ingress.tls is None else ingress.tls,
        timeout=timeout,
        max_body_size=size,
        annotations=ingress.annotations,
    )
    return effective, [*no_timeout, *no_size]


def build(app: App) -> Part:
    """The route for the hosts that are this app's. Until that is known of all, it stays as it is."""
    exposed, facts = app.spec.ingress, app.facts.ingress
    if exposed is None:
        return absent(READY, "not exposed: a backend alone stays internal until ingress: {} is set")
    hosts = exposed.all_hosts()
    if not hosts and app.asked.ingress is None:
        return absent(READY, NO_HOST.message)
    taken, waits = holders(hosts, facts), unanswered(hosts, facts)
    served = facts.served if waits else [host for host in hosts if host not in taken]
    return Part(
        {ROUTE_KEY: ingress(app, served, tls=exposed.tls)} if served else {},
        partial(
            report, url(served, tls=exposed.tls), missing(app, waits, taken) or good(app, tls=exposed.tls)
        ),
        lookups=lookups(hosts, facts),
    )


def url(hosts: Sequence[str], *, tls: bool) -> str | None:
    """The app's address: its first host that is one name. It is known before the route is ready."""
    named = (host for host in hosts if not host.startswith("*"))
    return next((f"{'https' if tls else 'http'}://{host}" for host in named), None)


def report(address: str | None, verdict: Condition, observed: Observed, why: Why) -> Report:  # noqa: ARG001  # One signature for all.
    """RouteReady and the URL."""
    condition = READY.of_objects(why)
    return Report([verdict if condition.ok or not verdict.ok else condition], Status(url=address))


ROUTE = Component(name="ingress", condition=READY, read=read, problems=problems, resolve=resolve, build=build)
