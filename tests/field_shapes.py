"""What Kubernetes knows below each field that an override may change, from Kubernetes' own schemas."""

import json
from collections.abc import Mapping
from typing import Any

from function.overridable import FIELDS
from function.patch import merge
from tests.schemas import definitions_of_kubernetes, load

DEFINITIONS = definitions_of_kubernetes()["$defs"]

KINDS = {
    "Deployment": "deployment-apps-v1",
    "CronJob": "cronjob-batch-v1",
    "Service": "service-v1",
    "HorizontalPodAutoscaler": "horizontalpodautoscaler-autoscaling-v2",
    "PodDisruptionBudget": "poddisruptionbudget-policy-v1",
    "NetworkPolicy": "networkpolicy-networking-v1",
}
"""Kubernetes' own kinds among those of FIELDS, and the files of their schemas."""

CHOICES = {
    "Deployment": {"spec.strategy": {"type": "Recreate|RollingUpdate"}},
    "NetworkPolicy": {"spec.policyTypes": ["Ingress|Egress"]},
    "PodDisruptionBudget": {"spec.unhealthyPodEvictionPolicy": "AlwaysAllow|IfHealthyBudget"},
    "Service": {
        "spec.externalTrafficPolicy": "Cluster|Local",
        "spec.internalTrafficPolicy": "Cluster|Local",
        "spec.ipFamilies": ["IPv4|IPv6"],
        "spec.ipFamilyPolicy": "SingleStack|PreferDualStack|RequireDualStack",
        "spec.sessionAffinity": "None|ClientIP",
        # Not ExternalName: such a Service leads to a name in DNS, which can't be overridden.
        "spec.type": "ClusterIP|NodePort|LoadBalancer",
    },
}
"""What Kubernetes' schemas leave out, by kind and field: the words that the API server takes."""
OF_PODS = {
    "dnsPolicy": "ClusterFirst|ClusterFirstWithHostNet|Default|None",
    "preemptionPolicy": "Never|PreemptLowerPriority",
}
"""The same of pods."""

DROPS = "keep|drop|labelkeep|labeldrop"
ENDPOINT: dict[str, Any] = {
    **dict.fromkeys(("port", "path", "interval", "scrapeTimeout"), "string"),
    "portNumber": "integer",
    "scheme": "http|https",
    "params": {"*": ["string"]},
    **dict.fromkeys(("enableHttp2", "filterRunning", "followRedirects", "honorTimestamps"), "boolean"),
    "trackTimestampsStaleness": "boolean",
    "metricRelabelings": [
        {"sourceLabels": ["string"], "separator": "string", "regex": "string", "action": DROPS}
    ],
}
"""An endpoint of a PodMonitor, without what reaches other apps. Prometheus would read any Secret of the
namespace for it, such as that of another app's database, and send it to the app or to a proxy. And it would
believe an app that puts the name of another one into its labels. Metrics and labels may be left out."""


PGBOUNCER = """
    application_name_add_host autodb_idle_timeout cancel_wait_timeout client_idle_timeout client_login_timeout
    default_pool_size disable_pqexec dns_max_ttl dns_nxdomain_ttl idle_transaction_timeout
    ignore_startup_parameters listen_backlog log_connections log_disconnections log_pooler_errors log_stats
    max_client_conn max_db_connections max_packet_size max_prepared_statements max_user_connections
    min_pool_size pkt_buf query_timeout query_wait_timeout reserve_pool_size reserve_pool_timeout sbuf_loopcnt
    server_check_delay server_check_query server_connect_timeout server_fast_close server_idle_timeout
    server_lifetime server_login_retry server_reset_query server_reset_query_always server_round_robin
    stats_period suspend_timeout tcp_defer_accept tcp_keepalive tcp_keepcnt tcp_keepidle tcp_keepintvl
    tcp_socket_buffer tcp_user_timeout track_extra_parameters verbose
"""
"""PgBouncer's parameters that CloudNativePG's webhook takes (pooler_webhook.go, 1.30), but for those of TLS
and of passwords: a pooler that asks for none would let anybody in who reaches it."""

Schema = Mapping[str, Any]


def shapes() -> str:
    """The generated file: kind → field → shape. `function.shapes` says what a shape is."""
    known = {
        kind: {
            field: shape(below(load(f"{file}.json") or {}, field))
            for field in FIELDS[kind]
            if not field.endswith((".labels", ".annotations"))
        }
        for kind, file in KINDS.items()
    }
    for kind, choices in CHOICES.items():
        known[kind] = merge(known[kind], choices)
    for fields in known.values():
        for field in fields:
            if field.rpartition(".")[2] in OF_PODS:
                fields[field] = OF_PODS[field.rpartition(".")[2]]
    known["PodMonitor"] = {"spec.podMetricsEndpoints": [ENDPOINT], "spec.sampleLimit": "integer"}
    known["Pooler"] = {
        "spec.deploymentStrategy": known["Deployment"]["spec.strategy"],
        "spec.pgbouncer.parameters": dict.fromkeys(PGBOUNCER.split(), "string"),
    }
    return json.dumps(known, indent=1, sort_keys=True) + "\n"


def below(schema: Schema, field: str) -> Schema:
    """The schema of a field."""
    for step in field.split("."):
        schema = resolved(schema)["properties"][step]
    return schema


def resolved(schema: Schema) -> Schema:
    """A schema without a reference at its root."""
    while "$ref" in schema:
        schema = DEFINITIONS[schema["$ref"].rpartition("/")[2]]
    return schema


def shape(schema: Schema) -> Any:
    """The shape of what a schema allows."""
    schema = resolved(schema)
    if "properties" in schema:
        return {key: shape(value) for key, value in schema["properties"].items()}
    if "items" in schema:
        return [shape(schema["items"])]
    if isinstance(schema.get("additionalProperties"), Mapping):
        return {"*": shape(schema["additionalProperties"])}
    types = schema.get("type", ["scalar"])
    return types if isinstance(types, str) else next(each for each in types if each != "null")
