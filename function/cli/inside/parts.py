"""The parts of an app that have pods, and how their pods are found."""

from function.cli.cluster import claims
from function.cli.cluster.kubectl import ClusterError, Kubectl
from function.place import named
from function.read import at, condition, items, text

DATABASE = "database"
PART_OF = "app.kubernetes.io/part-of"
INSTANCE = "app.kubernetes.io/instance"
NAMES = {"workers": "worker", "jobs": "job"}
"""Key of the spec → what its parts are called."""


class App:
    """An app in a cluster, with what is asked for it."""

    def __init__(self, kubectl: Kubectl, name: str) -> None:
        """Find the app. Raises ClusterError."""
        self.claim = claims.find(kubectl, name)
        self.name = name
        self.namespace = text(self.claim, "metadata", "namespace") or ""
        self.kubectl = Kubectl(self.namespace, kubectl.context)

    @property
    def parts(self) -> list[str]:
        """Its parts, such as frontend, worker-mail and job-clean-up.

        A database that was taken out of the spec, and is kept, is one too.
        """
        spec = at(self.claim, "spec") or {}
        has_database = DATABASE in spec or at(self.claim, "status", DATABASE) is not None
        plain = [each for each in ("frontend", "backend") if each in spec] + [DATABASE] * has_database
        return plain + [f"{kind}-{name}" for key, kind in NAMES.items() for name in at(spec, key) or {}]

    def part(self, asked: str) -> str:
        """The part of a name. A worker or a job may be called without its kind, if no other part is called
        so. Raises ClusterError."""
        parts = self.parts
        if asked in parts:
            return asked
        found = [each for each in parts if asked in each.split("-", 1)[1:]]
        if len(found) > 1:
            message = f"{asked} may be {' or '.join(found)}; name one of them"
            raise ClusterError(message)
        if not found:
            message = f"{self.name} has no part {asked}; it has {', '.join(parts)}"
            raise ClusterError(message)
        return found[0]

    def selector(self, part: str | None) -> str:
        """The label selector of the pods of a part, or of all."""
        if part is None:
            return f"{PART_OF}={self.name}"
        return f"cnpg.io/cluster={self.named(part)}" if part == DATABASE else f"{INSTANCE}={self.named(part)}"

    def named(self, part: str) -> str:
        """The name of a part's objects."""
        return named(self.name, part)

    def running(self, part: str, *labels: str) -> str:
        """The name of a pod of a part that is ready. Raises ClusterError."""
        selector = ",".join([self.selector(part), *labels])
        pods = items(self.kubectl.get("pods", f"--selector={selector}"), "items")
        ready = [each for each in pods if condition(each, "Ready").get("status") == "True"]
        if not ready:
            why = f"nodeapp why {self.name} -n {self.namespace}"
            message = f"no pod of {self.named(part)} is ready; {why} says why"
            raise ClusterError(message)
        return str(ready[0]["metadata"]["name"])
