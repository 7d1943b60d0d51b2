"""Which pods an upgrade of the function replaces: today's against those of the last release.

`python -m tests.released` keeps today's, when a version is released.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests import arguments, golden
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded

FILE = Path(__file__).with_name("released.yaml")
CASES = ("full", "smallest", "hibernated", "recovered", "background")
"""Goldens that between them have every kind of pod."""
QUIET = {
    "bootstrap",
    "externalClusters",
    "description",
    "storage",
    "enablePDB",
    "instances",
    "certificates",
    "imageName",
}
"""Of a Cluster's spec: what CloudNativePG changes without restarting an instance, and the image: a
database that exists keeps the one it runs."""

PodTemplates = dict[str, dict[str, Any]]
"""Case → key of the object → what decides over its pods."""


def pods() -> PodTemplates:
    """Those of today."""
    return {case: dict(of(case)) for case in CASES}


def of(case: str) -> Iterator[tuple[str, Any]]:
    """Those of one golden."""
    given = next(yaml.safe_load_all((golden.CASES / f"{case}.yaml").read_text()))
    for key, desired in sorted(golden.response(given).desired.resources.items()):
        template = pod_template(decoded(desired.resource))
        if template is not None:
            yield key, template


def pod_template(manifest: Manifest) -> Any:
    """What decides over an object's pods; None where it has none."""
    match manifest["kind"]:
        case "Deployment":
            return manifest["spec"]["template"]
        case "CronJob":
            return manifest["spec"]["jobTemplate"]["spec"]["template"]
        case "Pooler":
            return {key: manifest["spec"][key] for key in ("template", "pgbouncer")}
        case "Cluster":
            return {key: value for key, value in manifest["spec"].items() if key not in QUIET}
        case _:
            return None


def restarted(before: PodTemplates, after: PodTemplates) -> set[str]:
    """The parts, as a key's beginning names them, whose pods are replaced in any case."""
    return {
        key.partition("-")[0]
        for case, old in before.items()
        for key, template in old.items()
        if key in after.get(case, {}) and after[case][key] != template
    }


def announced(changelog: str) -> set[str]:
    """The parts that the newest entry of the changelog names under Restarts, as a list: `- backend: why`."""
    newest = changelog.partition("\n## ")[2].partition("\n## ")[0]
    restarts = newest.partition("### Restarts\n")[2].partition("\n### ")[0]
    return {line[2:].partition(":")[0] for line in restarts.splitlines() if line.startswith("- ")}


if __name__ == "__main__":
    arguments.none("tests.released", __doc__)
    FILE.write_text(yaml.safe_dump(pods(), width=160))
    sys.exit()
