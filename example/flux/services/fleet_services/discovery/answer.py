"""Answer one request: read what is deployed, list what GitHub has, and decide."""

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge
from pydantic import TypeAdapter, ValidationError

from fleet_services.discovery.inputs import Before, Doubt, Found, Input, decide
from fleet_services.github.client import GitHub
from fleet_services.github.repositories import repositories
from fleet_services.kubernetes import Kubernetes

LOG = logging.getLogger(__name__)
MOST_BYTES = 900 * 1024
"""Flux Operator refuses a longer answer: maxExternalServicePayloadSize in its provider's controller."""
MOST_INPUTS = 10_000
"""The highest spec.filter.limit. Flux Operator drops what is over the limit, so its objects are deleted."""

METRICS = CollectorRegistry()
APPS = Gauge("fleet_discovery_apps", "Apps in the last answer", registry=METRICS)
NOTES = Gauge(
    "fleet_discovery_notes", "Repositories that need a person, in the last answer", registry=METRICS
)
DOUBTS = Counter("fleet_discovery_doubts", "Requests answered with 503", registry=METRICS)

DEPLOYED = TypeAdapter(tuple[Input, ...])
PROVIDERS = (
    "/apis/fluxcd.controlplane.io/v1/namespaces/{namespace}/resourcesetinputproviders"
    "?labelSelector=platform.io/inputs%3Dnodeapp"
)
"""All that give inputs to the ResourceSet: the registry's entries, and the one that asks here."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the fleet says about the discovery."""

    organisation: str
    namespace: str
    """Namespace of the ResourceSetInputProviders."""
    provider: str
    """Name of the one that asks."""
    removed: Path
    """File with the names of the apps that may go, one in a line; # begins a comment."""


class Discovery:
    """Answers one request at a time: two would list the organisation twice."""

    def __init__(self, github: GitHub, kubernetes: Kubernetes, settings: Settings) -> None:
        """Take what it reads from."""
        self.github, self.kubernetes, self.settings = github, kubernetes, settings
        self.lock = threading.Lock()
        self.said: list[str] = []

    def answer(self) -> bytes:
        """The inputs as JSON. Raises Doubt, GitHubError or KubernetesError: then nothing is known."""
        with self.lock, DOUBTS.count_exceptions():
            settings = self.settings
            providers = self.kubernetes.get(PROVIDERS.format(namespace=settings.namespace))
            known = before(providers["items"], settings.provider)
            removed = names(settings.removed)
            listed = repositories(self.github, settings.organisation)
            found = decide(listed, known, removed)
            body = encoded(found)
        self.tell(found)
        return body

    def tell(self, found: Found) -> None:
        """Log each new note once, and count all of them."""
        for note in found.notes:
            if note not in self.said:
                LOG.warning(note)
        self.said = found.notes
        APPS.set(len(found.inputs))
        NOTES.set(len(found.notes))


def before(providers: Iterable[Mapping[str, Any]], name: str) -> Before:
    """What is deployed: the inputs that Flux Operator accepted last. Raises Doubt if they can't be read."""
    registered, own = {}, None
    for each in providers:
        if each["metadata"]["name"] == name:
            own = each.get("status", {}).get("exportedInputs") or ()
        elif each["spec"]["type"] == "Static":
            values = each["spec"].get("defaultValues", {})
            registered[str(values.get("namespace"))] = str(values.get("repository"))
    if own is None:
        message = f"the ResourceSetInputProvider {name} isn't there, so it isn't known what is deployed"
        raise Doubt(message)
    try:
        return Before(DEPLOYED.validate_python(own), registered)
    except ValidationError as error:
        message = (
            f"status.exportedInputs of the ResourceSetInputProvider {name} has other keys than these inputs"
        )
        raise Doubt(message) from error


def names(file: Path) -> set[str]:
    """The names in a file. Raises Doubt if it can't be read."""
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"the list of removed apps can't be read: {error}"
        raise Doubt(message) from error
    return {name for line in lines if (name := line.partition("#")[0].strip())}


def encoded(found: Found) -> bytes:
    """The answer that Flux Operator expects. Raises Doubt if it wouldn't take all of it."""
    body = json.dumps({"inputs": [each.model_dump() for each in found.inputs]}).encode()
    if len(body) > MOST_BYTES or len(found.inputs) > MOST_INPUTS:
        message = f"{len(found.inputs)} apps in {len(body)} bytes are more than Flux Operator takes"
        raise Doubt(message)
    return body
