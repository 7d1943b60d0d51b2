"""Pods that run all the time: a Deployment, its autoscaler and its disruption budget."""

from collections.abc import Mapping

from function.api.names import FIRST_CA, RENEWED_CA
from function.api.status import WorkloadStatus
from function.app import App, Lookup, Object, Observed
from function.components import disruption, reloader, scaling
from function.components.by_hand import Stated, additions, stated
from function.components.container import PodTemplate
from function.components.deployment import deployment
from function.effective import EffectivePods
from function.facts import WorkloadFacts
from function.place import Manifest
from function.read import number, text
from function.report import Condition, ConditionType, Why

ASLEEP = "platform.io/asleep"
"""Annotation of what is stopped until its database is awake."""


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
        slept=is_asleep(deployed),
        first_ca=text(trusting, "metadata", "annotations", FIRST_CA),
        renewed_ca=text(trusting, "spec", "template", "metadata", "annotations", RENEWED_CA),
    )


def is_asleep(observed: Object | None) -> bool:
    """Whether an object was stopped because its database sleeps."""
    return text(observed, "metadata", "annotations", ASLEEP) == "true"


def deployment_key(component: str) -> str:
    """The key of a component's Deployment, and the name of the requirement for it."""
    return f"{component}-deployment"


def lookup(app: App, component: str) -> Lookup:
    """The Deployment of this name, before it is composed: a former XR may have left it.

    Its pods go on running, and trust the CA of a database that may be gone. What says so is an annotation,
    which the first apply of a new XR of the same name would remove.
    """
    return Lookup("apps/v1", "Deployment", app.named(component), app.namespace)


def objects(
    app: App, component: str, pods: EffectivePods, template: PodTemplate | None, *, asleep: bool
) -> dict[str, Manifest]:
    """The Deployment, its autoscaler and its disruption budget, by key.

    `template`: None while there is no image, so no pods either. Asleep: it has 0 pods.
    """
    made = {}
    if template:
        replicas, sleep = (0, {ASLEEP: "true"}) if asleep else (pods.replicas, {})
        reload = reloader.annotations(pods) if app.platform.reloader else {}
        annotations = {**sleep, **template.record, **reload}
        made[deployment_key(component)] = deployment(app, component, replicas, template, annotations)
        if pods.scaling:
            made[f"{component}-hpa"] = scaling.autoscaler(app, component, pods.scaling)
    if app.defaults.disruption_budget and pods.least > 1:
        made[f"{component}-pdb"] = disruption.budget(app, component)
    return made


def named_items(made: Mapping[str, Manifest], component: str) -> Stated:
    """What the Deployment states, if there is one: all else was added by hand."""
    deployed = made.get(deployment_key(component))
    return stated(deployed) if deployed else ()


def status(component: str, image: str, observed: Observed, why: Why) -> WorkloadStatus:
    """The pods in numbers. The image is the one that all pods run."""
    deployed = observed.composed.get(deployment_key(component))
    replicas = number(deployed, "spec", "replicas")
    return WorkloadStatus(
        image=None if why[deployment_key(component)] else image,
        replicas=replicas,
        # A rollout has pods of two versions. Counted all, each step of it would be written.
        available=min(replicas, number(deployed, "status", "availableReplicas")),
    )


def state(condition: ConditionType, component: str, ours: Stated, observed: Observed, why: Why) -> Condition:
    """Whether the component's objects are as asked. What somebody added to its pods stays, and is said."""
    current = condition.of_objects(why)
    if current.ok and (more := additions(observed.composed.get(deployment_key(component)), ours)):
        return condition.true("EditedByHand", more)
    return current
