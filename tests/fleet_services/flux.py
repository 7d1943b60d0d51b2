"""A played kustomize-controller: what it writes into a Kustomization's status, in its order."""

from typing import Any

from function.read import plain
from tests.fleet_services.kubernetes import Kubernetes

PATH = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-apps/kustomizations"


class Flux:
    """One Kustomization. kustomize-controller 1.9.5 patches the status at each of these steps."""

    def __init__(
        self, environment: str = "dev", app: str = "shop/dash", repository: str = "acme/dash-deploy"
    ) -> None:
        """As the fleet makes it."""
        self.generation = 1
        self.annotations = {
            "platform.io/repository": f"https://github.com/{repository}",
            "platform.io/environment": environment,
            "platform.io/nodeapp": app,
        }
        self.status: dict[str, Any] = {"observedGeneration": -1}
        self.ready: tuple[str, str, str] | None = None
        self.stamped = 1

    @property
    def object(self) -> dict[str, Any]:
        """What the API server has."""
        name = (
            self.annotations["platform.io/nodeapp"].partition("/")[0]
            + self.annotations["platform.io/environment"]
        )
        metadata = {"name": name, "namespace": "flux-apps", "generation": self.generation}
        conditions = (
            [
                dict(zip(("status", "reason", "message"), self.ready, strict=True))
                | {"type": "Ready", "observedGeneration": self.stamped}
            ]
            if self.ready
            else []
        )
        return {
            "metadata": metadata | {"annotations": self.annotations},
            "status": plain(self.status | {"conditions": conditions}),
        }

    def set(self, status: str, reason: str, message: str) -> "Flux":
        """Write the condition Ready."""
        self.ready, self.stamped = (status, reason, message), self.generation
        return self

    def begins(self) -> "Flux":
        """A reconcile begins: the last attempted revision is still the one before."""
        return self.set("Unknown", "Progressing", "Reconciliation in progress")

    def attempts(self, commit: str) -> "Flux":
        """A new revision is fetched, and will be applied."""
        self.begins()
        self.status["lastAttemptedRevision"] = f"main@sha1:{commit}"
        return self

    def applied(self) -> "Flux":
        """The NodeApp is applied; its health is waited for."""
        self.status["inventory"] = {"entries": [{"id": "shop_dash_platform.io_NodeApp", "v": "v1"}]}
        return self

    def healthy(self) -> "Flux":
        """The wait ended well."""
        self.status["lastAppliedRevision"] = self.status["lastAttemptedRevision"]
        self.status["observedGeneration"] = self.generation
        return self.set(
            "True", "ReconciliationSucceeded", f"Applied revision: {self.status['lastAppliedRevision']}"
        )

    def unhealthy(self, why: str = "status: 'Failed'") -> "Flux":
        """It didn't."""
        message = (
            f"health check failed after 12s: failed early due to stalled resources: [NodeApp/shop/dash {why}]"
        )
        return self.set("False", "HealthCheckFailed", message)

    def refused(self, message: str) -> "Flux":
        """The API server refuses the NodeApp."""
        what = f'NodeApp/shop/dash dry-run failed (Invalid): NodeApp.platform.io "dash" is invalid: {message}'
        return self.set("False", "ReconciliationFailed", what)

    def put(self, cluster: Kubernetes) -> "Flux":
        """Write it to a cluster."""
        cluster.put(PATH, self.object)
        return self
