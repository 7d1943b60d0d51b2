"""The words of CloudNativePG about a Cluster: its phases, and its hibernation."""

HEALTHY = "Cluster in healthy state"
SETTING_UP = "Setting up primary"
SWITCHOVER = "Switchover in progress"
FAILOVER = "Failing over"
UPGRADING = "Upgrading Postgres major version"
WAKING = "Waiting for the instances to become active"
UNRECOVERABLE = "Cluster is unrecoverable and needs manual intervention"
DISK_FULL = "Not enough disk space"
PHASES = (
    HEALTHY,
    SETTING_UP,
    SWITCHOVER,
    FAILOVER,
    UPGRADING,
    WAKING,
    UNRECOVERABLE,
    DISK_FULL,
    "Creating a new replica",
    "Upgrading cluster",
    "Cluster upgrade delayed",
    "Waiting for user action",
    "Primary instance is being restarted in-place",
    "Primary instance is being restarted without a switchover",
    "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
    "Cluster cannot proceed to reconciliation due to an error while interacting with plugins",
    "Cluster has incomplete or invalid image catalog",
    "Cluster cannot execute instance online upgrade due to missing architecture binary",
    "Online upgrade in progress",
    "Applying configuration",
    "Promoting to primary cluster",
    "Unable to create required cluster objects",
    "Invalid cluster definition",
    "Instance Status Extraction Error: HTTP communication issue",
)
"""What CloudNativePG says of a Cluster: cluster_types.go and cluster_controller.go, release 1.30."""
HIBERNATION = "cnpg.io/hibernation"
"""Both the annotation that asks for it and the condition that tells it."""
UNFIT = (
    "False",
    "WaitingForHealthy",
    "Waiting for the cluster to be healthy before proceeding with hibernation",
)
DELETING = ("False", "DeletingPods", "Hibernation is in progress")
HIBERNATED = ("True", "Hibernated", "Cluster has been hibernated")
