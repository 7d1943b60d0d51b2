"""The Cluster of CloudNativePG: PostgreSQL itself."""

import json

from function.api.database import Database
from function.api.names import CLUSTER_UID
from function.app import App
from function.components.database import keys
from function.components.database.backup.objects import archivers, service_account
from function.components.database.bootstrap import bootstrap, external_clusters
from function.components.database.images import image_of
from function.components.database.mistake import made_with
from function.components.database.pooler import alternative_names
from function.components.database.postgresql import instance_resources, parameters, synchronous
from function.components.database.recovery import as_json, recovery_source
from function.components.database.requested import requested
from function.components.database.server_names import server_name
from function.components.spread import NODE, ZONE, spread
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.place import Manifest

HIBERNATES = {True: "on", False: "off", None: None}
"""`hibernate` → the annotation's value. Unless it is written, a hibernation by hand is left alone."""

DECIDES = {
    "instances": {"instances"},
    "resources": {"resources"},
    "backup": {"plugins", "serviceAccountTemplate"},
    "pooler": {"certificates"},
}
"""Field of the database → fields of a Cluster's spec that it decides."""
HOLDS_DATA = {"bootstrap", "imageName", "storage"}
"""Fields of a Cluster's spec that hold data. They are always stated as they are: no default changes them."""


def cluster(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> Manifest:
    """The Cluster. What decides about data is restated as it was created."""
    spec = full_spec(app, database, facts)
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": app.metadata(keys.COMPONENT, annotations=annotations(app, database, facts)),
        "spec": explicit(spec, requested(app)) if facts.adopted else spec,
    }


def annotations(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> dict[str, str | None]:
    """Records for later calls: they are read when the database is removed or lost."""
    source = recovery_source(app)
    return {
        keys.LAST_REQUESTED: request_record(app.asked.database, facts),
        keys.POLICY: database.deletion_policy,
        keys.ADOPTED: "true" if facts.adopted else None,
        keys.MADE_WITH: made_with(database, facts),
        CLUSTER_UID: facts.replaces or facts.uid if facts.exists else None,
        keys.SERVER_NAME: None if facts.has_own_archiver else server_name(app, database, facts),
        keys.RECOVERED_FROM: source.namespace if source else None,
        keys.RESTORE: facts.restore if facts.exists else as_json(database.restore),
        keys.HIBERNATION: HIBERNATES[database.hibernate],
    }


def full_spec(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> Manifest:
    """All fields that we set on a Cluster of our own."""
    return {
        "description": f"Database {database.name} of {app.name}",
        "instances": database.instances,
        "imageName": image(app, database, facts),
        # An instance restarts while the registry is down, if its node has the image.
        "imagePullPolicy": "IfNotPresent",
        "imagePullSecrets": [{"name": name} for name in app.platform.image_pull_secrets] or None,
        "inheritedMetadata": {"labels": app.app_labels()},
        "bootstrap": bootstrap(app, database, facts),
        "externalClusters": external_clusters(app),
        "plugins": archivers(app),
        "serviceAccountTemplate": service_account(app),
        "certificates": {"serverAltDNSNames": alternative_names(app)} if database.pooler else None,
        # Nobody gets the superuser's password: the app owns its database and needs no more.
        "enableSuperuserAccess": False,
        # With one instance a disruption budget would keep its node from ever being drained.
        "enablePDB": database.instances > 1,
        # An update finishes by itself. With `supervised` it would wait for a switchover by hand.
        "primaryUpdateStrategy": "unsupervised",
        # The primary restarts in place. With `switchover` CloudNativePG's webhook refuses to change the
        # image and the parameters at once.
        "primaryUpdateMethod": "restart",
        "storage": {
            "size": database.storage,
            "storageClass": database.storage_class,
            # A larger size is applied to volumes in use, so growing needs no stop. CloudNativePG's default.
            "resizeInUseVolumes": True,
        },
        "resources": instance_resources(database),
        "affinity": {
            "enablePodAntiAffinity": True,
            # With `required` no instance would start without a node of its own.
            "podAntiAffinityType": "preferred",
            "topologyKey": NODE,
        },
        "topologySpreadConstraints": [spread(ZONE, instance_labels(app))],
        "postgresql": {"parameters": parameters(database), "synchronous": synchronous(database)},
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def explicit(spec: Manifest, asked: Database) -> Manifest:
    """Of an adopted Cluster's spec only the fields that hold data, and those asked for explicitly.

    Server-side apply leaves all other fields alone. With our defaults a database that ran with 16Gi of
    memory would run with 1Gi.
    """
    decided = {key for field in DECIDES.keys() & asked.model_fields_set for key in DECIDES[field]}
    stated = {key: value for key, value in spec.items() if key in HOLDS_DATA | decided}
    if asked.storage is None:
        # An adopted Cluster keeps its own setting for volumes in use, until a developer asks for larger ones.
        stated["storage"] = {k: v for k, v in stated["storage"].items() if k != "resizeInUseVolumes"}
    named = set(asked.parameters) | ({"shared_buffers"} if "resources" in decided else set())
    ours = {name: value for name, value in spec["postgresql"]["parameters"].items() if name in named}
    return stated | ({"postgresql": {"parameters": ours}} if ours else {})


def request_record(asked: Database | None, facts: DatabaseFacts) -> str | None:
    """The record of the database as asked, as JSON. It doesn't change once the database is removed."""
    if asked is None:
        return facts.last_requested
    return json.dumps(asked.model_dump(by_alias=True, exclude_unset=True), sort_keys=True)


def image(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> str | None:
    """The image of the major. None if a Cluster takes it from a catalog, or doesn't show what it runs."""
    if facts.catalog or database.version is None:
        return None
    return image_of(app, requested(app), database.version, facts)


def instance_labels(app: App) -> dict[str, str]:
    """Labels that only the instances' pods have: poolers have the Cluster's label too."""
    return {"cnpg.io/cluster": app.named(keys.COMPONENT), "cnpg.io/podRole": "instance"}


def podmonitor(app: App) -> Manifest:
    """The spec of the database's PodMonitor."""
    return {
        "selector": {"matchLabels": instance_labels(app)},
        "podMetricsEndpoints": [{"port": "metrics"}],
    }
