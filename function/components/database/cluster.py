"""The CloudNativePG objects."""

import json
from typing import Any

from function.app import App, Manifest
from function.components.database.adopted import in_words
from function.components.database.api import Database
from function.components.database.backup import archivers, service_account
from function.components.database.bootstrap import bootstrap, external
from function.components.database.client import COMPONENT
from function.components.database.eras import server_name
from function.components.database.hold import asked_for
from function.components.database.kept import (
    ADOPTED,
    HIBERNATION,
    POLICY,
    RESTORE,
    SERVER,
    SOURCE,
    STANZA,
    Kept,
)
from function.components.database.memory import resources
from function.components.database.observed import major
from function.components.database.origin import as_json, origin
from function.components.database.parameters import parameters
from function.components.database.pooler import alternative_names
from function.platform import IMAGES

HIGHLY_AVAILABLE = 3
"""Instances from which a commit waits for one replica, if one is there."""
HIBERNATES = {True: "on", False: "off", None: None}
"""What is not asked for is not said: somebody may have put it to sleep by hand."""


def cluster(app: App, database: Database, kept: Kept) -> Manifest:
    """PostgreSQL itself. What decides over data is restated as it was created."""
    came_from = origin(app)
    notes = {
        STANZA: stanza(app.asked.database, kept),
        POLICY: database.deletion_policy,
        ADOPTED: "true" if kept.adopted else None,
        SERVER: None if kept.archiver else server_name(app, database, kept),
        SOURCE: came_from.namespace if came_from else None,
        RESTORE: kept.restore if kept.exists else as_json(database.restore),
        HIBERNATION: HIBERNATES[database.hibernate],
    }
    whole = spec(app, database, kept)
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": app.metadata(COMPONENT, annotations=notes),
        "spec": in_words(whole, asked_for(app)) if kept.adopted else whole,
    }


def spec(app: App, database: Database, kept: Kept) -> Manifest:
    """All that we have an opinion on."""
    return {
        "description": f"Database {database.name} of {app.name}",
        "instances": database.instances,
        "imageName": image(app, database, kept),
        "imagePullPolicy": "IfNotPresent",
        "imagePullSecrets": [{"name": name} for name in app.platform.image_pull_secrets] or None,
        "inheritedMetadata": {"labels": app.family()},
        "bootstrap": bootstrap(app, database, kept),
        "externalClusters": external(app),
        "plugins": archivers(app),
        "serviceAccountTemplate": service_account(app),
        "certificates": {"serverAltDNSNames": alternative_names(app)} if database.pooler else None,
        "enableSuperuserAccess": False,
        "enablePDB": database.instances > 1,
        "primaryUpdateStrategy": "unsupervised",
        "primaryUpdateMethod": "restart",
        "storage": {
            "size": database.storage,
            "storageClass": database.storage_class,
            "resizeInUseVolumes": True,
        },
        "resources": resources(database),
        "affinity": {
            "enablePodAntiAffinity": True,
            "podAntiAffinityType": "preferred",
            "topologyKey": "kubernetes.io/hostname",
        },
        "topologySpreadConstraints": [spread(app)],
        "postgresql": {"parameters": parameters(database), "synchronous": synchronous(database)},
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def stanza(asked: Database | None, kept: Kept) -> str | None:
    """The database as asked, for the day it is removed; unchanged once it is."""
    if asked is None:
        return kept.stanza
    return json.dumps(asked.model_dump(by_alias=True, exclude_unset=True), sort_keys=True)


def image(app: App, database: Database, kept: Kept) -> str | None:
    """The platform's image of the major, else the one that runs, else the built-in one.

    None where the Cluster takes its image from a catalog, or doesn't say what it runs.
    """
    if kept.catalog or database.version is None:
        return None
    runs = kept.image if major(kept.image) == database.version else None
    return app.platform.database.image(database.version) or runs or IMAGES.get(database.version)


def synchronous(database: Database) -> dict[str, Any] | None:
    """With enough replicas a commit waits for one of them, but never for ever."""
    if database.instances < HIGHLY_AVAILABLE:
        return None
    return {"method": "any", "number": 1, "dataDurability": "preferred"}


def spread(app: App) -> Manifest:
    """Instances in different zones, where there are several."""
    return {
        "maxSkew": 1,
        "topologyKey": "topology.kubernetes.io/zone",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": selector(app)},
    }


def selector(app: App) -> dict[str, str]:
    """The instances' pods: poolers carry the Cluster's label too."""
    return {"cnpg.io/cluster": app.named(COMPONENT), "cnpg.io/podRole": "instance"}


def podmonitor(app: App) -> Manifest:
    """Where the instances' pods have their metrics."""
    return {
        "selector": {"matchLabels": selector(app)},
        "podMetricsEndpoints": [{"port": "metrics"}],
    }
