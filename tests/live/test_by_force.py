"""What people force with kubectl has a way on, and the message or the docs have it."""

import shlex

import pytest

from tests.live.judging import marks, said
from tests.live.story import CLUSTER_USAGE, NODEAPP, ROLLOUT, Story
from tests.plane.kubectl import RefusedError, wait

SPEC = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}, "database": {"version": 17}}


def test_a_node_app_is_bound_to_its_former_composite_again(story: Story) -> None:
    """Deleted with its finalizer taken off, and written again: the commands in the message give it back its
    database as it was."""
    spec = SPEC | {"environment": "dev"}
    story.runs(spec)
    former, before = story.xr()["metadata"]["name"], story.database()
    forced_away(story)

    story.write(spec)
    message = story.told("DatabaseReady", "Conflict", f"belongs to XNodeApp {former}")
    for command in message.partition(", run ")[2].split(", and then "):
        story.cluster.kubectl(*shlex.split(command)[1:])

    story.reconciled(spec)
    assert story.xr()["metadata"]["name"] == former
    assert marks([story.database()], "generation") == marks([before], "generation")


def forced_away(story: Story) -> None:
    """Delete a NodeApp without its finalizer. Crossplane, which would put it back, looks away."""
    paused = {"metadata": {"annotations": {"crossplane.io/paused": "true"}}}
    story.cluster.patch(NODEAPP, story.app, story.namespace, paused)
    story.until(lambda claim: said(claim, "Synced")[1] == "ReconcilePaused")
    story.cluster.patch(NODEAPP, story.app, story.namespace, {"metadata": {"finalizers": None}})
    story.cluster.delete(NODEAPP, story.app, story.namespace)
    wait(story.claim, lambda claim: not claim)


def test_a_namespace_that_is_forced_away_ends(story: Story) -> None:
    """Its NodeApp stays, as the XNodeApp is protected, until somebody deletes the ClusterUsages."""
    story.runs(SPEC)
    with pytest.raises(RefusedError, match="has deletionPolicy Retain"):
        story.cluster.delete("namespace", story.namespace)
    story.force_away("namespace", story.namespace)
    story.until(lambda claim: "deletionTimestamp" in claim["metadata"], ROLLOUT)

    label = f"--selector=crossplane.io/claim-namespace={story.namespace}"
    story.cluster.kubectl("delete", CLUSTER_USAGE, label, "--wait=false")
    wait(lambda: story.cluster.get("namespace", story.namespace), lambda found: found is None, ROLLOUT)
