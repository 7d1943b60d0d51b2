"""Notes about a valid NodeApp: what is no problem, but had better be known before it is committed."""

from collections.abc import Iterator

from function import compose
from function.accept import Readable, parse
from function.api.json_values import Location
from function.api.platform import Platform
from function.app import Observed
from function.cli import apps
from function.cli.documents import Document, Finding
from function.cli.validate import STAND_IN, identity, located
from function.components.owned_secrets import tls_secret
from function.identity import stands_for
from function.read import stored


def notes_of(document: Document, platform: Platform) -> list[Finding]:
    """What a valid NodeApp had better write, and what somebody must do for it. Empty for other kinds."""
    if apps.kind(document) in (None, apps.SETTINGS):
        return []
    name, namespace = stands_for(document.value)
    readable = parse(identity(name or STAND_IN, namespace), platform, stored(document.value.get("spec")))
    if isinstance(readable, list):
        return []
    found = (*unwritten_version(readable), *own_certificate(readable), *unapplied(readable))
    return [document.finding(where, f"note: {reason}") for where, reason in found]


def unwritten_version(readable: Readable) -> Iterator[tuple[Location, str]]:
    """A database that must stay, without the major under which its backups are found."""
    database, place = readable.spec.database, readable.place
    policy = (database and database.deletion_policy) or place.defaults.database.deletion_policy
    if database and policy == "Retain" and database.version is None:
        reason = (
            "version isn't written; backups are found under it, so write the PostgreSQL major that runs "
            f"({place.platform.database.newest()} for a new database)"
        )
        yield ("spec", "database"), reason


def own_certificate(readable: Readable) -> Iterator[tuple[Location, str]]:
    """HTTPS whose certificate nobody issues."""
    ingress, place = readable.spec.ingress, readable.place
    by_ingress = place.platform.gateway is None
    if ingress and ingress.tls and by_ingress and place.platform.ingress.cluster_issuer is None:
        reason = (
            "the Platform names no ingress.clusterIssuer, so nobody issues the certificate; make the Secret "
            f"{tls_secret(place)} with it"
        )
        yield ("spec", "ingress", "tls"), reason


def unapplied(readable: Readable) -> Iterator[tuple[Location, str]]:
    """What the platform can't do, although it is asked for. Where nothing runs yet, nothing else is held."""
    nothing = compose.read(Observed({}, {}, {}))
    _, held = compose.resolve(readable.place, readable.spec, nothing)
    yield from (located(f"spec.{sentence}") for sentence in held)
