"""Clusters that others made, of many makes: patches of a simple one's spec."""

from typing import Any

from function.patch import merge
from tests.simulated.server_side_apply import Manifest

BARMAN = "barman-cloud.cloudnative-pg.io"
SIMPLE: dict[str, Any] = {
    "imageName": "ghcr.io/cloudnative-pg/postgresql:16.4",
    "instances": 3,
    "storage": {"size": "80Gi", "storageClass": "fast"},
    "bootstrap": {"initdb": {"database": "old", "owner": "old"}},
}
TEMPLATE = {"resources": {"requests": {"storage": "80Gi"}}, "storageClassName": "fast"}
OLD = {"externalClusters": [{"name": "old", "connectionParameters": {"host": "old-rw", "user": "postgres"}}]}
"""Another Cluster, which a Cluster is made from."""
ARCHIVERS: dict[str, list[Manifest]] = {
    "a store of its own": [
        {"name": BARMAN, "isWALArchiver": True, "parameters": {"barmanObjectName": "backups"}}
    ],
    "a store with our name": [
        {"name": BARMAN, "isWALArchiver": True, "parameters": {"barmanObjectName": "dash-db"}}
    ],
    "another plugin": [{"name": "pgbackrest.acme.dev", "enabled": True, "isWALArchiver": True}],
    "base backups alone": [{"name": BARMAN, "parameters": {"barmanObjectName": "backups"}}],
}
"""Plugins by which a maker has a Cluster backed up."""
OWN_ARCHIVES: dict[str, Manifest] = {
    **{name: {"plugins": plugins} for name, plugins in ARCHIVERS.items()},
    "in-tree barman": {
        "backup": {
            "barmanObjectStore": {
                "destinationPath": "s3://own",
                "s3Credentials": {"inheritFromIAMRole": True},
            }
        }
    },
}
NO_ARCHIVES: dict[str, Manifest] = {
    "a disabled archiver": {"plugins": [{"enabled": False} | ARCHIVERS["a store of its own"][0]]},
    "another kind of plugin": {"plugins": [{"name": "hello.acme.dev", "parameters": {"greet": "yes"}}]},
    "volume snapshots": {"backup": {"volumeSnapshot": {"className": "fast"}}},
}
OWN = {"database": "old", "owner": "old", "secret": {"name": "owner"}}
OTHER_MAKES: dict[str, Manifest] = {
    "simple": {},
    "a port and a digest": {"imageName": f"registry:5000/pg:16.4@sha256:{'18' * 32}"},
    "a catalog": {
        "imageName": None,
        "imageCatalogRef": {
            "apiGroup": "postgresql.cnpg.io",
            "kind": "ClusterImageCatalog",
            "name": "company",
            "major": 16,
        },
    },
    "sizes in a template": {"storage": {"size": None, "storageClass": None, "pvcTemplate": TEMPLATE}},
    "volumes that grow only when made anew": {"storage": {"resizeInUseVolumes": False}},
    "volumes for WAL": {"walStorage": {"size": "10Gi"}},
    "tablespaces": {"tablespaces": [{"name": "cold", "storage": {"size": "10Gi"}}]},
    "recovered": {
        "bootstrap": {"initdb": None, "recovery": {"source": "old", "database": "old", "owner": "old"}},
        **OLD,
    },
    "recovered without a name": {"bootstrap": {"initdb": None, "recovery": {"source": "old"}}, **OLD},
    "copied": {
        "bootstrap": {"initdb": None, "pg_basebackup": {"source": "old", "database": "old", "owner": "old"}},
        **OLD,
    },
    "imported": {"bootstrap": {"initdb": {"import": {"type": "microservice", "databases": ["x"]}}}},
    "a certificate of its own": {"certificates": {"serverTLSSecret": "tls", "serverCASecret": "ca"}},
    "a CA of its own": {"certificates": {"serverCASecret": "company-ca"}},
    "credentials of its own": {"bootstrap": {"initdb": OWN}},
    "recovered with credentials of its own": {
        "bootstrap": {"initdb": None, "recovery": {"source": "old"} | OWN},
        **OLD,
    },
    "copied with credentials of its own": {
        "bootstrap": {"initdb": None, "pg_basebackup": {"source": "old"} | OWN},
        **OLD,
    },
    "a service account of its own": {"serviceAccountName": "postgres"},
    "two synchronous replicas": {"postgresql": {"synchronous": {"method": "any", "number": 2}}},
    "synchronous in the old way": {"minSyncReplicas": 1, "maxSyncReplicas": 2},
    "a replica of another": {
        "replica": {"enabled": True, "source": "old"},
        "bootstrap": {"initdb": None, "pg_basebackup": {"source": "old"}},
        **OLD,
    },
}
MAKES = OTHER_MAKES | OWN_ARCHIVES | NO_ARCHIVES


def made(make: str, owners: list[Manifest] | None = None) -> Manifest:
    """A Cluster of this make with the app's name."""
    metadata = {"name": "dash-db", "namespace": "shop"} | ({"ownerReferences": owners} if owners else {})
    api_version = "postgresql.cnpg.io/v1"
    spec = merge(SIMPLE, MAKES[make])
    return {"apiVersion": api_version, "kind": "Cluster", "metadata": metadata, "spec": spec}
