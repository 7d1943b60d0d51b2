"""What frontend and backend have in common: a Service, a ServiceAccount, and a Deployment with an image."""

from collections.abc import Callable, Sequence

from function.api.status import Status, WorkloadStatus
from function.api.workload import Workload
from function.app import App, Bound, Observed, Part
from function.components import access, cloud_role, pods, policy, scaling
from function.components.by_hand import Stated
from function.components.container import PodTemplate
from function.components.owned_secrets import owned_secrets
from function.components.references import circles, has_whole
from function.components.service import service, service_account
from function.effective import EffectiveWorkload
from function.facts import WorkloadFacts
from function.place import Manifest, Place
from function.report import ConditionType, Report, Why

InStatus = Callable[[WorkloadStatus], Status]
"""Puts a workload's status into the app's status."""


def problems(place: Place, component: str, asked: Workload | None) -> list[str]:
    """Secrets that aren't the app's to read, what policy refuses, and variables that refer to themselves."""
    return [
        *owned_secrets(place, component, asked),
        *policy.of_workload(place, component, asked),
        *cloud_role.problems(place, component, asked),
        *circles(component, asked, place.platform.env, whole=has_whole(asked)),
    ]


def resolve(
    place: Place, component: str, asked: Workload, facts: WorkloadFacts
) -> tuple[EffectiveWorkload, list[str]]:
    """The workload in force: with defaults, and with the image that runs if none is given any more."""
    kept = facts.image if asked.image is None else None
    held = [f"{component}.image: kept {kept}, as none is given"] if kept else []
    replicas, scaled = scaling.resolve(place, component, component, asked, facts.replicas)
    effective = EffectiveWorkload(
        image=asked.image or kept,
        resources=asked.resources,
        env=asked.env,
        secrets=asked.secrets,
        config_maps=asked.config_maps,
        secret_env=asked.secret_env,
        files=asked.files,
        writable=asked.writable,
        command=asked.command,
        args=asked.args,
        replicas=replicas,
        least=scaling.least(place, asked),
        scaling=asked.scaling,
        shutdown_seconds=asked.shutdown_seconds,
        port=asked.port,
        probes=asked.probes,
        cloud_role=asked.cloud_role,
    )
    return effective, [*held, *scaled]


def build(
    app: App,
    condition: ConditionType,
    in_status: InStatus,
    workload: EffectiveWorkload,
    template: PodTemplate,
    rules: Sequence[Manifest],
    *,
    asleep: bool = False,
) -> Part:
    """A workload's objects; its Deployment only once it has an image.

    `rules`: of its NetworkPolicy. Asleep: it has 0 pods.
    """
    component = condition.part
    made = pods.objects(app, component, workload, template if workload.image else None, asleep=asleep)
    resources = {
        f"{component}-service": service(app, component),
        f"{component}-serviceaccount": service_account(app, component, workload.cloud_role),
        f"{component}-networkpolicy": access.policy(app, component, app.selector(component), rules),
        **made,
    }
    ours = pods.named_items(made, component)
    return Part(resources, Bound(report, condition, in_status, workload.image, ours))


def report(
    condition: ConditionType,
    in_status: InStatus,
    image: str | None,
    ours: Stated,
    observed: Observed,
    why: Why,
) -> Report:
    """Whether the workload runs as asked. `ours`: what the Deployment states."""
    component = condition.part
    if image is None:
        no_image = condition.false("NoImage", f"waits for an image; set {component}.image")
        return Report([no_image], in_status(WorkloadStatus(replicas=0, available=0)))
    current = pods.state(condition, component, ours, observed, why)
    return Report([current], in_status(pods.status(component, image, observed, why)))
