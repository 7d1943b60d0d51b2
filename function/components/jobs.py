"""Jobs: programs that run at fixed times."""

from collections.abc import Mapping
from dataclasses import replace

from function.api.duration import seconds
from function.api.job import LONGEST
from function.api.nodeapp import Spec
from function.app import App, Bound, Component, Object, Observed, Part, absent
from function.components import background, cloud_role, pods, policy, scaling
from function.components.backend import READY as BACKEND
from function.components.container import PodTemplate
from function.components.cron_job import cron_job, suspended_by_hand, waits
from function.components.database import client
from function.components.job_images import never, unmigrated
from function.components.job_report import READY, Job, report
from function.components.program import program
from function.effective import EffectiveBackend, EffectiveJob
from function.facts import JobFacts, JobsFacts
from function.place import Manifest, Place
from function.read import number, text
from function.ready import rollout

PREFIX = "job-"


def read(observed: Observed) -> JobsFacts:
    """Facts of the jobs' CronJobs, and the image that serves."""
    image = ("spec", "template", "spec", "containers", 0, "image")
    keys = sorted(key for key in observed.composed if key.startswith(PREFIX))
    known = tuple((key.removeprefix(PREFIX), job_facts(observed.composed[key])) for key in keys)
    backend = observed.composed.get(pods.deployment_key(BACKEND.part))
    # While it sleeps, or is stopped, its Deployment may have a newer image without a pod that migrated.
    rolled_out = backend is not None and number(backend, "spec", "replicas") > 0 and not rollout(backend)
    serving = text(backend, *image) if rolled_out else None
    return JobsFacts(known, serving)


def job_facts(cronjob: Object) -> JobFacts:
    """Facts of a CronJob."""
    image = text(cronjob, "spec", "jobTemplate", "spec", "template", "spec", "containers", 0, "image")
    return JobFacts(None if waits(cronjob) else image, pods.is_asleep(cronjob))


def problems(place: Place, asked: Spec, facts: JobsFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """Names that are too long with the app's, what policy refuses, and what is wrong with their variables."""
    if asked.backend is None:
        return []
    too_long = [
        f"spec.jobs.{name}: is too long a name: it and the app's have at most {LONGEST} characters together"
        for name in sorted(asked.jobs)
        if len(place.name) + len(name) > LONGEST
    ]
    return [
        *too_long,
        *(
            problem
            for name, job in sorted(asked.jobs.items())
            for problem in (
                *background.problems(place, f"jobs.{name}", asked.backend, job),
                *policy.of_process(place, f"jobs.{name}", job),
            )
        ),
    ]


def resolve(place: Place, asked: Spec, facts: JobsFacts) -> tuple[Mapping[str, EffectiveJob], list[str]]:
    """The jobs in force, and which keep their image because nothing migrates the database for another."""
    backend = asked.backend
    if backend is None:
        return {}, []
    effective = {
        name: EffectiveJob(
            **background.with_backend(backend, job),
            schedule=job.schedule,
            time_zone=job.time_zone,
            timeout=seconds(job.timeout),
        )
        for name, job in sorted(asked.jobs.items())
    }
    stopped = backend.migrate and scaling.least(place, backend) == 0
    return effective, list(unmigrated(effective, backend, facts)) if stopped else []


def build(app: App) -> Part:
    """A CronJob for each job."""
    backend, facts = app.spec.backend, app.facts.jobs
    if backend is None or not app.spec.jobs:
        return absent(READY)
    known = dict(facts.known)
    built = {
        name: job(app, backend, name, each, known.get(name, JobFacts()))
        for name, each in app.spec.jobs.items()
    }
    jobs = {name: each for name, (each, _) in built.items()}
    resources = {each.key: manifest for each, manifest in built.values() if manifest}
    checks = {each.key: suspended_by_hand for each in jobs.values() if not each.waits and not each.asleep}
    return Part(resources, Bound(report, jobs), checks=checks)


def job(
    app: App, backend: EffectiveBackend, name: str, asked: EffectiveJob, facts: JobFacts
) -> tuple[Job, Manifest | None]:
    """One job, and its CronJob.

    Until all pods of the backend run a version, so its migration succeeded, a job keeps the image that it
    had, and a new job waits.

    Runs don't migrate by themselves, as workers do: a run has a deadline, which may end a migration.
    """
    component, wanted = f"{PREFIX}{name}", asked.image or backend.workload.image
    database = app.spec.database
    hibernates = bool(database and database.hibernate)
    asleep = hibernates or bool(database and facts.slept and not app.facts.database.serving)
    migrated = not backend.migrate or app.facts.jobs.serving == backend.workload.image
    image, why = wanted, ""
    if wanted is None:
        why = "waits for an image; set backend.image"
    elif not migrated:
        image = facts.image or wanted
        why = "" if facts.image else f"waits for the backend's migration{never(backend)}"
    if image is None:
        return Job(component, None, why, asleep), None
    template = pod_template(app, backend, replace(asked, image=image))
    manifest = cron_job(app, component, asked, template, asleep=asleep, waiting=bool(why))
    return Job(component, image, why, asleep), manifest


def pod_template(app: App, backend: EffectiveBackend, asked: EffectiveJob) -> PodTemplate:
    """The pods of a job's runs. None runs for so long that a renewal of the database's CA matters."""
    connection = client(app)
    return PodTemplate(
        program=program(app, asked, connection.env, backend.workload.port),
        account=BACKEND.part,
        # As a backend's: what is evicted, or is out of time, gets a chance to finish what it has begun.
        grace_seconds=45,
        labels=cloud_role.role_labels(app, backend.workload) | dict(connection.labels),
    )


JOBS = Component(name="jobs", condition=READY, read=read, problems=problems, resolve=resolve, build=build)
