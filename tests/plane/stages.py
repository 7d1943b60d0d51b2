"""What becomes of pods under KWOK: its own stages, and one in which pg_upgrade or a job fails."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from tests.plane.modules import module_folder

FAST = ("kustomize", "stage", "pod", "fast")
"""The folder of KWOK's usual stages of pods in its module. Where a file names some, no others count."""
UNLUCKY = "unlucky"
"""The name of apps whose databases can't be upgraded to another major."""
FAILS = {
    "pod-upgrade-fail": {"cnpg.io/jobRole": "major-upgrade", "cnpg.io/cluster": f"{UNLUCKY}-db"},
    "pod-job-fail": {"app.kubernetes.io/component": f"job-{UNLUCKY}"},
}
"""Stage → labels of the pods that fail: of CloudNativePG's Jobs, and of apps' jobs of that name."""


def write_stages(file: Path) -> Path:
    """Write the stages of pods for KWOK. Raises MissingError."""
    folder = module_folder("kwok", "sigs.k8s.io/kwok").joinpath(*FAST)
    stages = [
        yaml.safe_load((folder / f"pod-{name}.yaml").read_text()) for name in ("ready", "complete", "delete")
    ]
    file.write_text(yaml.safe_dump_all([*stages, *(failing(stages[1], name) for name in FAILS)]))
    return file


def failing(complete: dict[str, Any], name: str) -> dict[str, Any]:
    """The stage in which a pod fails, from the one in which pods complete. It outweighs that one."""
    stage = deepcopy(complete)
    stage["metadata"]["name"] = name
    spec = stage["spec"]
    spec["selector"]["matchLabels"] = FAILS[name]
    spec["weight"] = 1
    changed = (("exitCode: 0", "exitCode: 1"), ("Completed", "Error"), ("Succeeded", "Failed"))
    for old, new in changed:
        assert old in spec["next"]["statusTemplate"]
        spec["next"]["statusTemplate"] = spec["next"]["statusTemplate"].replace(old, new)
    return stage
