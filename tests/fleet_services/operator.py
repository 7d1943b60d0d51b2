"""A played Flux Operator: it asks the discovery, and keeps what it has on an error."""

from typing import Any

from starlette.testclient import TestClient

from fleet_services.discovery.answer import MOST_BYTES
from tests.fleet_services.kubernetes import Kubernetes

PROVIDERS = "/apis/fluxcd.controlplane.io/v1/namespaces/flux-apps/resourcesetinputproviders"
DEFAULTS = {"environment": "dev"}
"""What the provider adds to each input."""
LABELS = {"platform.io/inputs": "nodeapp"}


class Operator:
    """Flux Operator's part: it asks, checks as its controller does, and keeps what it has on an error."""

    def __init__(self, cluster: Kubernetes, web: TestClient) -> None:
        """Begin with a provider that has no inputs."""
        self.cluster, self.web = cluster, web
        self.inputs: list[dict[str, Any]] = []
        self.error = ""
        self.save()

    def save(self) -> None:
        """Write the provider's status."""
        status = {"exportedInputs": self.inputs} if self.inputs else {}
        meta = {"name": "discovery", "namespace": "flux-apps", "labels": LABELS}
        self.cluster.put(PROVIDERS, {"metadata": meta, "spec": {"type": "ExternalService"}, "status": status})

    def poll(self) -> list[str]:
        """Reconcile once. The names of the apps that it deploys."""
        answer = self.web.get("/inputs", headers={"Authorization": "Bearer of-the-operator"})
        self.error = "" if answer.is_success else answer.json()["error"]
        if answer.is_success:
            assert len(answer.content) <= MOST_BYTES
            inputs = [DEFAULTS | each for each in answer.json()["inputs"]]
            assert all(isinstance(each["id"], str) and each["id"] for each in inputs)
            assert len({each["id"] for each in inputs}) == len(inputs)
            self.inputs = inputs
            self.save()
        return [each["name"] for each in self.inputs]
