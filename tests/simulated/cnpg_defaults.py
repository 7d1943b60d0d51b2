"""What CloudNativePG's webhook and CRDs, and the plugin's, add to objects: release 1.30."""

from typing import Any

from tests.simulated.server_side_apply import Manifest

CLUSTER = {
    "affinity": {"podAntiAffinityType": "preferred"},
    "enablePDB": True,
    "enableSuperuserAccess": False,
    "failoverDelay": 0,
    "imageName": "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
    "instances": 1,
    "logLevel": "info",
    "maxSyncReplicas": 0,
    "minSyncReplicas": 0,
    "monitoring": {
        "customQueriesConfigMap": [{"key": "queries", "name": "cnpg-default-monitoring"}],
        "disableDefaultQueries": False,
        "enablePodMonitor": False,
    },
    "postgresGID": 26,
    "postgresUID": 26,
    "postgresql": {
        "parameters": {
            "archive_mode": "on",
            "archive_timeout": "5min",
            "dynamic_shared_memory_type": "posix",
            "full_page_writes": "on",
            "log_destination": "csvlog",
            "log_directory": "/controller/log",
            "log_filename": "postgres",
            "log_rotation_age": "0",
            "log_rotation_size": "0",
            "log_truncate_on_rotation": "false",
            "logging_collector": "on",
            "max_parallel_workers": "32",
            "max_replication_slots": "32",
            "max_worker_processes": "32",
            "shared_memory_type": "mmap",
            "shared_preload_libraries": "",
            "ssl_max_protocol_version": "TLSv1.3",
            "ssl_min_protocol_version": "TLSv1.3",
            "wal_keep_size": "512MB",
            "wal_level": "logical",
            "wal_log_hints": "on",
            "wal_receiver_timeout": "5s",
            "wal_sender_timeout": "5s",
        },
        "syncReplicaElectionConstraint": {"enabled": False},
    },
    "primaryUpdateMethod": "restart",
    "primaryUpdateStrategy": "unsupervised",
    "probes": {
        "liveness": {"isolationCheck": {"connectionTimeout": 1000, "enabled": True, "requestTimeout": 1000}}
    },
    "replicationSlots": {
        "highAvailability": {"enabled": True, "slotPrefix": "_cnpg_"},
        "synchronizeReplicas": {"enabled": True},
        "updateInterval": 30,
    },
    "resources": {},
    "smartShutdownTimeout": 180,
    "startDelay": 3600,
    "stopDelay": 1800,
    "storage": {"resizeInUseVolumes": True},
    "switchoverDelay": 3600,
}
"""What CloudNativePG's webhook and schema fill in."""
PARTS: dict[str, Manifest] = {
    "walStorage": {"resizeInUseVolumes": True},
    "backup": {
        "target": "prefer-standby",
        "volumeSnapshot": {
            "online": True,
            "onlineConfiguration": {"immediateCheckpoint": False, "waitForArchive": True},
            "snapshotOwnerReference": "none",
        },
    },
}
"""Of parts of a Cluster's spec that aren't always there."""
SYNCHRONOUS = {"dataDurability": "required", "failoverQuorum": False}
PLUGIN = {"enabled": True, "isWALArchiver": False}
TABLESPACE = {"temporary": False, "storage": {"resizeInUseVolumes": True}}
IMPORT = {"source": {"externalCluster": ""}}
POOLER = {"pgbouncer": {"paused": False, "poolMode": "session"}, "type": "rw", "instances": 1}
DATABASE = {"ensure": "present", "databaseReclaimPolicy": "retain"}
OBJECT_STORE = {"instanceSidecarConfiguration": {"logLevel": "info", "retentionPolicyIntervalSeconds": 1800}}
INITDB = {"database": "app", "owner": "app", "encoding": "UTF8", "localeCType": "C", "localeCollate": "C"}
DEFAULTS: dict[str, Manifest] = {"Pooler": POOLER, "Database": DATABASE, "ObjectStore": OBJECT_STORE}
"""Kind → what its schema fills in."""


def over(defaults: Any, stated: Any) -> Any:
    """What is stated, with defaults where it says nothing."""
    if not (isinstance(defaults, dict) and isinstance(stated, dict)):
        return stated
    return {**defaults, **{key: over(defaults.get(key), item) for key, item in stated.items()}}


def cluster(spec: Manifest) -> Manifest:
    """The defaults of a Cluster. Its image is only filled in where it names no catalog."""
    defaults = {k: v for k, v in CLUSTER.items() if k != "imageName" or "imageCatalogRef" not in spec}
    filled: Manifest = over(defaults, spec)
    present = {part: present_over(PARTS[part], filled[part]) for part in PARTS if part in filled}
    return (
        filled
        | present
        | lists(filled)
        | {
            "bootstrap": bootstrap(filled.get("bootstrap") or {"initdb": {}}),
            "postgresql": postgresql(filled),
        }
    )


def present_over(defaults: Manifest, stated: Manifest) -> Manifest:
    """What is stated, with the defaults of its own fields and of the parts that it has."""
    there = {k: v for k, v in defaults.items() if k in stated or not isinstance(v, dict)}
    filled: Manifest = over(there, stated)
    return filled


def bootstrap(given: Manifest) -> Manifest:
    """The defaults of the way in which a Cluster is made."""
    if "initdb" in given:
        initdb = INITDB | given["initdb"]
        given = given | {
            "initdb": initdb | ({"import": over(IMPORT, initdb["import"])} if "import" in initdb else {})
        }
    for method in given.keys() & {"recovery", "pg_basebackup"}:
        named = {"database": "app"} | given[method]
        given = given | {method: {"owner": named["database"]} | named}
    return given


def postgresql(spec: Manifest) -> Manifest:
    """The defaults of PostgreSQL's settings. A replica cluster archives what it gets, too."""
    given: Manifest = spec["postgresql"]
    if spec.get("replica", {}).get("enabled"):
        given = given | {"parameters": given["parameters"] | {"archive_mode": "always"}}
    if "synchronous" in given:
        given = given | {"synchronous": SYNCHRONOUS | given["synchronous"]}
    return given


def lists(spec: Manifest) -> Manifest:
    """The lists of a Cluster's spec, with the defaults of their items."""
    made = spec.get("bootstrap", {}).get("initdb", INITDB)
    owner = {"owner": {"name": made.get("owner", INITDB["owner"])}}
    filled = {
        "plugins": [PLUGIN | each for each in spec.get("plugins", ())],
        "tablespaces": [over(TABLESPACE | owner, each) for each in spec.get("tablespaces", ())],
        "externalClusters": [
            each | ({"plugin": PLUGIN | each["plugin"]} if "plugin" in each else {})
            for each in spec.get("externalClusters", ())
        ],
    }
    return {key: items for key, items in filled.items() if key in spec}
