"""What an app becomes when what is around it changes: the Platform, or the function."""

from collections.abc import Iterable
from dataclasses import dataclass

from function.app import Object
from function.cli import changes, compared, diff_output, running
from function.cli.apps import NodeApp
from function.cli.changes import Change
from function.cli.compared import Comparison, Where
from function.cli.documents import Document
from function.cli.fleet.weight import Weight, weight
from function.cli.running import Running
from function.edge.served import FailedError


@dataclass(frozen=True, slots=True)
class World:
    """What is around an app."""

    platform: Object | None
    address: str | None = None
    """Where the function is served. None: it is the one of this command."""

    @property
    def others(self) -> Iterable[Object]:
        """The objects that apps may require."""
        return [self.platform] if self.platform else []


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to one app."""

    where: Where
    changes: list[Change]
    weight: Weight
    objects: str
    """The differences of its objects, as lines of a unified diff. Empty where nobody wants them."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of what is around all apps."""

    old: World
    new: World
    modern: bool
    in_detail: bool
    """Whether the differences of objects are wanted."""

    def effect(self, where: Where, document: Document) -> Effect:
        """What happens to an app that rested in the old world. Raises UnansweredError."""
        if wrong := compared.problems(document):
            return Effect(where, [Change("refused", str(each)) for each in wrong], Weight(), "")
        app = compared.app(document, where)
        try:
            rested = self.rest(app, None, self.old)
            before = None if rested.outcome.refusal else rested
            after = self.rest(app, before, self.new)
        except FailedError as error:
            return Effect(where, [Change("refused", f"a function fails: {error}")], Weight(), "")
        if before is None and after.outcome.refusal == rested.outcome.refusal:
            return Effect(where, [], Weight(), "")
        comparison = Comparison(where, before, after, list(changes.changes(before, after)))
        differences = "\n".join(diff_output.objects(comparison)) if self.in_detail else ""
        return Effect(where, comparison.changes, weight(before, after), differences)

    def rest(self, app: NodeApp, before: Running | None, world: World) -> Running:
        """The app at rest in one world."""
        return running.at_rest(app, before, world.others, modern=self.modern, address=world.address)
