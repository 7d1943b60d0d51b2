"""The services say and do again what they did beside all of Flux's controllers: tests/recorded/loop."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from fleet_services import kubernetes as api
from fleet_services.commit_status.entry import FINAL, VERDICTS
from fleet_services.commit_status.reporter import Reporter
from fleet_services.commit_status.service import CommitStatus
from fleet_services.github import client
from fleet_services.images.rule import message, moves, remembered
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub
from tests.recordings import LOOP

Json = dict[str, Any]
OURS, FLUX = "nodeapp/dev/dev", "flux/told/dev"
REPORTED = 10.0
"""Seconds between Flux's own status and ours, at most."""


@pytest.fixture(scope="module")
def recorded() -> Json:
    """What happened."""
    recording: Json = json.loads(LOOP.read_text())
    return recording


def verdicts(recording: Json, context: str) -> list[tuple[str, str, str]]:
    """Commit, state and description of each success and failure, in order."""
    posts = [each["post"] for each in recording["events"] if "post" in each]
    return [
        (each["commit"], each["state"], each["description"])
        for each in posts
        if each["context"] == context and each["state"] in VERDICTS
    ]


def test_the_same_is_reported(
    recorded: Json, connected: client.GitHub, github: GitHub, clock: Clock, tmp_path: Path
) -> None:
    """From the same states of Flux and of the NodeApp, the same verdicts and words; no wait is left."""
    begun, reporter = clock.now, Reporter(connected, clock)
    service = CommitStatus(api.Kubernetes("http://127.0.0.1", tmp_path), reporter, "dev", "flux-apps")
    for event in recorded["events"]:
        clock.now = begun + event["at"]
        for kind, copy in (("kustomization", service.kustomizations), ("nodeapp", service.nodeapps)):
            if kind in event:
                state = event[kind]
                copy.objects |= {f"{state['metadata']['namespace']}/{state['metadata']['name']}": state}
        service.look()
        reporter.send()
    said = {
        (commit, each["state"], each["description"])
        for commit, posts in github.statuses.items()
        for each in posts
        if each["state"] in VERDICTS
    }
    expected = verdicts(recorded, OURS)
    assert said == set(expected)
    assert {state for _, state, _ in expected} == {"success", "failure"}
    assert {posts[-1]["state"] in FINAL for posts in github.statuses.values()} == {True}


def test_flux_and_the_service_agreed(recorded: Json) -> None:
    """On each commit that Flux judged, within seconds. A commit whose wait was ended has no verdict."""
    ours, flux = (
        {commit: state for commit, state, _ in verdicts(recorded, context)} for context in (OURS, FLUX)
    )
    assert ours == flux
    times: dict[tuple[str, str], float] = {}
    for event in recorded["events"]:
        if "post" in event and event["post"]["state"] in VERDICTS:
            times.setdefault((event["post"]["context"], event["post"]["commit"]), event["at"])
    assert all(abs(times[OURS, commit] - times[FLUX, commit]) < REPORTED for commit in flux)


def test_the_same_images_are_moved(recorded: Json) -> None:
    """Each commit of automation follows from the file before it, and the revert is left alone."""
    policy, bot = recorded["policy"], 0
    last: dict[str, str] = {}
    for before, after in itertools.pairwise(recorded["log"]):
        if after["author"] == "flux[bot]":
            newest = {policy: recorded["images"][bot]}
            result = moves(before["images"], newest, last)
            assert result.text == after["images"]
            assert message("dev", result.moved, last).strip() == after["message"].strip()
            last, bot = remembered(after["message"]) or {}, bot + 1
    assert bot == len(recorded["images"])
    final = recorded["log"][-1]["images"]
    assert final != recorded["log"][-2]["images"]
    result = moves(final, {policy: recorded["images"][-1]}, last)
    assert (result.text, list(result.kept)) == (final, [policy])
