"""What package/install puts into a cluster, as kubectl renders it."""

import subprocess
from collections import Counter
from typing import Any

import yaml

from tests.generate import ROOT
from tests.tools import tool


def rendered(folder: str) -> dict[str, dict[str, Any]]:
    """The objects of a folder's kustomization by kind: no kind is there twice."""
    command = [tool("kubectl"), "kustomize", str(ROOT / "package" / folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # Ours.
    objects = list(yaml.safe_load_all(done.stdout))
    assert max(Counter(item["kind"] for item in objects).values()) == 1
    return {item["kind"]: item for item in objects}
