"""What was seen of apps in trouble on a real control plane, for the tests of what is concluded from it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from function.cli.why.seen import Seen, Unseen

FOLDER = Path(__file__).parents[1] / "recorded" / "why"


LEFT_OUT = (
    "template",
    "containers",
    "initContainers",
    "volumes",
    "crossplane.io/composite",
    "managedFields",
    "imageID",
)
"""Keys that are long, and say nothing of troubles."""


def write(name: str, seen: Seen) -> None:
    """Record what is seen, without what is long."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(short(asdict(seen)), indent=1, sort_keys=True) + "\n")


def short(value: Any) -> Any:
    """A value without the keys that are left out."""
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items() if key not in LEFT_OUT}
    return [short(each) for each in value] if isinstance(value, list | tuple) else value


def read(name: str) -> Seen:
    """What was seen."""
    given: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return Seen(**given | {"unseen": [Unseen(**each) for each in given["unseen"]]})
