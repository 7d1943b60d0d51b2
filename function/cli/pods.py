"""How the pods of a workload differ after an edit: that is why they restart."""

from collections.abc import Iterator

from function.app import Object
from function.read import at, items, text

SHOWN = 6
"""Variables that a message names."""


def differences(old: Object, new: Object) -> Iterator[str]:
    """How the pods of two manifests differ, each in a few words."""
    was, now = (containers(each) for each in (old, new))
    for name in sorted(was.keys() & now.keys()):
        images = [text(each[name], "image") for each in (was, now)]
        if images[0] != images[1]:
            yield f"{images[0]} becomes {images[1]}"
        if others := sorted(variables(was[name]) ^ variables(now[name])):
            shown = sorted({each for each, _ in others})
            more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
            yield f"variables {', '.join(shown[:SHOWN])}{more}"
        fields = was[name].keys() | now[name].keys()
        known = ("image", "env")
        yield from (
            f"{each} of {name}"
            for each in sorted(fields.difference(known))
            if was[name].get(each) != now[name].get(each)
        )
    yield from (f"container {name} is new" for name in sorted(now.keys() - was.keys()))
    yield from (f"container {name} goes" for name in sorted(was.keys() - now.keys()))


def containers(workload: Object) -> dict[str, Object]:
    """The containers of a Deployment's pods, by name."""
    pod = at(workload, "spec", "template", "spec")
    return {each["name"]: each for each in (*items(pod, "initContainers"), *items(pod, "containers"))}


def variables(container: Object) -> set[tuple[str, str]]:
    """Its variables, each as a name and all that is said of it."""
    return {(each["name"], repr(each)) for each in items(container, "env")}
