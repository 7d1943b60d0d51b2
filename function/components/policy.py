"""What the Platform allows a part to ask for: images of its registries, and no more than its limits."""

from collections.abc import Iterator

from function.api.image import repository
from function.api.ingress import Ingress
from function.api.process import LongRunning, Process
from function.api.quantity import size
from function.api.resources import Resources
from function.api.workload import Workload
from function.facts import WorkloadFacts
from function.place import Place


def of_workload(place: Place, part: str, workload: LongRunning | None) -> list[str]:
    """Why a part with pods of its own is refused, as sentences. `part`: its path below spec."""
    if workload is None:
        return []
    most = workload.scaling.max if workload.scaling else None
    return [
        *of_process(place, part, workload),
        *above(place, f"{part}.replicas", "replicas", workload.replicas),
        *above(place, f"{part}.scaling.max", "replicas", most),
    ]


def of_process(place: Place, part: str, process: Process) -> list[str]:
    """Why a program is refused, as sentences: a worker's, a job's, or that of another part."""
    return [*unlisted(place, part, process.image), *of_resources(place, part, process.resources)]


def of_resources(place: Place, part: str, resources: Resources) -> Iterator[str]:
    """The amounts of a part's resources that are above a limit."""
    for kind, amounts in (("requests", resources.requests), ("limits", resources.limits)):
        for name in ("cpu", "memory"):
            yield from above(place, f"{part}.resources.{kind}.{name}", name, getattr(amounts, name))


def above(place: Place, where: str, name: str, asked: str | int | None) -> Iterator[str]:
    """The sentence about a field that is above one of the Platform's limits. `name`: of that limit."""
    most = getattr(place.platform.limits, name)
    if asked is not None and most is not None and size(str(asked)) > size(str(most)):
        yield f"spec.{where}: must be at most {most}, as the Platform's limits.{name} says, not {asked}"


def unlisted(place: Place, part: str, image: str | None) -> list[str]:
    """Why an image is refused that is in none of the Platform's registries, and where to push it.

    Without any registries every image is allowed.
    """
    registries, own = place.platform.registries, repository(image or "")
    if image is None or not registries or any(f"{own}/".startswith(f"{each}/") for each in registries):
        return []
    instead = f"{registries[0]}/{image.rpartition('/')[2]}"
    allowed = f"must be in one of the Platform's registries: {', '.join(registries)}"
    return [f"spec.{part}.image: {allowed}; {own} is in none, so push it there, such as {instead}"]


def annotations(place: Place, asked: Ingress | None) -> list[str]:
    """The annotations of a route that the Platform doesn't allow."""
    allowed = place.platform.ingress.allowed_annotations
    ask = "take it out, or ask the platform team to allow it"
    rule = f"the Platform's ingress.allowedAnnotations, which allow {', '.join(allowed) or 'none'}"
    return [
        f"spec.ingress.annotations: {name} isn't among {rule}; {ask}"
        for name in sorted(asked.annotations if asked else ())
        if name not in allowed
    ]


def tolerated(place: Place, part: str, workload: Workload | None, facts: WorkloadFacts) -> list[str]:
    """The image that runs on, although none is given any more and it may not be written again."""
    kept = facts.image if workload and workload.image is None else None
    return unlisted(place, part, kept)
