"""PodDisruptionBudgets: how many pods of a part may be evicted at once, such as by the drain of a node."""

from function.app import App
from function.place import Manifest


def budget(app: App, component: str) -> Manifest:
    """One pod at a time. A pod that isn't ready may always go: else a crashing app would block the drain."""
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": app.metadata(component),
        "spec": {
            "maxUnavailable": 1,
            "selector": {"matchLabels": app.selector(component)},
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
        },
    }
