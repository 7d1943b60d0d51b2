"""Why parts of an app aren't ready, by the conditions of the NodeApp and by what creates their pods."""

import re
from collections.abc import Iterator, Mapping

from function.cli.why import pods
from function.cli.why.refusals import refusal
from function.cli.why.seen import CROSSPLANES, Cause, Seen
from function.read import condition, items, number, text

ASIDE = ("PolicyCompliant", "SpecHonored", "BackedUp", "Monitored")
"""Conditions that don't hold back Ready."""
WAITS_FOR_ANOTHER = ("WaitingForDatabase", "WaitingForMigration")
"""Reasons of a part that another part holds up."""

COMMAND = re.compile(r"(kubectl .+?)(?: says| tries|, then|;|$)")
"""The command that a condition's message names."""
FIELD = re.compile(
    r"(?:spec\.)?((?:database|backend|frontend|ingress|environment|workers|jobs|monitoring)[\w.]*)"
)
"""The field that a condition's message begins with."""
DESCRIBED: Mapping[str, str] = {
    "FrontendReady": "kubectl describe deployment {name}-frontend -n {namespace}",
    "BackendReady": "kubectl describe deployment {name}-backend -n {namespace}",
    "WorkersReady": "kubectl describe deployments -n {namespace} -l app.kubernetes.io/part-of={name}",
    "JobsReady": "kubectl describe cronjobs -n {namespace} -l app.kubernetes.io/part-of={name}",
    "DatabaseReady": "kubectl describe clusters.postgresql.cnpg.io {name}-db -n {namespace}",
    "BackedUp": "kubectl describe clusters.postgresql.cnpg.io {name}-db -n {namespace}",
    "RouteReady": "kubectl describe httproutes -n {namespace} -l app.kubernetes.io/part-of={name}",
    "PolicyCompliant": "kubectl describe platforms.nodeapp.platform.io default",
    "Monitored": "kubectl describe platforms.nodeapp.platform.io default",
}
"""Condition → what shows more, where its message names no command. Others: the NodeApp."""
BY_REASON: Mapping[str, str] = {
    "NoHost": "kubectl explain nodeapp.spec.ingress.host",
    "HostTaken": "kubectl explain nodeapp.spec.ingress.host",
    "PlatformMissing": "kubectl get platforms.nodeapp.platform.io",
    "InvalidPlatform": "kubectl describe platforms.nodeapp.platform.io default",
    "NoObjectStore": "kubectl describe platforms.nodeapp.platform.io default",
    "NoPlugin": "kubectl api-resources --api-group=barmancloud.cnpg.io",
    "NoGatewayAPI": "kubectl api-resources --api-group=gateway.networking.k8s.io",
    "NoGateway": "kubectl get gateways -A",
    "NoListener": "kubectl describe gateways -A",
    "GatewayNotProgrammed": "kubectl describe gateways -A",
    "ArchivingFailing": "kubectl logs -n {namespace} -l cnpg.io/cluster={name}-db --all-containers --tail=50",
    "BackupFailed": "kubectl describe backups.postgresql.cnpg.io -n {namespace}",
}
"""Reason → what shows more, before the table above."""


def causes(seen: Seen, explained: frozenset[str]) -> Iterator[Cause]:
    """What the conditions of the NodeApp say. `explained`: parts of which the pods themselves say more."""
    for each in items(seen.app, "status", "conditions"):
        type_, status = each.get("type", ""), each.get("status")
        if type_ in CROSSPLANES or status != "False":
            continue
        part = type_.removesuffix("Ready").lower() if type_.endswith("Ready") else type_
        if part not in explained and each.get("reason") not in WAITS_FOR_ANOTHER:
            message = text(each, "message") or text(each, "reason") or "no reason is given"
            yield Cause(part, message, command(seen, each), holds_back=type_ not in ASIDE)


def command(seen: Seen, each: Mapping[str, str]) -> str:
    """The next command for a condition: the one in its message, else the one that shows more."""
    message, type_ = each.get("message", ""), each["type"]
    if named := COMMAND.search(message):
        return named[1]
    if each.get("reason") == "NoImage":
        return f"kubectl explain nodeapp.spec.{type_.removesuffix('Ready').lower()}.image"
    if type_ in ("Accepted", "SpecHonored") and (field := FIELD.match(message)):
        return f"kubectl explain nodeapp.spec.{field[1].rstrip('.')}"
    fallback = "kubectl describe nodeapp {name} -n {namespace}"
    chosen = BY_REASON.get(each.get("reason", "")) or DESCRIBED.get(type_, fallback)
    return chosen.format(name=seen.name, namespace=seen.namespace)


def uncreated(seen: Seen) -> Iterator[Cause]:
    """Pods that the API server lets nobody create: it tells their ReplicaSet or their Job."""
    told: dict[str, Cause] = {}
    for owner in seen.objects.get("ReplicaSet", ()):
        failure = condition(owner, "ReplicaFailure")
        if failure.get("status") == "True" and number(owner, "status", "replicas") < number(
            owner, "spec", "replicas"
        ):
            told.setdefault(
                pods.component(owner), barred(seen, pods.component(owner), text(failure, "message") or "")
            )
    for owner in seen.objects.get("Job", ()):
        failed = [each for each in seen.about(owner) if text(each, "reason") == "FailedCreate"]
        if failed and not number(owner, "status", "active") and not number(owner, "status", "succeeded"):
            part = pods.component(owner)
            told.setdefault(part, barred(seen, part, text(failed[-1], "message") or ""))
    yield from told.values()


def barred(seen: Seen, part: str, message: str) -> Cause:
    """Why no pod of a part is created."""
    known = refusal(message, seen.namespace)
    if known:
        return Cause(part, f"no pod can be created: {known.message}", known.command)
    return Cause(
        part,
        f"no pod can be created: {message}",
        f"kubectl get events -n {seen.namespace} --sort-by=.lastTimestamp",
    )
