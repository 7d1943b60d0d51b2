"""The API server and the function agree on every spec: CEL and Python are two tellings of one rule."""

import json
from typing import Any

import pytest

from function.names import API_VERSION, CLAIM
from tests.live.cluster import RefusedError
from tests.live.story import Story
from tests.test_api import ACCEPTED, REFUSED

STRUCTURAL = ("is required", "must be a whole", "must be at", "must be true", "must be text", "must be '")
"""Beginnings of what a schema says without a rule, and the API server in words of its own."""


def submit(story: Story, spec: Any) -> None:
    """Ask the API server what it would say. Raises RefusedError."""
    metadata = {"name": story.app, "namespace": story.namespace}
    claim = {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": spec}
    story.cluster.kubectl("create", "--dry-run=server", "-f", "-", given=json.dumps(claim))


def test_what_the_function_accepts_is_admitted(story: Story) -> None:
    """Nothing that the function would compose is refused at admission."""
    for spec in ACCEPTED:
        submit(story, spec)


def test_what_the_function_refuses_is_not_admitted(story: Story) -> None:
    """What the function refuses is refused at admission; where a rule is broken, in the same words."""
    for case in REFUSED:
        _, _, said = case["says"].partition(": ")
        words = said.rpartition(", not ")[0] or said
        with pytest.raises(RefusedError) as refusal:
            submit(story, case["spec"])
        own = words.startswith((*STRUCTURAL, "must have at least 1 entry"))
        assert own or words in str(refusal.value), case["spec"]
