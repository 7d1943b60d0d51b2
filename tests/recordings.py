"""Reconciles as a real control plane had them: what was done, and each call with its answer, in order.

A recording holds every call as a merge patch of the call before, as most of what Crossplane sends stays.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from function.patch import merge

FOLDER = Path(__file__).parent / "recorded"
LOOP = FOLDER / "loop" / "told.json"
"""An app from its first commit on, with all of Flux's controllers and a played GitHub: tests/flux/tape.py."""

Json = dict[str, Any]


def names() -> list[str]:
    """The stories that are recorded."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def load(name: str) -> tuple[Json, list[Json]]:
    """The Platform's spec, and what happened, in order.

    Each is one of {"claim": a NodeApp's spec} and {"request": ..., "response": ...}, in protobuf's JSON
    mapping.
    """
    recorded = json.loads((FOLDER / f"{name}.json").read_text())
    return recorded["platform"], list(unfolded(recorded["events"]))


def unfolded(events: Sequence[Json]) -> Iterator[Json]:
    """Events whose calls are whole."""
    call: Json = {}
    for event in events:
        if "call" in event:
            call = merge(call, event["call"])
            yield call
        else:
            yield event


def folded(events: Sequence[Json]) -> Iterator[Json]:
    """Events whose calls are merge patches of the call before; a call like the one before is left out."""
    before: Json = {}
    for event in events:
        if "request" not in event:
            yield event
        elif changed := patch(before, event):
            yield {"call": changed}
            before = event


def patch(old: Mapping[str, Any], new: Mapping[str, Any]) -> Json:
    """The merge patch (RFC 7386) that makes one of the other, neither having nulls."""
    gone = {key: None for key in old if key not in new}
    changed = {
        key: patch(old[key], value) if isinstance(old.get(key), dict) and isinstance(value, dict) else value
        for key, value in new.items()
        if old.get(key) != value
    }
    return gone | changed


def save(name: str, platform: Json, events: Sequence[Json]) -> Path:
    """Write a recording, an event a line."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{name}.json"
    lines = ",\n".join(json.dumps(event) for event in folded(events))
    file.write_text(f'{{"platform": {json.dumps(platform)}, "events": [\n{lines}\n]}}\n')
    return file
