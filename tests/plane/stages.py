"""What becomes of pods under KWOK: its own stages, and some in which they fail or end.

KWOK plays logs and exec too: each container has the same log, and commands run on this machine.
"""

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
ENDS = {"app.kubernetes.io/component": "run"}
"""Labels of pods that nobody's Job made, and that end by themselves: those of `nodeapp run`."""
PROGRAMS = "bin"
"""The folder, below a plane's own, of programs that commands in containers find first."""
LOG = "2026-11-26T07:00:00.000000000Z stdout F listening on port 3001\n"
"""What each container has logged, as a container runtime writes it to its file."""


def write_stages(file: Path) -> Path:
    """Write the stages of pods for KWOK. Raises MissingError."""
    folder = module_folder("kwok", "sigs.k8s.io/kwok").joinpath(*FAST)
    stages = [
        yaml.safe_load((folder / f"pod-{name}.yaml").read_text()) for name in ("ready", "complete", "delete")
    ]
    ends = [ending(stages[1], "pod-run-complete", ENDS), *(failing(stages[1], name) for name in FAILS)]
    file.write_text(yaml.safe_dump_all([*stages, *ends, *played(file.parent)]))
    return file


def played(folder: Path) -> list[dict[str, Any]]:
    """What KWOK answers as a kubelet. What isn't installed here is played too."""
    log, programs = folder / "container.log", folder / PROGRAMS
    log.write_text(LOG)
    programs.mkdir(exist_ok=True)
    (programs / "psql").write_text('#!/bin/sh\necho "psql $* with $PGOPTIONS on a database"\n')
    (programs / "psql").chmod(0o755)
    return [
        resource("ClusterLogs", {"logs": [{"logsFile": str(log), "previousLogsFile": str(log)}]}),
        resource("ClusterExec", {"execs": [{"local": {}}]}),
    ]


def resource(kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    """An object of KWOK's configuration, for all pods."""
    return {"apiVersion": "kwok.x-k8s.io/v1alpha1", "kind": kind, "metadata": {"name": "all"}, "spec": spec}


def ending(complete: dict[str, Any], name: str, labels: dict[str, str]) -> dict[str, Any]:
    """The stage in which pods of no Job complete, from the one for those of Jobs."""
    stage = deepcopy(complete)
    stage["metadata"]["name"] = name
    selector = stage["spec"]["selector"]
    selector["matchLabels"] = labels
    selector["matchExpressions"] = [
        each for each in selector["matchExpressions"] if "ownerReferences" not in each["key"]
    ]
    return stage


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
