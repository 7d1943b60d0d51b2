"""The charts of the dashboard. tests/test_dashboard.py holds each query against what is really exposed.

The backend's metrics are those of the template's backend: prom-client's, and two of its own.
"""

from collections.abc import Mapping
from typing import NamedTuple

from function.components import backend, database
from function.components.monitoring.alert import scraped
from function.components.monitoring.backend_alerts import REQUESTS
from function.components.monitoring.database_alerts import volumes
from function.place import Place


class Chart(NamedTuple):
    """One chart."""

    title: str
    unit: str
    """Grafana's name of the unit, such as s or bytes."""
    lines: Mapping[str, str]
    """Legend → PromQL. {{label}} in a legend is the label's value."""


def backend_charts(place: Place) -> list[Chart]:
    """The requests, and the Node process behind them."""
    job = scraped(place, backend.READY.part)
    count = f"rate({REQUESTS}_count{{{job}}}[$__rate_interval])"
    failed = f'rate({REQUESTS}_count{{{job},status=~"5.."}}[$__rate_interval])'
    buckets = f"sum by (le) (rate({REQUESTS}_bucket{{{job}}}[$__rate_interval]))"
    by_route = f"sum by (le, route) (rate({REQUESTS}_bucket{{{job}}}[$__rate_interval]))"
    slowest = f"topk(5, histogram_quantile(0.95, {by_route}))"
    percentiles = {f"p{n}": f"histogram_quantile(0.{n}, {buckets})" for n in (50, 95, 99)}
    collected = f"rate(nodejs_gc_duration_seconds_sum{{{job}}}[$__rate_interval])"
    return [
        Chart("Requests", "reqps", {"{{status}}": f"sum by (status) ({count})"}),
        Chart("Failed requests", "percentunit", {"5xx": f"sum({failed}) / sum({count})"}),
        Chart("Duration of requests", "s", percentiles),
        Chart("Slowest routes (p95)", "s", {"{{route}}": slowest}),
        Chart("Event loop delay (p99)", "s", {"{{pod}}": f"nodejs_eventloop_lag_p99_seconds{{{job}}}"}),
        Chart("CPU", "none", {"{{pod}}": f"rate(process_cpu_seconds_total{{{job}}}[$__rate_interval])"}),
        Chart("Memory", "bytes", {"{{pod}}": f"process_resident_memory_bytes{{{job}}}"}),
        Chart("JavaScript heap", "bytes", {"{{pod}}": f"nodejs_heap_size_used_bytes{{{job}}}"}),
        Chart("Garbage collection", "percentunit", {"{{pod}}": f"sum by (pod) ({collected})"}),
        Chart("Pool of connections", "none", {"{{state}}": f"sum by (state) (db_pool_connections{{{job}}})"}),
    ]


def database_charts(place: Place) -> list[Chart]:
    """PostgreSQL, its disk and its archive."""
    job, disk = scraped(place, database.COMPONENT), volumes(place)
    of_database = f'{job},datname!~"template.*|postgres"'
    commits, hits, reads = (
        f"rate(cnpg_pg_stat_database_{what}{{{of_database}}}[$__rate_interval])"
        for what in ("xact_commit", "blks_hit", "blks_read")
    )
    used = f"kubelet_volume_stats_used_bytes{disk} / kubelet_volume_stats_capacity_bytes{disk}"
    size = f"max by (datname) (cnpg_pg_database_size_bytes{{{of_database}}})"
    waiting = f'cnpg_collector_pg_wal_archive_status{{{job},value="ready"}}'
    return [
        Chart("Connections", "none", {"{{state}}": f"sum by (state) (cnpg_backends_total{{{job}}})"}),
        Chart("Transactions", "ops", {"{{datname}}": f"sum by (datname) ({commits})"}),
        Chart("Reads from memory", "percentunit", {"hits": f"sum({hits}) / (sum({hits}) + sum({reads}))"}),
        Chart("Lag of the replicas", "s", {"{{pod}}": f"cnpg_pg_replication_lag{{{job}}}"}),
        Chart("Size", "bytes", {"{{datname}}": size}),
        Chart("Disk", "percentunit", {"{{persistentvolumeclaim}}": used}),
        Chart("WAL files to archive", "none", {"{{pod}}": waiting}),
    ]
