"""Problems between NodeApps: one that is there twice, and a host that two of them ask for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from function.accept import Readable, parse
from function.api.json_values import Location
from function.api.names import CLAIM
from function.api.platform import Platform
from function.cli import apps, validate
from function.cli.documents import Document, Finding
from function.components.route.host_names import asked_hosts, backend_host
from function.identity import stands_for
from function.read import stored


class Asked(NamedTuple):
    """An app that is asked for in a document."""

    document: Document
    namespace: str
    name: str

    def __str__(self) -> str:
        """The app, and where it is."""
        mark = self.document.marks.get(())
        place = ":".join(map(str, (self.document.source, *(mark[:1] if mark else ()))))
        return f"{CLAIM} {self.namespace}/{self.name} in {place}"


Seen = dict[tuple[str, str, str], Asked]
"""File, namespace and name → the first app that is so called."""


def repeated(app: Asked, seen: Seen) -> Finding | None:
    """The problem that an app is in its file already; None if it is the first one there."""
    first = seen.setdefault((app.document.source, app.namespace, app.name), app)
    if first is app:
        return None
    return app.document.finding(("metadata", "name"), f"is there twice: {first} is the same")


def problems(documents: Iterable[Document], platform: Platform) -> Iterator[Finding]:
    """The problems between NodeApps.

    One may be in several files, for one cluster each, but not twice in a file. Each kustomization is taken
    for a cluster of its own: overlays of an app may have the same host.
    """
    seen: Seen = {}
    hosts: dict[tuple[str, str], Asked] = {}
    for document in documents:
        if document.problems or apps.kind(document) in (None, apps.SETTINGS):
            continue
        name, namespace = stands_for(document.value)
        app = Asked(document, namespace or validate.NAMESPACE, name or "")
        cluster = "" if document.marks else document.source
        if again := repeated(app, seen):
            yield again
            continue
        for where, host in asked(app, platform):
            owner = hosts.setdefault((cluster, host), app)
            if (owner.namespace, owner.name) != (app.namespace, app.name):
                yield document.finding(where, f"{host} is the host of another app too: {owner}")


def asked(app: Asked, platform: Platform) -> Iterator[tuple[Location, str]]:
    """The hosts that a valid app asks for, each with its place in the object."""
    spec = stored(app.document.value.get("spec"))
    readable = parse(validate.identity(app.name, app.namespace), platform, spec)
    if not isinstance(readable, Readable):
        return
    ingress = readable.spec.ingress
    if own := backend_host(readable.spec):
        yield ("spec", "backend", "host"), own
    for host in asked_hosts(readable.place, readable.spec):
        if ingress and host == ingress.host:
            yield ("spec", "ingress", "host"), host
        elif ingress and host in ingress.hosts:
            yield ("spec", "ingress", "hosts", ingress.hosts.index(host)), host
        else:
            yield ("spec",), host
