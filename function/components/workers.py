"""Workers: programs in pods of their own, which nobody connects to."""

from collections.abc import Mapping
from dataclasses import replace

from function.api.nodeapp import Spec
from function.app import App, Bound, Component, Observed, Part, absent
from function.components import access, background, cloud_role, pods, policy, scaling
from function.components.backend import READY as BACKEND
from function.components.connected import Sleep, left_behind
from function.components.container import PodTemplate
from function.components.database import NEVER_RAN, client
from function.components.program import migration, program
from function.components.worker_report import READY, Worker, report
from function.effective import EffectiveBackend, EffectivePods
from function.facts import WorkloadFacts
from function.place import Manifest, Place

Facts = tuple[tuple[str, WorkloadFacts], ...]
PREFIX, SUFFIX = "worker-", "-deployment"


def read(observed: Observed) -> Facts:
    """Facts of the workers' Deployments, and of those that a former XR left."""
    keys = {
        key for keys in (observed.composed, observed.required) for key in keys
        if key.startswith(PREFIX) and key.endswith(SUFFIX)
    }  # fmt: skip
    names = sorted(key.removeprefix(PREFIX).removesuffix(SUFFIX) for key in keys)
    return tuple((name, pods.read(observed, f"{PREFIX}{name}")) for name in names)


def problems(place: Place, asked: Spec, facts: Facts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """What policy refuses, what is wrong with their variables, and folders that hide files of the backend."""
    if asked.backend is None:
        return []
    return [
        problem
        for name, worker in sorted(asked.workers.items())
        for problem in (
            *background.problems(place, f"workers.{name}", asked.backend, worker),
            *policy.of_workload(place, f"workers.{name}", worker),
            *background.hidden(f"workers.{name}", asked.backend, worker.writable),
        )
    ]


def resolve(place: Place, asked: Spec, facts: Facts) -> tuple[Mapping[str, EffectivePods], list[str]]:
    """The workers in force, and what is held."""
    backend = asked.backend
    if backend is None:
        return {}, []
    effective, held = {}, []
    for name, worker in sorted(asked.workers.items()):
        known = dict(facts).get(name, NEVER_RAN)
        replicas, scaled = scaling.resolve(
            place, f"workers.{name}", f"{PREFIX}{name}", worker, known.replicas
        )
        held += scaled
        effective[name] = EffectivePods(
            **background.with_backend(backend, worker, worker.writable),
            replicas=replicas,
            least=scaling.least(place, worker),
            scaling=worker.scaling,
            shutdown_seconds=worker.shutdown_seconds,
        )
    return effective, held


def build(app: App) -> Part:
    """A Deployment for each worker. It may not run a version whose migration didn't succeed."""
    backend = app.spec.backend
    if backend is None or not app.spec.workers:
        return absent(READY)
    known, lookups, workers = dict(app.facts.workers), {}, {}
    resources: dict[str, Manifest] = {}
    for name, asked in app.spec.workers.items():
        facts = known.get(name, NEVER_RAN)
        workers[name], manifests = worker(app, backend, name, asked, facts)
        resources.update(manifests)
        lookups.update(left_behind(app, f"{PREFIX}{name}", facts))
    return Part(resources, Bound(report, workers), lookups=lookups)


def worker(
    app: App, backend: EffectiveBackend, name: str, asked: EffectivePods, facts: WorkloadFacts
) -> tuple[Worker, Mapping[str, Manifest]]:
    """One worker, and its objects by key.

    Without the backend's image nothing migrates its database, so it waits for that too.
    """
    component, served = f"{PREFIX}{name}", backend.workload.image
    image = asked.image or served
    waits = "" if image else "waits for an image; set backend.image"
    if backend.migrate and not served:
        image, waits = None, "waits for the backend's image, which migrates the database; set backend.image"
    template = pod_template(app, backend, replace(asked, image=image), facts) if image else None
    sleep = Sleep.of(app, facts)
    policy = access.policy(app, component, app.selector(component), [])
    resources = pods.objects(app, component, asked, template, asleep=sleep.asleep)
    resources[f"{component}-networkpolicy"] = policy
    stated = pods.named_items(resources, component)
    return Worker(component, image, waits, sleep, tuple(sorted(resources)), stated), resources


def pod_template(
    app: App, backend: EffectiveBackend, asked: EffectivePods, facts: WorkloadFacts
) -> PodTemplate:
    """The pods of a worker. Each migrates first, as those of the backend do: migrations are repeatable."""
    connection = client(app, facts)
    return PodTemplate(
        program=program(app, asked, connection.env, backend.workload.port),
        account=BACKEND.part,
        # As a backend, but no second is spent on draining: all of them are for the work in hand.
        grace_seconds=asked.shutdown_seconds or 45,
        # Nothing probes it, so that it still runs is all that shows whether it works. With a shorter time, a
        # version that can't connect would replace all pods before it crashes.
        min_ready_seconds=20,
        init=migration(app, backend),
        labels=cloud_role.role_labels(app, backend.workload) | dict(connection.labels),
        annotations=connection.annotations,
        record=connection.record,
    )


WORKERS = Component(
    name="workers", condition=READY, read=read, problems=problems, resolve=resolve, build=build
)
