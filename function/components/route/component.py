"""The component of the route: who has its hosts, what is composed for them, and what it reports."""

from collections.abc import Mapping, Sequence

from function.api.status import Status
from function.app import App, Bound, Component, Lookup, Observed, Part
from function.components import optional
from function.components.route import gateway
from function.components.route.condition import NO_HOST, READY, good, missing, without_api
from function.components.route.facts import read
from function.components.route.host_names import problems
from function.components.route.hosts import holders, lookups, unanswered
from function.components.route.httproute import httproutes, kept_gateway, redirect
from function.components.route.ingress import ingress
from function.components.route.keys import HTTPROUTES, INGRESS, REDIRECT
from function.components.route.parents import route_problem
from function.components.route.resolve import resolve
from function.place import Manifest
from function.report import Condition, Report, Why


def build(app: App) -> Part:
    """The routes for the hosts that are this app's. Until that is known of all, they stay as they are."""
    exposed, facts, by_gateway = app.spec.ingress, app.facts.ingress, app.platform.gateway is not None
    if exposed is None:
        return internal("not exposed: a backend alone stays internal until ingress: {} is set")
    hosts = exposed.all_hosts()
    if not hosts and app.asked.ingress is None:
        return internal(f"not exposed, as there is {NO_HOST.message}")
    if by_gateway and not facts.api.usable:
        return part(app, facts.served if facts.has_ingress else (), without_api(app), {})
    taken, waits = holders(hosts, facts), unanswered(hosts, facts)
    served = facts.served if waits else [host for host in hosts if host not in taken]
    verdict = missing(app, waits, taken) or good(app, tls=exposed.tls)
    return part(app, served, verdict, lookups(hosts, facts))


def internal(why: str) -> Part:
    """The part of an app that nothing leads to from outside. Nobody asked for it, and yet it is said: else a
    developer who looks for the URL wouldn't know why there is none."""
    return Part(report=lambda observed, seen: Report([READY.true("Internal", why)]))


def part(app: App, hosts: Sequence[str], verdict: Condition, lookups: Mapping[str, Lookup]) -> Part:
    """The routes for these hosts, and what is reported. `verdict`: RouteReady, as far as builders know it."""
    address = url(hosts, tls=bool(app.spec.ingress and app.spec.ingress.tls))
    return Part(
        routes(app, hosts),
        Bound(report, address, verdict, Bound(gateway.gateway_problem, app.platform.gateway)),
        checks=dict.fromkeys((*HTTPROUTES, REDIRECT), route_problem),
        lookups={**lookups, **of_gateway(app)},
    )


def of_gateway(app: App) -> dict[str, Lookup]:
    """The requirements for the Gateway, once it is known that its kind is there."""
    settings, api = app.platform.gateway, app.facts.ingress.api
    if settings is None:
        return {}
    found = {gateway.GATEWAY: gateway.lookup(settings)} if api.usable else {}
    # Whoever calls without a cluster has no Gateway to show: that isn't said of the app.
    return {**optional.lookups(optional.GATEWAY, api), **optional.lookup(optional.KUBERNETES), **found}


def routes(app: App, hosts: Sequence[str]) -> dict[str, Manifest]:
    """The routes for these hosts, by key. Crossplane deletes before it creates, so a route of the other kind
    stays until the new one serves: moving between Ingress and Gateway interrupts nothing here."""
    facts, settings = app.facts.ingress, app.platform.gateway
    by_ingress = {INGRESS: ingress(app, hosts)} if hosts else {}
    if settings is None:
        kept = kept_gateway(facts)
        return by_ingress | (httproutes(app, kept, hosts) if kept and not facts.has_ingress else {})
    if not facts.api.usable:
        return by_ingress
    new = httproutes(app, settings, hosts) | redirect(app, settings, hosts)
    return new | (by_ingress if facts.has_ingress and not facts.moved else {})


def url(hosts: Sequence[str], *, tls: bool) -> str | None:
    """The app's address: its first host that is one name. It is known before the route is ready."""
    named = (host for host in hosts if not host.startswith("*"))
    return next((f"{'https' if tls else 'http'}://{host}" for host in named), None)


def report(
    address: str | None, verdict: Condition, of_gateway: gateway.Judge, observed: Observed, why: Why
) -> Report:
    """RouteReady and the URL."""
    condition = of_gateway(observed) or READY.of_objects(why)
    return Report([verdict if condition.ok or not verdict.ok else condition], Status(url=address))


ROUTE = Component(name="ingress", condition=READY, read=read, problems=problems, resolve=resolve, build=build)
