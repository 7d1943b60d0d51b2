"""Fields of composed kinds that the API server lets nobody change.

From the CEL rules of CloudNativePG's CRDs and the checks of its webhook (cluster_webhook.go), release 1.30,
and from Kubernetes' pkg/apis/apps/validation and pkg/apis/core/validation, 1.34.
"""

from tests.simulated.server_side_apply import Manifest

CEL: dict[str, tuple[str, ...]] = {
    "Cluster": ("serviceAccountName",),
    "Database": (
        "builtinLocale", "cluster", "collationVersion", "encoding", "icuLocale", "icuRules", "locale",
        "localeCType", "localeCollate", "localeProvider", "name", "template",
    ),
    "Pooler": ("cluster", "serviceAccountName"),
    "ScheduledBackup": ("cluster",),
}  # fmt: skip
"""Kind → fields of its spec with a rule `self == oldSelf`: it judges only what both have."""
VALIDATED: dict[str, tuple[str, ...]] = {
    "Cluster": ("postgresUID", "postgresGID"),
    "Deployment": ("selector",),
    "Service": ("clusterIP", "clusterIPs"),
}
"""Kind → fields of its spec that another check compares."""
STAYS: dict[str, tuple[str, ...]] = {"Cluster": ("walStorage", "tablespaces")}
"""Kind → fields of its spec that may be added, and not be taken away."""


def immutable(live: Manifest, new: Manifest) -> str:
    """Which immutable field a write would change; empty if it changes none."""
    old, spec, kind = live.get("spec", {}), new.get("spec", {}), new["kind"]
    for field in (*CEL.get(kind, ()), *VALIDATED.get(kind, ())):
        if field in old and field in spec and old[field] != spec[field]:
            return f"spec.{field}: field is immutable"
    for field in STAYS.get(kind, ()):
        if field in old and field not in spec:
            return f"spec.{field}: can't be taken away"
    return ""
