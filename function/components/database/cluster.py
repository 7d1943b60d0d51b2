"""The CloudNativePG objects."""

import json
from typing import Any

from function.app import App, Manifest
from function.components.database.adopted import in_words
from function.components.database.api import Database, memory
from function.components.database.client import COMPONENT
from function.components.database.hold import recorded
from function.components.database.kept import ADOPTED, INITDB, POLICY, STANZA, Kept, major
from function.fields import size
from function.platform import IMAGES

HIGHLY_AVAILABLE = 3
"""Instances from which a commit waits for one replica, if one is there."""


def cluster(app: App, database: Database, kept: Kept) -> Manifest:
    """PostgreSQL itself. What decides over data is restated as it was created."""
    notes = {
        STANZA: stanza(app.asked.database, kept),
        POLICY: database.deletion_policy,
        ADOPTED: "true" if kept.adopted else None,
    }
    whole = spec(app, database, kept)
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": app.metadata(COMPONENT, annotations=notes),
        "spec": in_words(whole, app.asked.database or recorded(kept)) if kept.adopted else whole,
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
        "bootstrap": bootstrap(database, kept),
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


def bootstrap(database: Database, kept: Kept) -> Manifest | None:
    """How the database came to be. Only one method is allowed, so what we didn't state stays unsaid."""
    if kept.exists:
        return {"initdb": dict(kept.initdb)} if kept.initdb else None
    return {"initdb": dict(zip(INITDB, (database.name, database.name, True, "UTF8"), strict=True))}


def resources(database: Database) -> Manifest:
    """Memory that is PostgreSQL's own: request and limit are the same."""
    much = memory(database) or "1Gi"
    return database.resources.filled(
        requests={"cpu": "500m", "memory": much}, limits={"cpu": "1", "memory": much}
    )


def parameters(database: Database) -> dict[str, str]:
    """PostgreSQL's configuration: a quarter of the memory is its cache."""
    quarter = int(size(memory(database) or "1Gi")) // 4 // 2**20
    return {
        "max_connections": "100",
        "log_min_duration_statement": "1000",
        **database.parameters,
        "shared_buffers": f"{quarter}MB",
    }


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
