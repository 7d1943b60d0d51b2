"""How Prometheus finds an app's objects."""

from function.app import App
from function.place import Manifest


def selected(app: App, component: str) -> Manifest:
    """The metadata of an object for Prometheus, with the labels that it selects objects by."""
    settings = app.platform.prometheus
    metadata = app.metadata(component)
    return metadata | {"labels": (settings.labels if settings else {}) | metadata["labels"]}
