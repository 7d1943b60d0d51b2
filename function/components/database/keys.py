"""Keys, annotations and names of the database's objects. They never change."""

COMPONENT = "database"
"""In names and labels."""

CLUSTER = "database-cluster"
"""Key of the Cluster, and name of the requirement for it."""
OBJECT_STORE = "database-objectstore"
"""Key of the ObjectStore that the Cluster archives to."""
VOLUME = "database-volume"
"""Name of the requirement for the first instance's volume."""
CLUSTER_USAGE = "deletion-protection-database"
"""Key of the Usage that forbids to delete the Cluster."""
EXTENSIONS = "database-extensions"
"""Key of the Database, CloudNativePG's object for the extensions."""
POOLER = "database-pooler"
"""Key of the Pooler, and its component in names and labels."""
RECOVERY_STORE = "database-origin"
"""Key of the ObjectStore with the backups that it was recovered from."""

LAST_REQUESTED = "platform.io/last-requested"
"""Annotation: the database as last asked, as JSON. What `resolve` puts back after its removal."""
POLICY = "platform.io/deletion-policy"
"""Annotation: the policy in force. No change of profile loosens it."""
ADOPTED = "platform.io/adopted"
"""Annotation: the Cluster was there before. Its maker's settings stay, unless others are asked for."""
SERVER_NAME = "platform.io/server-name"
"""Annotation: the name under which its backups are made, or would be made."""
MADE_WITH = "platform.io/made-with"
"""Annotation: what is decided when a Cluster is made, as it was asked then, as JSON."""
RECOVERED_FROM = "platform.io/recovered-from"
"""Annotation: the namespace of the backups that it was recovered from."""
RESTORE = "platform.io/restore"
"""Annotation: `restore` as it was asked when the Cluster was made, as JSON."""
ACCEPT_DATA_LOSS = "platform.io/accept-data-loss"
"""Annotation of the NodeApp: uid of a lost Cluster that may be replaced by an empty one."""
FIRST_PLACE = "platform.io/first-place"
"""Annotation of the ObjectStore that the Cluster archives to: where it led first."""
HIBERNATION = "cnpg.io/hibernation"
"""CloudNativePG's annotation, on or off, and the type of its condition."""
OF_CLUSTER = "cnpg.io/cluster"
"""CloudNativePG's label of all that it makes for a Cluster: the Cluster's name."""
SERIAL = "cnpg.io/nodeSerial"
"""CloudNativePG's annotation of a volume: the number of its instance."""
LOOP = "cnpg.io/reconciliationLoop"
"""CloudNativePG's annotation: while it is "disabled", the operator leaves the Cluster as it is."""
FENCED = "cnpg.io/fencedInstances"
"""CloudNativePG's annotation: names of instances without PostgreSQL as a JSON list, or ["*"]."""

PLUGIN = "barman-cloud.cloudnative-pg.io"
"""The plugin that archives WAL and makes base backups."""
RECOVERY_CLUSTER = "origin"
"""Name of the external cluster whose backups a Cluster is recovered from."""

DISK_FULL = "Not enough disk space"
"""CloudNativePG's phase while an instance has no room for WAL: cluster_controller.go, release 1.30."""

INITDB = (
    "database",
    "owner",
    "dataChecksums",
    "encoding",
    "localeProvider",
    "localeCollate",
    "localeCType",
    "icuLocale",
    "builtinLocale",
)
"""What we state of bootstrap.initdb."""
FILLED_IN = (("localeCollate", "C"), ("localeCType", "C"))
"""What CloudNativePG's webhook fills in there: api/v1/cluster_defaults.go, release 1.30."""
