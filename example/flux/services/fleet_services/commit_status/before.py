"""What became of commits while no service ran, as Kubernetes' events remember it.

API servers keep events for an hour, unless --event-ttl says otherwise. A Kustomization itself has only its
last attempt, and its history lacks the attempts that a newer commit ended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fleet_services.commit_status.verdict import NOT_APPLIED, Verdict, refusal, said, superseded
from fleet_services.kubernetes import Kubernetes
from fleet_services.kustomizations import Attempt, attempt, commit_of

EVENTS = "/api/v1/namespaces/{namespace}/events?fieldSelector=involvedObject.kind%3DKustomization"
REVISION = "kustomize.toolkit.fluxcd.io/revision"
"""Annotation of an event: the revision that was attempted."""

Object = Mapping[str, Any]


def ended(
    kubernetes: Kubernetes, namespace: str, kustomizations: Mapping[str, Object]
) -> Iterator[tuple[Attempt, Verdict]]:
    """Attempts before the last one, each with its end. `kustomizations`: by namespace/name.

    Raises KubernetesError.
    """
    ends: dict[Attempt, Verdict] = {}
    events = kubernetes.get(EVENTS.format(namespace=namespace))["items"]
    for event in sorted(events, key=lambda each: str(each.get("lastTimestamp") or each.get("eventTime"))):
        last = attempt(kustomizations.get(f"{namespace}/{event['involvedObject']['name']}", {"metadata": {}}))
        commit = commit_of((event["metadata"].get("annotations") or {}).get(REVISION, ""))
        if last and commit and commit != last.commit and (end := verdict(event, last.commit)):
            one = replace(last, commit=commit)
            if end.state != "error" or one not in ends:  # A check again that was ended takes no verdict back.
                ends[one] = end
    yield from ends.items()


def verdict(event: Object, newer: str) -> Verdict | None:
    """What an event says of its commit; None if it isn't the end of an attempt."""
    match event.get("reason"):
        case "ReconciliationSucceeded":
            return said("success", "ran as asked")
        case "HealthCheckCanceled":
            return superseded(newer)
        case "HealthCheckFailed":
            return said("failure", event.get("message", ""))
        case reason if reason in NOT_APPLIED:
            return said("failure", refusal(event.get("message", "")))
    return None
