"""The image of a job while nothing migrates the database for another one: the backend is stopped."""

from collections.abc import Iterator, Mapping

from function.api.backend import Backend
from function.effective import EffectiveBackend, EffectiveJob
from function.facts import JobsFacts


def unmigrated(jobs: Mapping[str, EffectiveJob], backend: Backend, facts: JobsFacts) -> Iterator[str]:
    """The jobs that keep another image than they should have, as no pod of the backend migrates for it."""
    for name, known in facts.known:
        wanted = name in jobs and (jobs[name].image or backend.image)
        if known.image and wanted and wanted != known.image:
            why = f"backend.replicas is 0, so nothing migrates the database for {wanted}"
            yield f"jobs.{name}.image: kept {known.image}, {why}"


def never(backend: EffectiveBackend) -> str:
    """Why no migration comes, as the end of a sentence; empty if one does."""
    return "" if backend.workload.least else ", and backend.replicas is 0; raise it once to have it migrate"
