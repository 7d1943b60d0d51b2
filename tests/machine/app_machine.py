"""One app as a state machine of Hypothesis: its beginning, invariants after each rule, and the way back."""

import re
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from unittest import mock

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from function import compose
from function.api.platform import IMAGES
from function.read import at
from tests.clusters import CLUSTER
from tests.machine import changes, convergence
from tests.machine.invariants import InvariantChecker
from tests.platform_strategies import platforms
from tests.simulated.api_server import Invalid, Refused
from tests.simulated.composed_resources import owner_name
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Style
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import World
from tests.spec_strategies import apps

IN_BETWEEN = r"spec\.database\.storage: .* ask for a size in between first, such as ([0-9A-Za-z.]+)"
"""What Accepted says of a size that nobody can mean."""

kinds: set[str] = set()
"""The names of all rules."""
counts: Counter[str] = Counter()
"""How often each rule was done in this process."""


class Impossible(Exception):  # noqa: N818  # Nothing went wrong.
    """A rule doesn't fit what there is now."""


P = ParamSpec("P")
M = TypeVar("M", bound="AppMachine")


def rule_if_possible(
    **arguments: st.SearchStrategy[Any],
) -> Callable[[Callable[Concatenate[M, P], None]], Any]:
    """A rule of the machine. A change that is impossible now, or is refused, is skipped."""

    def decorate(change: Callable[Concatenate[M, P], None]) -> Any:
        kinds.add(change.__name__)

        @wraps(change)
        def change_if_possible(self: M, *args: P.args, **kwargs: P.kwargs) -> None:
            self.checked = False
            try:
                change(self, *args, **kwargs)
            except (KeyError, Invalid, Refused, Impossible) as why:
                note(f"    not possible: {why}")
            else:
                counts[change.__name__] += 1

        untyped_rule: Callable[..., Any] = rule
        return untyped_rule(**arguments)(change_if_possible)

    return decorate


class AppMachine(RuleBasedStateMachine):
    """One app, from its first commit on."""

    style: Style = "classic"
    newest = compose.LEVEL
    """The level of the function that is tested."""

    @initialize(spec=apps().map(changes.with_images), platform=st.none() | platforms())
    def begin(self, spec: Manifest, platform: Manifest | None) -> None:
        """The first commit."""
        self.images = mock.patch.dict(IMAGES)
        self.images.start()
        self.level = mock.patch.object(compose, "LEVEL", self.newest)
        self.level.start()
        self.checked = self.hurried = False
        self.world = World(spec, platform, style=self.style)
        self.checker = InvariantChecker(self.world)
        self.commits, self.platform = [spec], platform
        self.checker.settle()
        self.first = self.desired()

    @invariant()
    def check(self) -> None:
        """Check every reconcile, and the state at rest that follows, unless the next change comes at once."""
        try:
            if self.hurried:
                self.hurried = False
                self.checker.reconcile()
            else:
                self.checker.settle()
        except KeyError as error:  # Rules take one for a change that is impossible.
            message = f"a reconcile raised {error!r}"
            raise AssertionError(message) from error
        self.checked = True
        note(f"    {self.world.status.get('message', '')!r}")

    def teardown(self) -> None:
        """Going back to the beginning brings back what was desired then, but for what is held."""
        if not hasattr(self, "images"):
            return
        try:
            if self.checked:
                self.go_back()
        finally:
            self.images.stop()
            self.level.stop()

    def install(self, level: int) -> None:
        """Install a release of the function that composes the keys of this level."""
        compose.LEVEL = level
        self.world.restart()

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
        self.world.cnpg.volumes.classes = None
        self.install(self.newest)
        self.world.govern(self.platform or {}).ask(self.commits[0])
        self.checker.settle()
        self.grow_in_steps()
        convergence.check_converged(
            self.first, self.desired(), lost=self.lost(), waits=self.waits(), left=self.left()
        )

    def grow_in_steps(self) -> None:
        """Where the size that is asked for is refused as a slip, do as the message says until it isn't."""
        while between := re.search(IN_BETWEEN, self.world.condition("Accepted").message):
            first = self.commits[0]
            self.world.ask(first | {"database": first["database"] | {"storage": between[1]}})
            self.checker.settle()
            assert self.world.condition("Accepted").status == "True"
            self.world.ask(first)
            self.checker.settle()

    def reason(self) -> str:
        """The reason of DatabaseReady; empty before there is that condition."""
        return self.world.condition("DatabaseReady").reason if "DatabaseReady" in self.world.types else ""

    def lost(self) -> bool:
        """Whether there is no database that the function may touch, and it says so."""
        return self.reason() in ("Lost", "Replaced", "Conflict")

    def left(self) -> bool:
        """Whether the Cluster has synchronous replication that another XR applied: it stays, and needs
        instances."""
        cluster, ours = self.world.server.get(CLUSTER), owner_name(self.world.xr)
        entries = cluster["metadata"]["managedFields"] if cluster else []
        return any(
            at(each, "fieldsV1", "f:spec", "f:postgresql", "f:synchronous") is not None
            for each in entries
            if each["manager"] != ours
        )

    def waits(self) -> bool:
        """Whether the backend waits for a database that can't come up."""
        types = self.world.types
        return "BackendReady" in types and self.world.condition("BackendReady").reason == "WaitingForDatabase"
