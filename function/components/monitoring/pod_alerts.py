"""Alerts about an app's pods, from kube-state-metrics: every part with a Deployment has them.

Metrics: docs/metrics/workload/pod-metrics.md and deployment-metrics.md of kube-state-metrics.
"""

from collections.abc import Sequence

from function.components.monitoring.alert import Alert
from function.place import Place

POD = "[a-z0-9]+-[a-z0-9]{5}"
"""What follows a Deployment's name in its pods' names. Another Deployment of a longer name doesn't match."""


def alerts(place: Place, parts: Sequence[str]) -> list[Alert]:
    """Pods that don't stay up, versions that don't come up, and parts that are down."""
    names = "|".join(place.named(part) for part in parts)
    where = f'namespace="{place.namespace}"'
    return [
        crash_loop(f'{where},pod=~"({names})-{POD}"', place),
        stuck(f'{where},deployment=~"{names}"', place),
        down(f'{where},deployment=~"{names}"', place),
    ]


def crash_loop(pods: str, place: Place) -> Alert:
    """Seen for a while: one crash that a restart cures is nobody's work."""
    waiting = [
        f'max by (pod, container) (max_over_time({metric}{{{pods},reason="CrashLoopBackOff"}}[5m])) == 1'
        for metric in (
            "kube_pod_container_status_waiting_reason",
            "kube_pod_init_container_status_waiting_reason",
        )
    ]
    return Alert(
        "NodeAppCrashLoop",
        "warning",
        "10m",
        " or ".join(waiting),
        "a container crashes again and again",
        "Container {{ $labels.container }} of pod {{ $labels.pod }} ends soon after each start. "
        f"`kubectl logs -n {place.namespace} {{{{ $labels.pod }}}} -c {{{{ $labels.container }}}} "
        "--previous` shows its last lines. The container `migrate` is the migration. If it began with a new "
        "version, revert that commit.",
    )


def stuck(deployments: str, place: Place) -> Alert:
    """Kubernetes itself waited for progressDeadlineSeconds before: ten minutes."""
    condition = f'kube_deployment_status_condition{{{deployments},condition="Progressing",status="false"}}'
    return Alert(
        "NodeAppRolloutStuck",
        "warning",
        "5m",
        f"max by (deployment) ({condition}) == 1",
        "a new version doesn't come up",
        "The rollout of Deployment {{ $labels.deployment }} made no progress for ten minutes. Pods of the "
        f"version before still serve. `kubectl describe pods -n {place.namespace} -l "
        "app.kubernetes.io/instance={{ $labels.deployment }}` shows the cause. To go back, revert the "
        "commit.",
    )


def down(deployments: str, place: Place) -> Alert:
    """None of the pods that are asked for works."""
    available = f"max by (deployment) (kube_deployment_status_replicas_available{{{deployments}}}) == 0"
    wanted = f"max by (deployment) (kube_deployment_spec_replicas{{{deployments}}}) > 0"
    return Alert(
        "NodeAppPartDown",
        "critical",
        "5m",
        f"{available} and {wanted}",
        "a part of the app is down",
        "No pod of Deployment {{ $labels.deployment }} is available. `kubectl describe nodeapp -n "
        f"{place.namespace} {place.name}` says in its conditions what is wrong.",
    )
