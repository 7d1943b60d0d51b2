"""The team of a namespace: the Platform may leave it to that who owns an app."""

from function.api.names import TEAM
from function.api.nodeapp import Spec
from function.app import App, Component, Lookup, Observed, Part
from function.facts import NamespaceFacts
from function.place import Place
from function.read import text

NAMESPACE = "namespace"
"""Name of the requirement for the app's Namespace."""


def read(observed: Observed) -> NamespaceFacts:
    """The team that the label of the Namespace names."""
    namespaces = observed.required.get(NAMESPACE)
    if not namespaces:
        return NamespaceFacts()
    return NamespaceFacts(answered=True, team=text(namespaces[0], "metadata", "labels", TEAM))


def problems(place: Place, asked: Spec, facts: NamespaceFacts) -> list[str]:
    """Why a team is refused. Nothing is refused before the Namespace was looked up."""
    if not (place.platform.team_from_namespace and facts.answered) or facts.team == asked.team:
        return []
    where = f"label {TEAM} of namespace {place.namespace}"
    if facts.team is None:
        remedy = f"the platform team must set it to {asked.team}"
        return [f"spec.team: the Platform takes the team from the {where}, which isn't there; {remedy}"]
    return [f"spec.team: must be {facts.team}, as the {where} says, not {asked.team}"]


def build(app: App) -> Part:
    """Look the Namespace up, where the Platform wants its team."""
    if not app.platform.team_from_namespace:
        return Part()
    return Part(lookups={NAMESPACE: Lookup("v1", "Namespace", app.namespace)})


NAMESPACE_TEAM: Component[None, NamespaceFacts] = Component(
    name="namespace", read=read, problems=problems, build=build
)
