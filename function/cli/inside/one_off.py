"""The pod for a command that runs once, made from the Deployment of a part."""

from typing import Any

from function.api.names import CONNECTS_TO, TEAM
from function.app import Object
from function.cli.inside.parts import PART_OF
from function.read import at

COMPONENT = "app.kubernetes.io/component"
RUN = "run"
"""Component of these pods: no Service, budget or NetworkPolicy of the app selects them."""
KEPT = (PART_OF, "app.kubernetes.io/name", "app.kubernetes.io/version", TEAM, CONNECTS_TO)
"""Labels of the part's pods that the pod has too. With the last one its database lets it in."""
OF_SERVING = ("ports", "startupProbe", "livenessProbe", "readinessProbe", "lifecycle", "args")
OF_MANY = ("initContainers", "topologySpreadConstraints", "affinity")
"""Fields that a pod which runs one command has no use for. A migration isn't run again."""


def pod(
    deployment: Object, name: str, words: tuple[str, ...], seconds: int, *, interactive: bool
) -> dict[str, Any]:
    """The pod: image, environment, secrets, files and security context are the part's.

    It ends after so many seconds, whoever forgets it.
    """
    template = at(deployment, "spec", "template")
    labels = {key: value for key, value in template["metadata"]["labels"].items() if key in KEPT}
    spec = {key: value for key, value in template["spec"].items() if key not in OF_MANY}
    [container, *_] = spec["containers"]
    kept = {key: value for key, value in container.items() if key not in OF_SERVING}
    streams = {"stdin": interactive, "stdinOnce": interactive, "tty": interactive}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": {**labels, COMPONENT: RUN}},
        "spec": {
            **spec,
            "restartPolicy": "Never",
            "activeDeadlineSeconds": seconds,
            "containers": [{**kept, "name": RUN, "command": list(words), **streams}],
        },
    }
