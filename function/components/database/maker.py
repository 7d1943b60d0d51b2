"""Settings of an adopted Cluster that stay. Fields that CloudNativePG refuses beside them are held."""

import json

from function.api.database import Database
from function.api.pooler import Pooler
from function.app import Object
from function.components.database.backup import archive
from function.components.database.keys import COMPONENT
from function.database_facts import DatabaseFacts, MakerFacts
from function.managers import managers, of_xr
from function.place import Place
from function.read import at, items, number, plain, text


def maker_facts(cluster: Object) -> MakerFacts:
    """The settings that stay in an adopted Cluster, and what the webhook refuses beside them.

    From cloudnative-pg's internal/webhook/v1/cluster_webhook.go, release 1.30.
    """
    spec = at(cluster, "spec")
    return MakerFacts(
        least_instances=least_instances(spec),
        server_certificate=text(spec, "certificates", "serverTLSSecret"),
        service_account=text(spec, "serviceAccountName"),
        plugins=tuple(
            json.dumps(plain(plugin), sort_keys=True)
            for plugin in items(spec, "plugins")
            if not archive.archives_by(plugin)
        ),
        replica=at(spec, "replica", "enabled") is True,
    )


def former_facts(xr: Object, cluster: Object) -> MakerFacts:
    """The settings that stay in a Cluster of ours which a former XR applied, such as before a restore.

    Server-side apply takes a field out only if nobody else applied it.
    """
    path = ("spec", "postgresql", "synchronous")
    ours = of_xr(xr)
    if at(cluster, *path) is None or all(text(each, "manager") == ours for each in managers(cluster, *path)):
        return MakerFacts()
    return MakerFacts(least_instances=least_instances(at(cluster, "spec")))


def least_instances(spec: Object) -> int:
    """Fewest instances that a Cluster's synchronous replication allows."""
    synchronous = at(spec, "postgresql", "synchronous")
    named = (*items(synchronous, "standbyNamesPre"), *items(synchronous, "standbyNamesPost"))
    return max(number(spec, "maxSyncReplicas"), number(synchronous, "number") - len(named), 0) + 1


def hold_instances(place: Place, asked: Database, facts: DatabaseFacts) -> tuple[int, list[str]]:
    """Synchronous replication needs more instances than the replicas that it waits for."""
    as_it_is = facts.instances if facts.adopted else None
    want, least = (
        asked.instances or as_it_is or place.defaults.database.instances,
        facts.maker.least_instances,
    )
    if want >= least:
        return want, []
    why = "the synchronous replication that its maker set needs no fewer"
    if not facts.adopted:
        why = (
            "the Cluster still has the synchronous replication of a NodeApp that is gone; this takes it out: "
            f"kubectl patch cluster {place.named(COMPONENT)} -n {place.namespace} --type=json "
            '-p \'[{"op": "remove", "path": "/spec/postgresql/synchronous"}]\''
        )
    return least, [f"database.instances: kept {least} and not {want}, {why}"]


def hold_image(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """An adopted Cluster keeps its maker's image until its major is written."""
    ours = place.platform.database.image(facts.version) if facts.version else None
    if not facts.adopted or facts.catalog or asked.version or ours in (None, facts.image):
        return []
    held = (
        f"database.version: kept its maker's image {facts.image} and not the Platform's {ours}; write "
        f"database.version: {facts.version} to take that"
    )
    return [held]


def hold_adopted_pooler(asked: Database, facts: DatabaseFacts) -> tuple[Pooler | None, list[str]]:
    """A pooler presents the Cluster's certificate, which must contain its name."""
    if asked.pooler is None or facts.maker.server_certificate is None:
        return asked.pooler, []
    certificate = facts.maker.server_certificate
    why = (
        f"CloudNativePG adds no name to the certificate that its maker gave the Cluster, Secret {certificate}"
    )
    return None, [f"database.pooler: not made, {why}"]


def hold_role(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """A ServiceAccount that the Cluster names itself gets no annotations from us."""
    account, annotations = facts.maker.service_account, place.platform.database.service_account_annotations
    if account is None or not annotations or not asked.backup.enabled:
        return []
    why = f"the Cluster runs as the ServiceAccount {account} of its maker's; annotate that one"
    return [f"database.backup: the Platform's serviceAccountAnnotations aren't applied, {why}"]
