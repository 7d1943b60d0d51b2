"""Ask the cluster for all that tells why an app isn't ready. Each question may be refused."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from function.api.names import COMPOSITE
from function.app import Object
from function.cli.cluster import claims
from function.cli.cluster.kubectl import AbsentError, ClusterError, ForbiddenError, Kubectl, NoKindError
from function.cli.why import deletion
from function.cli.why.seen import Seen, Unseen, when
from function.read import at, items, text

PART_OF = "app.kubernetes.io/part-of"
KINDS = {
    "Pod": "pods",
    "ReplicaSet": "replicasets.apps",
    "Deployment": "deployments.apps",
    "Job": "jobs.batch",
    "Cluster": "clusters.postgresql.cnpg.io",
    "PersistentVolumeClaim": "persistentvolumeclaims",
}
"""The kinds that tell more than conditions, as kubectl calls them."""
AT_ONCE = 4
"""Questions at a time: each is a process, and most of it is waiting."""
HOME_OF_EVENTS = "default"
"""Namespace of the events about cluster-scoped objects."""


def gather(kubectl: Kubectl, name: str) -> Seen:
    """All that may be seen of an app. Raises ClusterError if that is nothing at all."""
    app = claims.find(kubectl, name)
    here = Kubectl(text(app, "metadata", "namespace"), kubectl.context)
    asker = Asker(here)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {
            kind: pool.submit(asker.listed, plural, f"--selector={PART_OF}={name}")
            for kind, plural in KINDS.items()
        }
        events = pool.submit(asker.listed, "events")
        composite = asker.composite(app)
        beside = asker.events_of(composite)
        remaining = asker.remaining(app, composite)
        objects = {kind: answer.result() for kind, answer in asked.items()}
        told = [*events.result(), *beside]
    ours = relevant(
        told, [app, *filter(None, [composite]), *(each for found in objects.values() for each in found)]
    )
    missing = [kind for kind, plural in KINDS.items() if plural in asker.missing]
    return Seen(app, composite, objects, ours, asker.unseen, missing, remaining)


class Asker:
    """Asks, and keeps what it may not see."""

    def __init__(self, kubectl: Kubectl) -> None:
        """`kubectl`: in the app's namespace."""
        self.kubectl = kubectl
        self.unseen: list[Unseen] = []
        self.missing: set[str] = set()

    def listed(self, plural: str, *options: str) -> list[Object]:
        """The objects of a kind. Empty, and noted, where they may not be seen or there is no such kind."""
        try:
            return items(self.kubectl.get(plural, *options), "items")
        except NoKindError:
            self.missing.add(plural)
            return []
        except ForbiddenError as error:
            self.note(plural, error, self.kubectl.typed("get", plural))
            return []

    def composite(self, app: Object) -> Object | None:
        """The XR of an app: in the modern style the NodeApp itself."""
        name = text(app, "spec", "resourceRef", "name")
        if name is None:
            return app if at(app, "spec", "crossplane") else None
        plural = f"x{claims.NODEAPPS}"
        try:
            found: Object = self.kubectl.get(plural, name)
        except (AbsentError, NoKindError):
            return None
        except ForbiddenError as error:
            self.note(
                f"{COMPOSITE} {name}, whose own errors no NodeApp shows",
                error,
                f"kubectl describe {plural} {name}",
            )
            return None
        return found

    def events_of(self, composite: Object | None) -> list[Object]:
        """The events about a cluster-scoped XR. They aren't in the app's namespace."""
        if composite is None or text(composite, "metadata", "namespace"):
            return []
        elsewhere = Kubectl(HOME_OF_EVENTS, self.kubectl.context)
        about = f"--field-selector=involvedObject.uid={text(composite, 'metadata', 'uid')}"
        try:
            return items(elsewhere.get("events", about), "items")
        except ForbiddenError as error:
            name = text(composite, "metadata", "name")
            self.note(f"events of {COMPOSITE} {name}", error, f"kubectl describe x{claims.NODEAPPS} {name}")
            return []

    def remaining(self, app: Object, composite: Object | None) -> list[Object]:
        """The composed objects that are there still of an app that was deleted. Of others nobody asks."""
        if text(app, "metadata", "deletionTimestamp") is None:
            return []
        refs = items(composite, "spec", "resourceRefs") or items(
            composite, "spec", "crossplane", "resourceRefs"
        )
        names = [deletion.typed({**ref, "metadata": ref}) for ref in refs if "name" in ref]
        if not names:
            return []
        try:
            said = self.kubectl.run("get", *names, "--ignore-not-found", "-o", "json")
        except ClusterError as error:
            self.note(
                "what remains of the app", error, self.kubectl.typed("get", *names, "--ignore-not-found")
            )
            return []
        found = json.loads(said) if said.strip() else {}
        return items(found, "items") if "items" in found else [found] * bool(found)

    def note(self, what: str, error: ClusterError, command: str) -> None:
        """Keep that something may not be seen."""
        self.unseen.append(Unseen(what, error.message, command))


def relevant(events: Sequence[Object], objects: Sequence[Object]) -> list[Object]:
    """The events about objects, the oldest first. Those of composed objects without pods are left out."""
    uids = {text(each, "metadata", "uid") for each in objects}
    ours = [each for each in events if text(each, "involvedObject", "uid") in uids]
    return sorted(ours, key=when)
