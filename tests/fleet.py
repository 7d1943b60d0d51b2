"""example/flux, the fleet repository: what its kustomizations and its ResourceSet become."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.generate import ROOT
from tests.tools import tool

FLEET = ROOT / "example" / "flux"
CLUSTERS = ("dev", "prod")
FOLDERS = ("controllers", "apps", *(f"clusters/{cluster}" for cluster in CLUSTERS))
"""What Flux applies of it, but for the registry and the settings, which have no kustomization."""

Json = dict[str, Any]


def built(folder: Path) -> list[Json]:
    """The objects of a kustomization."""
    command = [tool("kubectl"), "kustomize", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # Ours.
    return list(yaml.safe_load_all(done.stdout))


def one(objects: list[Json], kind: str, name: str) -> Json:
    """The object of a kind and name."""
    [found] = [each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def entries() -> list[Path]:
    """The registry: a file for each app."""
    return sorted((FLEET / "registry").glob("*.yaml"))


def inputs(entry: Json) -> Json:
    """What an entry hands to the ResourceSet."""
    values: Json = entry["spec"]["defaultValues"]
    return values


def rendered(resource_set: Json, values: Mapping[str, str]) -> list[Json]:
    """The objects that a ResourceSet makes for one entry, as Flux Operator does.

    Its templates have no more than `<< inputs.KEY >>`. Anything else stays, and isn't valid in an object.
    """
    text = yaml.safe_dump_all(resource_set["spec"]["resources"], width=10_000)
    filled = re.sub(r"<< inputs\.(\w+) >>", lambda found: values[found[1]], text)
    return list(yaml.safe_load_all(filled))
