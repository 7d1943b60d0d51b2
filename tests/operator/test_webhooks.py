"""CloudNativePG's webhooks admit what is composed, in the order in which edits write it.

Goldens, adoptions and lives of edits are played on the simulator. What is written there about CloudNativePG's
objects is repeated on a real API server. Both must then have the same objects.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import golden
from tests.adopted_clusters import MAKES, made
from tests.apps import APPS, RECIPES, world
from tests.operator.edits import SEEDS, play
from tests.operator.journal import JournalingServer, lives
from tests.operator.judge import repeat
from tests.operator.kinds_of_edits import ALL, kinds
from tests.plane.api import Api
from tests.simulator import APP, STORED, World

CASES = sorted(golden.CASES.glob("*.yaml"))


def check(api: Api, server: JournalingServer, case: str) -> None:
    """What the simulator admitted is admitted, and has the same spec afterwards."""
    for ref, manifest in repeat(api, server.journal, case).items():
        simulated = server.objects[ref]["spec"]
        assert shown(simulated) == shown(manifest["spec"]), f"{case}: {ref}"


def shown(spec: Any) -> str:
    """A spec as text, whose differences pytest shows line by line."""
    return json.dumps(spec, indent=1, sort_keys=True)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_goldens_are_admitted(api: Api, file: Path) -> None:
    """What a golden composes is admitted: first what ran before, then what the edit makes of it."""
    case = next(yaml.safe_load_all(file.read_text()))
    for server in lives(lambda: golden.response(case)):
        check(api, server, file.stem)


@pytest.mark.parametrize("file", [*APPS, *RECIPES], ids=lambda file: file.stem)
def test_clusters_of_apps_are_admitted(api: Api, file: Path) -> None:
    """What real apps want of CloudNativePG is admitted."""
    for server in lives(lambda: world(file).settle()):
        check(api, server, file.stem)


@pytest.mark.parametrize("make", MAKES)
def test_adopted_makes_are_admitted(api: Api, make: str) -> None:
    """A Cluster that somebody made is one that CloudNativePG admits, and so is what adoption makes of it."""

    def adopt() -> None:
        world = World(APP | {"database": {}}, STORED)
        world.apply(made(make))
        world.settle()

    for server in lives(adopt):
        check(api, server, make)


@pytest.mark.parametrize("seed", SEEDS)
def test_edits_are_admitted(api: Api, seed: int) -> None:
    """Edit after edit of one database is admitted."""
    [server] = lives(lambda: play(seed))
    check(api, server, f"seed {seed}")


def test_edits_are_of_every_kind() -> None:
    """The lives of edits have each kind of edit."""
    servers = lives(lambda: [play(seed) for seed in SEEDS])
    assert {kind for server in servers for kind in kinds(server.journal)} == ALL
