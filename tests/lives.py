"""What happens to an app: strategies of whole lives, as lists of deeds that print as what was done."""

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.simulated import operators
from tests.simulated.fields import Manifest
from tests.simulated.server import Invalid, Refused
from tests.simulator import World
from tests.strategies import SIZES, TEXTS, backends, broken_specs, databases, platforms, specs, workloads

OPERATORS = [
    operators.rolled_out,
    operators.rolling_out(0),
    operators.stuck("timed out"),
    operators.asleep,
]
KEEPERS = [
    operators.healthy,
    operators.setting_up,
    operators.switching_over,
    operators.failing_upgrade,
    operators.asleep,
]
NOTES = ["platform.io/database", "platform.io/deletion-policy", "platform.io/desired", "x/y"]


class Deed(NamedTuple):
    """One thing that is done to a world: a method and what it is told."""

    verb: str
    arguments: tuple[Any, ...] = ()
    changes: dict[str, Any] = {}


def annotated(note: str, text: str) -> Manifest:
    """A patch that writes junk into an annotation."""
    return {"metadata": {"annotations": {note: text}}}


CLUSTER_PATCHES = st.one_of(
    st.builds(annotated, st.sampled_from(NOTES), TEXTS),
    st.sampled_from(
        [
            {"spec": {"storage": {"size": "2Ti"}}},
            {"spec": {"instances": 5}},
            {"spec": {"imageName": "r.dev/postgresql:18.2"}},
            {"spec": {"walStorage": {"size": "1Gi"}}},
            {"spec": {"postgresql": {"parameters": {"work_mem": "1MB", "x.y": "z"}}}},
            {"metadata": {"ownerReferences": None, "labels": None}},
            {"metadata": {"annotations": {"cnpg.io/hibernation": "on"}}},
        ]
    ),
)
DEPLOYMENT_PATCHES = st.sampled_from(
    [
        {"spec": {"replicas": 9, "paused": True}},
        {"spec": {"template": {"spec": {"containers": []}}}},
        {"metadata": {"annotations": {"platform.io/desired": "junk"}}},
    ]
)
KEYS = st.sampled_from(["backend-deployment", "frontend-service", "ingress", "deletion-protection-database"])


def change(key: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Deed]:
    """An edit of one key of the spec."""
    return st.builds(lambda value: Deed("edit", changes={key: value}), values)


changes = st.one_of(
    change("database", st.builds(lambda version: {"version": version}, st.integers(15, 18))),
    change("database", st.builds(lambda size: {"storage": size}, SIZES)),
    change("database", databases()),
    change("database", databases() | st.none()),
    change("environment", st.sampled_from(["dev", "prod"])),
    change("backend", backends()),
    change("frontend", workloads() | st.none()),
)
edits = st.builds(lambda spec: Deed("ask", (spec,)), specs())
mistakes = st.builds(lambda spec: Deed("ask", (spec,)), broken_specs())
policies = st.builds(lambda spec: Deed("govern", (spec,)), st.none() | platforms())
moods = st.one_of(
    st.builds(lambda o: Deed("play", ("backend-deployment", o)), st.sampled_from(OPERATORS)),
    st.builds(lambda o: Deed("play", ("database-cluster", o)), st.sampled_from(KEEPERS)),
)
drift = st.one_of(
    st.builds(lambda p: Deed("hand_edit", ("database-cluster", p)), CLUSTER_PATCHES),
    st.builds(lambda p: Deed("hand_edit", ("backend-deployment", p)), DEPLOYMENT_PATCHES),
    st.builds(lambda key: Deed("lose", (key,)), KEYS),
)
upheavals = st.sampled_from([Deed("restart"), Deed("wipe_status"), Deed("restore")])

deeds = st.one_of(changes, changes, changes, edits, mistakes, policies, moods, drift, upheavals)
"""What may happen to an app that leaves its Cluster where it is."""
losses = st.just(Deed("lose", ("database-cluster",)))


def lives(of: st.SearchStrategy[Deed] = deeds, most: int = 5) -> st.SearchStrategy[list[Deed]]:
    """What happens to one app, one thing after another."""
    return st.lists(of, min_size=2, max_size=most)


def do(world: World, deed: Deed) -> None:
    """Do it, as far as it can be done."""
    try:
        getattr(world, deed.verb)(*deed.arguments, **deed.changes)
    except (KeyError, Invalid, Refused):
        return  # There is no such object now, or the API server has something against it.


def recorded_policy(cluster: Manifest) -> str | None:
    """The deletionPolicy that a Cluster's record has in words."""
    try:
        stanza = json.loads(cluster["metadata"]["annotations"]["platform.io/database"])
        policy: str | None = stanza.get("deletionPolicy")
    except (KeyError, ValueError, AttributeError):
        return None
    return policy
