"""What connects to the database: it sleeps with it, wakes after it, and fails while it isn't there."""

from dataclasses import dataclass
from typing import Self

from function.app import App, Lookup, Observed
from function.components import pods
from function.components.database import serves
from function.facts import WorkloadFacts
from function.report import NOT_READY, WAITING_FOR_DATABASE, Condition


@dataclass(frozen=True, slots=True)
class Sleep:
    """Whether pods are stopped because of their database."""

    connected: bool
    """Whether there is a database at all."""
    hibernates: bool
    """Whether the database is meant to sleep."""
    asleep: bool
    """Whether the pods are stopped: so they are until a database that slept is awake."""

    @classmethod
    def of(cls, app: App, facts: WorkloadFacts) -> Self:
        """The sleep of the pods that have these facts."""
        database = app.spec.database
        hibernates = bool(database and database.hibernate)
        woken = database is None or app.facts.database.serving
        return cls(database is not None, hibernates, hibernates or (facts.slept and not woken))

    def explains(self, condition: Condition, observed: Observed) -> Condition:
        """The condition of the pods. If their database explains it, that is named as the cause."""
        if self.hibernates and condition.ok:
            return condition.type.true("Hibernated", "no pods while the database sleeps")
        if self.asleep and condition.ok:
            return condition.type.false(WAITING_FOR_DATABASE, "waits until the database is awake")
        if self.connected and condition.reason == NOT_READY and not serves(observed):
            return condition.type.false(WAITING_FOR_DATABASE, "waiting for the database")
        return condition


def left_behind(app: App, component: str, facts: WorkloadFacts) -> dict[str, Lookup]:
    """The lookup of a Deployment that a former XR may have left, by the requirement's name."""
    if app.spec.database is None or facts.composed:
        return {}
    return {pods.deployment_key(component): pods.lookup(app, component)}
