"""What happens to one app, so that tests read like sentences."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from function.api.names import API_VERSION, CLAIM, GROUP
from function.read import at, condition
from tests.live.judging import current, said
from tests.live.played_database import POSTGRES, PlayedDatabase
from tests.plane.kubectl import PATIENCE, Json, wait

NODEAPP = f"nodeapps.{GROUP}"
XNODEAPP = f"xnodeapps.{GROUP}"
STORE = "objectstores.barmancloud.cnpg.io"
FAMILY = (
    *(POSTGRES, STORE, "networkpolicies"),
    *("scheduledbackups.postgresql.cnpg.io", "poolers.postgresql.cnpg.io", "databases.postgresql.cnpg.io"),
)
USAGE = "usages.protection.crossplane.io"
CLUSTER_USAGE = "clusterusages.protection.crossplane.io"
ROLLOUT = 120.0
"""Seconds that pods may take to be replaced, one by one, each ready for five."""


@dataclass(frozen=True, slots=True)
class Story(PlayedDatabase):
    """What people do to an app, and what they see of it."""

    def write(self, spec: Mapping[str, Any], **annotations: str) -> None:
        """The developer commits a NodeApp, and Flux applies it."""
        metadata = {"name": self.app, "namespace": self.namespace, "annotations": annotations}
        self.cluster.apply(
            {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": dict(spec)}
        )

    def claim(self) -> Json:
        """The NodeApp now; empty where there is none."""
        return self.cluster.get(NODEAPP, self.app, self.namespace) or {}

    def xr(self) -> Json:
        """The XNodeApp behind it."""
        return self.cluster.get(XNODEAPP, self.claim()["spec"]["resourceRef"]["name"]) or {}

    def usages(self) -> list[Json]:
        """All that protects the app from deletion."""
        label = (
            f"--selector=app.kubernetes.io/part-of={self.app},crossplane.io/claim-namespace={self.namespace}"
        )
        return [
            *self.cluster.all(USAGE, self.namespace, label),
            *self.cluster.all(CLUSTER_USAGE, None, label),
        ]

    def until(self, wanted: Callable[[Json], Any], patience: float = PATIENCE) -> Json:
        """The NodeApp, once it is as wanted."""
        return wait(self.claim, wanted, patience)

    def runs(self, spec: Mapping[str, Any]) -> Json:
        """The NodeApp, written and once it is what runs. Its database is played."""
        self.write(spec)
        if "database" in spec:
            wait(self.database, bool)
            self.postgres_is_healthy()
        return self.reconciled(spec)

    def reconciled(self, spec: Mapping[str, Any]) -> Json:
        """The NodeApp, once this spec is what runs."""
        return self.until(lambda claim: current(claim, spec), ROLLOUT)

    def told(self, type_: str, reason: str, saying: str = "") -> str:
        """The message of a condition, once it has this reason and says this.

        Conditions follow the rest of the status, and one may have said something else for this reason before.
        """

        def is_told(claim: Json) -> bool:
            _, now, message = said(claim, type_)
            return now == reason and saying in message

        return said(self.until(is_told), type_)[2]

    def objects(self) -> list[Json]:
        """All that is composed, pods and the like left out."""
        kinds = f"deployments,services,serviceaccounts,ingresses,{','.join(FAMILY)},{USAGE}"
        return [o for o in self.cluster.all(kinds, self.namespace) if at(o, "metadata", "ownerReferences")]

    def next(self, seconds: int) -> list[Json]:
        """The states that the XNodeApp takes in the next seconds."""
        metadata = self.xr()["metadata"]
        query = (
            f"fieldSelector=metadata.name={metadata['name']}&resourceVersion={metadata['resourceVersion']}"
        )
        path = f"/apis/{API_VERSION}/xnodeapps?watch=1&timeoutSeconds={seconds}&{query}"
        events = self.cluster.kubectl("get", "--raw", path).splitlines()
        return [json.loads(event)["object"] for event in events]

    @contextmanager
    def history(self, path: str = f"apis/{API_VERSION}", kind: str = "nodeapps") -> Iterator[Any]:
        """Every state of the namespace's objects of a kind during the block, to be called."""
        with self.cluster.watching(f"/{path}/namespaces/{self.namespace}/{kind}") as states:
            yield states

    def event(self, reason: str) -> None:
        """An event of the NodeApp has this reason. Crossplane writes events a moment after all else."""
        wait(self.events, lambda reasons: reason in reasons)

    def events(self) -> set[str]:
        """Reasons of what was told of the NodeApp."""
        about = f"--field-selector=involvedObject.kind={CLAIM},involvedObject.name={self.app}"
        return {event["reason"] for event in self.cluster.all("events", self.namespace, about)}

    def force_away(self, kind: str, name: str) -> None:
        """An administrator takes the mark off that Crossplane's webhook goes by, and deletes."""
        label = {"metadata": {"labels": {"crossplane.io/in-use": None}}}
        self.cluster.patch(kind, name, self.namespace, label)
        self.cluster.delete(kind, name, self.namespace)

    def orphan(self) -> None:
        """An administrator deletes the XNodeApp and leaves all that it composed.

        Its Usages go first, while Crossplane looks away: it would put them back.
        """
        name = self.claim()["spec"]["resourceRef"]["name"]
        self.pause()
        for usage in self.usages():
            kind = f"{usage['kind']}.{usage['apiVersion'].partition('/')[0]}"
            self.cluster.delete(kind, usage["metadata"]["name"], usage["metadata"].get("namespace"))
        wait(self.usages, lambda usages: not usages)
        self.cluster.kubectl("delete", XNODEAPP, name, "--cascade=orphan", "--wait=false")
        self.note("crossplane.io/paused", None)

    def pause(self) -> None:
        """Make Crossplane leave the app alone."""
        self.note("crossplane.io/paused", "true")
        wait(self.xr, lambda xr: condition(xr, "Synced").get("reason") == "ReconcilePaused")

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Crossplane leaves the app alone during the block."""
        self.pause()
        yield
        self.note("crossplane.io/paused", None)
        # Crossplane's circuit breaker drops most of what it watches, and who was paused isn't asked again.
        wait(self.nudged, lambda xr: condition(xr, "Synced").get("reason") != "ReconcilePaused", pause=5)

    def note(self, key: str, value: str | None) -> None:
        """Annotate the XNodeApp, or no more."""
        name = self.claim()["spec"]["resourceRef"]["name"]
        self.cluster.patch(XNODEAPP, name, None, {"metadata": {"annotations": {key: value}}})

    def nudged(self) -> Json:
        """The XNodeApp, touched so that Crossplane sees it change."""
        self.note("nudged", uuid.uuid4().hex)
        return self.xr()

    def leave(self) -> None:
        """Give up all that was made, data and all."""
        self.write({"team": "gone", "backend": {}, "database": {"deletionPolicy": "Delete"}})
        wait(self.usages, lambda usages: not usages)
        self.cluster.delete("namespace", self.namespace)
