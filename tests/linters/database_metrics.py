"""The metrics that CloudNativePG and its backup plugin expose, read from the sources that the tests pin."""

import re
from typing import Any

import yaml

from tests.plane.modules import module_folder

CLOUDNATIVE_PG = "github.com/cloudnative-pg/cloudnative-pg"
PLUGIN = "github.com/cloudnative-pg/plugin-barman-cloud"
DEFAULTS = "config/manager/default-monitoring.yaml"
COLLECTOR = "pkg/management/postgres/webserver/metricserver/pg_collector.go"
BUILT_IN = re.compile(r'Name:\s+"(\w+)",(?:(?!Name:).)*?\}(?:, \[\]string\{([^}]*)\})?\)', re.DOTALL)
"""A metric of the collector: its name, and its labels if it has some."""
OF_PLUGIN = re.compile(r'buildFqName\("(\w+)"\)')


def metrics() -> dict[str, list[str]]:
    """Name → labels of all metrics of an instance. Raises MissingError where there is no Go to ask."""
    operator = module_folder("operators", CLOUDNATIVE_PG)
    plugin = module_folder("crds", PLUGIN) / "internal/cnpgi/instance/metrics.go"
    found = {
        **queried(yaml.safe_load((operator / DEFAULTS).read_text())),
        **{
            f"cnpg_collector_{name}": sorted(re.findall(r'"(\w+)"', labels))
            for name, labels in BUILT_IN.findall((operator / COLLECTOR).read_text())
        },
        **{f"barman_cloud_cloudnative_pg_io_{name}": [] for name in OF_PLUGIN.findall(plugin.read_text())},
    }
    return dict(sorted(found.items()))


def queried(config_map: dict[str, Any]) -> dict[str, list[str]]:
    """The metrics of the queries that every instance makes by default."""
    found: dict[str, list[str]] = {}
    for query, definition in yaml.safe_load(config_map["data"]["queries"]).items():
        usage = {name: column["usage"] for each in definition["metrics"] for name, column in each.items()}
        labels = sorted(name for name, use in usage.items() if use == "LABEL")
        found |= {f"cnpg_{query}_{name}": labels for name, use in usage.items() if use != "LABEL"}
    return found
