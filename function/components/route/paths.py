"""Which paths of which hosts lead to which part."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from function.app import App
from function.effective import EffectiveBackend


class Paths(NamedTuple):
    """Path prefixes that lead to one part."""

    prefixes: Sequence[str]
    part: str


class Site(NamedTuple):
    """Hosts, and what is behind them. The longest prefix wins, so the order of the paths means nothing."""

    hosts: Sequence[str]
    paths: Sequence[Paths]
    own: bool = False
    """Whether it is the backend's own host."""


def sites(app: App, hosts: Sequence[str]) -> Iterator[Site]:
    """What these hosts of the app lead to: the app as a whole, or the backend on a host of its own."""
    frontend, backend = app.spec.frontend, app.spec.backend
    own = app.spec.ingress.backend_host if app.spec.ingress else None
    if whole := [host for host in hosts if host != own]:
        if frontend is None:
            yield Site(whole, of_backend(backend))
        else:
            yield Site(whole, [*([] if own else of_backend(backend)), Paths(["/"], "frontend")])
    if own and own in hosts:
        yield Site([own], of_backend(backend), own=True)


def of_backend(backend: EffectiveBackend | None) -> list[Paths]:
    """The paths that lead to the backend."""
    return [Paths(backend.paths, "backend")] if backend else []
