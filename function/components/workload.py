"""What frontend and backend have in common: a Service, a ServiceAccount, and a Deployment with an image."""

from collections.abc import Callable, Sequence
from functools import partial

from function.api.names import FIRST_CA, RENEWED_CA
from function.api.status import Status, WorkloadStatus
from function.api.workload import Workload
from function.app import App, Lookup, Observed, Part
from function.components import access, disruption, scaling
from function.components.by_hand import additions, stated
from function.components.container import PodTemplate
from function.components.deployment import deployment
from function.components.service import service, service_account
from function.effective import EffectiveWorkload
from function.facts import WorkloadFacts
from function.place import Manifest, Place
from function.read import at, number, text
from function.report import ConditionType, Report, Why

ASLEEP = "platform.io/asleep"
"""Annotation of a Deployment: it is scaled down until its database is awake."""

InStatus = Callable[[WorkloadStatus], Status]
"""Puts a workload's status into the app's status."""


def read(observed: Observed, component: str) -> WorkloadFacts:
    """The facts of a component's Deployment. If a former XR left one, only what its pods trust is known."""
    image, key = ("spec", "template", "spec", "containers", 0, "image"), deployment_key(component)
    deployed = observed.composed.get(key)
    left_behind = observed.required.get(key, ())
    trusting = deployed or next(iter(left_behind), None)
    return WorkloadFacts(
        composed=deployed is not None,
        image=text(deployed, *image),
        replicas=scaling.read(deployed, observed.composed.get(f"{component}-hpa")),
        slept=at(deployed, "metadata", "annotations", ASLEEP) == "true",
        first_ca=text(trusting, "metadata", "annotations", FIRST_CA),
        renewed_ca=text(trusting, "spec", "template", "metadata", "annotations", RENEWED_CA),
    )


def deployment_key(component: str) -> str:
    """The key of a component's Deployment, and the name of the requirement for it."""
    return f"{component}-deployment"


def lookup(app: App, component: str) -> Lookup:
    """The Deployment of this name, before it is composed: a former XR may have left it.

    Its pods go on running, and trust the CA of a database that may be gone. What says so is an annotation,
    which the first apply of a new XR of the same name would remove.
    """
    return Lookup("apps/v1", "Deployment", app.named(component), app.namespace)


def resolve(
    place: Place, component: str, asked: Workload, facts: WorkloadFacts
) -> tuple[EffectiveWorkload, list[str]]:
    """The workload in force: with defaults, and with the image that runs if none is given any more."""
    kept = facts.image if asked.image is None else None
    held = [f"{component}.image: kept {kept}, as none is given"] if kept else []
    replicas, scaled = scaling.resolve(place, component, asked, facts.replicas)
    effective = EffectiveWorkload(
        image=asked.image or kept,
        replicas=replicas,
        least=scaling.least(place, asked),
        scaling=asked.scaling,
        port=asked.port,
        resources=asked.resources,
        env=asked.env,
        secrets=asked.secrets,
        config_maps=asked.config_maps,
        secret_env=asked.secret_env,
        files=asked.files,
        writable=asked.writable,
        shutdown_seconds=asked.shutdown_seconds,
        probes=asked.probes,
        command=asked.command,
        args=asked.args,
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
    resources = {
        f"{component}-service": service(app, component),
        f"{component}-serviceaccount": service_account(app, component),
        f"{component}-networkpolicy": access.policy(app, component, app.selector(component), rules),
    }
    if workload.image:
        replicas, sleep = (0, {ASLEEP: "true"}) if asleep else (workload.replicas, {})
        annotations = {**sleep, **template.record}
        resources[f"{component}-deployment"] = deployment(app, component, replicas, template, annotations)
        if workload.scaling:
            resources[f"{component}-hpa"] = scaling.autoscaler(app, component, workload.scaling)
    if app.defaults.disruption_budget and workload.least > 1:
        resources[f"{component}-pdb"] = disruption.budget(app, component)
    deployed = resources.get(f"{component}-deployment")
    ours = stated(deployed) if deployed else frozenset()
    return Part(resources, partial(report, condition, in_status, workload.image, ours))


def report(
    condition: ConditionType,
    in_status: InStatus,
    image: str | None,
    ours: frozenset[str],
    observed: Observed,
    why: Why,
) -> Report:
    """Whether the workload runs as asked. `image` in the status is the image that all pods run.

    `ours`: what the Deployment states. What somebody added stays, and is said.
    """
    component = condition.part
    if image is None:
        no_image = condition.false("NoImage", f"waits for an image; set {component}.image")
        return Report([no_image], in_status(WorkloadStatus(replicas=0, available=0)))
    deployment = observed.composed.get(f"{component}-deployment")
    status = WorkloadStatus(
        image=None if why[f"{component}-deployment"] else image,
        replicas=number(deployment, "status", "replicas"),
        available=number(deployment, "status", "availableReplicas"),
    )
    current = condition.of_objects(why)
    if current.ok and (more := additions(deployment, ours)):
        current = condition.true("EditedByHand", more)
    return Report([current], in_status(status))
