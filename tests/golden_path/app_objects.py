"""What the function makes of a deploy repository: the objects that its app runs as."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from function.api.names import CLAIM
from function.cli import cli
from function.cli.sources import UnusableError, documents

PLATFORM = Path(__file__).parents[2] / "example" / "platform.yaml"
KEY = "crossplane.io/composition-resource-name"

Manifest = dict[str, Any]


def nodeapp(overlay: Path) -> Manifest:
    """The NodeApp of an overlay, as kustomize builds it. Skips the test without kustomize."""
    try:
        [manifest] = [
            dict(each.value) for each in documents([str(overlay)]) if each.value.get("kind") == CLAIM
        ]
    except UnusableError as error:
        if "nothing on PATH" in error.message:
            pytest.skip(error.message)
        raise
    return manifest


def adapted(app: Manifest, fields: Mapping[str, Manifest], env: Mapping[str, str]) -> Manifest:
    """The NodeApp adapted to this machine: other fields of its parts, and other values of its variables."""
    spec = dict(app["spec"])
    for role, own in fields.items():
        given = {"image": f"ghcr.io/acme/dashboard-{role}:here"} | own
        spec[role] = spec[role] | given
        spec[role]["env"] = {name: env.get(name, value) for name, value in spec[role]["env"].items()}
    return app | {"spec": spec}


def objects(app: Manifest, env: Mapping[str, str], folder: Path) -> dict[str, Manifest]:
    """Every object by its key, under the example's Platform with other values for the variables it sets."""
    platform = yaml.safe_load(PLATFORM.read_text())
    given = platform["spec"]["env"]
    platform["spec"]["env"] = {name: env.get(name, value) for name, value in given.items()}
    files = {"nodeapp.yaml": app, "platform.yaml": platform}
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content))
    claim, governs = (str(folder / name) for name in files)
    done = CliRunner().invoke(cli, ["render", claim, "--platform", governs], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    manifests = list(yaml.safe_load_all(done.stdout))
    return {
        each["metadata"]["annotations"][KEY]: each
        for each in manifests
        if KEY in each["metadata"].get("annotations", {})
    }


def pod(by_key: Mapping[str, Manifest], role: str) -> Manifest:
    """The spec of a role's pods."""
    spec: Manifest = by_key[f"{role}-deployment"]["spec"]["template"]["spec"]
    return spec


def port(deployment: Manifest, name: str) -> int:
    """A port of its pods, by name."""
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    [number] = [each["containerPort"] for each in container["ports"] if each["name"] == name]
    return int(number)


def target_port(by_key: Mapping[str, Manifest], service: str, number: int) -> int:
    """Where traffic to a Service's port arrives: a port of the pods that it selects."""
    [spec] = [
        each["spec"] for each in by_key.values() if each["kind"] == "Service" and name_of(each) == service
    ]
    [target] = [each["targetPort"] for each in spec["ports"] if each["port"] == number]
    deployments = [each for each in by_key.values() if each["kind"] == "Deployment"]
    [selected] = [each for each in deployments if each["spec"]["selector"]["matchLabels"] == spec["selector"]]
    return port(selected, target)


def name_of(manifest: Manifest) -> str | None:
    """An object's name."""
    name: str | None = manifest["metadata"].get("name")
    return name
