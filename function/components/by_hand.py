"""What somebody added to the pods of a Deployment: server-side apply leaves it there, and no commit has it.

Kubernetes tells the items of these lists apart by name, and an apply owns only the items that it states. So a
variable of `kubectl set env` stays, unless one of ours has its name.
"""

from collections.abc import Iterator
from sys import intern
from typing import Any

from function.app import Object
from function.place import Manifest
from function.read import at, items, text

RELOADER = "STAKATER_"
"""How the names of variables begin that Reloader adds to replace pods: nobody added those by hand."""
NAMED = 3
"""So many additions are named in a message, which is one line."""


Stated = tuple[str, ...]
"""What a Deployment has in lists of named items, as a message names it."""


def stated(deployment: Manifest) -> Stated:
    """What a manifest has. It is remembered of each app, and most apps have the same: so those share it."""
    return tuple(map(intern, named(deployment["spec"]["template"]["spec"])))


def additions(deployment: Object | None, ours: Stated) -> str:
    """What an observed Deployment has besides what is `stated`, as a sentence; empty if it has nothing."""
    more = sorted(set(named(at(deployment, "spec", "template", "spec"))).difference(ours))
    if not more:
        return ""
    rest = f" and {len(more) - NAMED} more" if len(more) > NAMED else ""
    name, namespace = (text(deployment, "metadata", key) for key in ("name", "namespace"))
    return (
        f"added by hand, and in no commit: {', '.join(more[:NAMED])}{rest}; "
        f"kubectl edit deployment/{name} -n {namespace} removes it"
    )


def named(pod: Any) -> Iterator[str]:
    """The named items of a pod's spec, each as a message names it."""
    for each in (*items(pod, "initContainers"), *items(pod, "containers")):
        container = f"container {text(each, 'name')}"
        yield container
        yield from (
            f"variable {name} of {container}"
            for variable in items(each, "env")
            if not (name := text(variable, "name") or "").startswith(RELOADER)
        )
        yield from (
            f"mount {text(mount, 'mountPath')} of {container}" for mount in items(each, "volumeMounts")
        )
    yield from (f"volume {text(volume, 'name')}" for volume in items(pod, "volumes"))
