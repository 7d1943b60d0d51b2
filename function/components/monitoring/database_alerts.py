"""Alerts about the database, from the metrics of CloudNativePG, of its backup plugin and of the kubelet.

Metrics: config/manager/default-monitoring.yaml and pg_collector.go of CloudNativePG 1.30, metrics.go of
plugin-barman-cloud 0.15, volume_stats.go of the kubelet.
"""

from function.api.cron import longest_gap
from function.components import database
from function.components.monitoring.alert import Alert, Severity, scraped
from function.effective_database import EffectiveBackup, EffectiveDatabase
from function.place import Place

DAY = 24 * 60 * 60


def alerts(place: Place, spec: EffectiveDatabase, *, backed_up: bool) -> list[Alert]:
    """What puts the data, or whoever needs it, in danger. A database that sleeps on purpose has none."""
    if spec.hibernate:
        return []
    job = scraped(place, database.COMPONENT)
    cluster = place.named(database.COMPONENT)
    look = f"`kubectl describe cluster -n {place.namespace} {cluster}`"
    return [
        down(job, look),
        filling("NodeAppDatabaseDiskFilling", "warning", 80, place),
        filling("NodeAppDatabaseDiskAlmostFull", "critical", 90, place),
        *([behind(job, look)] if spec.instances > 1 else []),
        *([not_archived(job, look), no_base_backup(job, spec.backup, place)] if backed_up else []),
    ]


def down(job: str, look: str) -> Alert:
    """No instance answers as primary. A failover takes less than the ten minutes."""
    return Alert(
        "NodeAppDatabaseDown",
        "critical",
        "10m",
        f"absent(cnpg_pg_replication_in_recovery{{{job}}} == 0)",
        "the database has no primary",
        "Prometheus sees no primary, so nothing can be written, or Prometheus can't reach the instances. "
        f"{look} shows its phase and its conditions. Delete neither the Cluster nor a volume.",
    )


def filling(name: str, severity: Severity, percent: int, place: Place) -> Alert:
    """Early, as the remedy needs room: CloudNativePG grows no volume of a database whose disk is full."""
    disk = volumes(place)
    used = f"kubelet_volume_stats_used_bytes{disk} / kubelet_volume_stats_capacity_bytes{disk}"
    return Alert(
        name,
        severity,
        "5m",
        f"max by (persistentvolumeclaim) ({used}) > {percent / 100}",
        f"the database's disk is more than {percent} % full",
        "Volume {{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full. Raise "
        "database.storage in the NodeApp while there is room: once the disk is full, a commit doesn't help "
        "any more. If NodeAppDatabaseNotArchiving fires too, cure that first: what isn't archived stays on "
        "the disk.",
    )


def volumes(place: Place) -> str:
    """The labels of the instances' volumes, as the kubelet has them."""
    claims = f'persistentvolumeclaim=~"{place.named(database.COMPONENT)}-[0-9]+(-wal)?"'
    return f'{{namespace="{place.namespace}",{claims}}}'


def behind(job: str, look: str) -> Alert:
    """A replica that receives nothing shows no lag, so that counts too."""
    lag = f"max by (pod) (cnpg_pg_replication_lag{{{job}}}) > 300"
    receives = f"cnpg_pg_replication_is_wal_receiver_up{{{job}}}"
    receives_nothing = f"max by (pod) (cnpg_pg_replication_in_recovery{{{job}}} > {receives})"
    return Alert(
        "NodeAppDatabaseReplicaBehind",
        "warning",
        "5m",
        f"{lag} or {receives_nothing}",
        "a replica of the database is behind",
        "Replica {{ $labels.pod }} is more than five minutes behind, or receives nothing. If it were "
        f"promoted now, the newest commits could be lost. {look} and the pod's log show the cause: often a "
        "slow disk, or a transaction that runs for long.",
    )


def not_archived(job: str, look: str) -> Alert:
    """Of the primary alone: an instance that was primary before keeps its last failure."""
    archiver = "cnpg_pg_stat_archiver_last"
    failing = f"{archiver}_failed_time{{{job}}} - {archiver}_archived_time{{{job}}} > 1"
    waiting = f'cnpg_collector_pg_wal_archive_status{{{job},value="ready"}} > 64'
    primary = f"max by (pod) (cnpg_pg_replication_in_recovery{{{job}}}) == 0"
    return Alert(
        "NodeAppDatabaseNotArchiving",
        "critical",
        "15m",
        f"(max by (pod) ({failing}) or max by (pod) ({waiting})) and {primary}",
        "WAL isn't archived",
        "The database's write-ahead log doesn't reach the object store. It stays on the disk until that is "
        f"full, and nothing since then can be restored. {look} shows the error in its condition "
        "ContinuousArchiving: often credentials, or a bucket that isn't there.",
    )


def no_base_backup(job: str, backup: EffectiveBackup, place: Place) -> Alert:
    """A day more than the longest time between two: the one that is due may take its time."""
    days = longest_gap(backup.schedule) + 1
    newest = f"max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{{{job}}})"
    return Alert(
        "NodeAppDatabaseBackupOld",
        "warning",
        "1h",
        f"time() - {newest} > {days * DAY}",
        f"no base backup of the last {days} days",
        f"The schedule `{backup.schedule}` should have made one. A restore takes longer with every day of "
        f"WAL since the last one. `kubectl get backups -n {place.namespace}` lists them, and "
        "`kubectl describe backup` says why one failed.",
    )
