"""A life of one app: how it begins, what is true after every deed, and going back to the beginning."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from unittest import mock

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from function.platform import IMAGES
from tests.machine import changes, convergence
from tests.machine.invariants import Witness
from tests.simulated.api_server import Invalid, Refused
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Style
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import World
from tests.strategies import apps, platforms

P = ParamSpec("P")
M = TypeVar("M", bound="Life")


def deed(**arguments: st.SearchStrategy[Any]) -> Callable[[Callable[Concatenate[M, P], None]], Any]:
    """A rule of the machine. What can't be done now, or is refused, isn't done."""

    def ruled(does: Callable[Concatenate[M, P], None]) -> Any:
        @wraps(does)
        def done(self: M, *args: P.args, **kwargs: P.kwargs) -> None:
            self.sound = False
            try:
                does(self, *args, **kwargs)
            except (KeyError, Invalid, Refused) as why:
                note(f"    not possible: {why}")

        made: Callable[..., Any] = rule
        return made(**arguments)(done)

    return ruled


class Life(RuleBasedStateMachine):
    """One app, from its first commit on."""

    style: Style = "classic"

    @initialize(spec=apps().map(changes.with_images), platform=st.none() | platforms())
    def begin(self, spec: Manifest, platform: Manifest | None) -> None:
        """The first commit."""
        self.images = mock.patch.dict(IMAGES)
        self.images.start()
        self.sound = self.hurried = False
        self.world = World(spec, platform, style=self.style)
        self.witness = Witness(self.world)
        self.commits, self.platform = [spec], platform
        self.witness.rest()
        self.first = self.desired()

    @invariant()
    def what_is_true(self) -> None:
        """Everything of every reconcile, and of the rest that follows it, unless the next deed comes soon."""
        if self.hurried:
            self.hurried = False
            self.witness.reconcile()
        else:
            self.witness.rest()
        self.sound = True
        note(f"    {self.world.status.get('message', '')!r}")

    def teardown(self) -> None:
        """Going back to the beginning brings back what was desired then, but for what is held."""
        if not hasattr(self, "images"):
            return
        try:
            if self.sound:
                self.go_back()
        finally:
            self.images.stop()

    def commit(self, spec: Manifest) -> None:
        """Commit a spec."""
        self.commits.append(spec)
        self.world.ask(spec)

    def desired(self) -> dict[str, Manifest]:
        """The objects that were desired last."""
        response = self.world.rounds[-1].response
        return {key: decoded(r.resource) for key, r in response.desired.resources.items()}

    def go_back(self) -> None:
        """Take everything back, and compare."""
        self.world.parts.clear()
        self.world.govern(self.platform or {}).ask(self.commits[0])
        self.witness.rest()
        convergence.same(self.first, self.desired(), lost=self.lost(), waits=self.waits())

    def reason(self) -> str:
        """What is up with the database, in a word."""
        return self.world.condition("DatabaseReady").reason if "DatabaseReady" in self.world.types else ""

    def lost(self) -> bool:
        """Whether there is no database that the function may touch, and it says so."""
        return self.reason() in ("Lost", "Replaced", "Conflict")

    def waits(self) -> bool:
        """Whether the backend waits for a database that can't come up."""
        types = self.world.types
        return "BackendReady" in types and self.world.condition("BackendReady").reason == "WaitingForDatabase"
