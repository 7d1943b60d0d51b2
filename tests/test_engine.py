"""Crossplane's own engine, given the example, composes what the function answers."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.cli.observed import KEY
from function.fn import answer
from tests.asking import request
from tests.serving import Server, served

ROOT = Path(__file__).parent.parent
EXAMPLE, CLASSIC = ROOT / "example", ROOT / "package" / "classic"
RENDER = EXAMPLE / "render"
TARGET = "render.crossplane.io/runtime-development-target"


def tool(name: str) -> str:
    """A program of Crossplane: on the PATH, else where the scripts of NODEAPP_PLANE build it."""
    scripts, folder = os.environ.get("NODEAPP_PLANE"), os.environ.get("BIN")
    if scripts and not folder:
        default = re.search(r"BIN:-([^}]+)", (Path(scripts) / "tools.sh").read_text())
        folder = default[1] if default else None
    found = shutil.which(name) or (shutil.which(name, path=folder) if folder else None)
    if found is None:
        pytest.skip(f"{name} is neither on the PATH nor among the tools of NODEAPP_PLANE")
    return found


@pytest.fixture(scope="module")
def engine() -> tuple[str, str]:
    """Crossplane's CLI, and the core whose engine it runs."""
    return tool("crossplane"), tool("crossplane-core")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The function, as a developer serves it."""
    with served("--insecure") as running:
        yield running


def documents(text: str) -> list[dict[str, Any]]:
    """The objects of a YAML stream."""
    return list(filter(None, yaml.safe_load_all(text)))


def rendered(engine: tuple[str, str], server: Server, *options: str) -> tuple[Any, dict[str, Any]]:
    """The XR and its composed objects by key, as the engine prints them."""
    cli, core = engine
    files = (RENDER / "xr.yaml", CLASSIC / "composition.yaml", RENDER / "functions.yaml")
    command = [
        *(cli, "composition", "render", *map(str, files), "--xrd", str(CLASSIC / "definition.yaml")),
        *(f"--crossplane-binary={core}", f"--function-annotations={TARGET}={server.address}"),
        *(f"--required-resources={EXAMPLE / 'platform.yaml'}", *options),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603  # Ours.
    assert done.returncode == 0, done.stderr
    xr, *objects = documents(done.stdout)
    return xr, {item["metadata"]["annotations"].pop(KEY): own(item) for item in objects}


def own(item: dict[str, Any]) -> dict[str, Any]:
    """An object without what Crossplane adds: its owner, its labels, and a name where it has none."""
    metadata = item["metadata"]
    for added in ("ownerReferences", "generateName"):
        metadata.pop(added, None)
    if "namespace" not in metadata:
        metadata.pop("name")
    metadata["labels"] = {k: v for k, v in metadata["labels"].items() if not k.startswith("crossplane.io/")}
    return item


def answered(observed: dict[str, Any]) -> dict[str, Any]:
    """What the function answers in process."""
    (xr,) = documents((RENDER / "xr.yaml").read_text())
    platforms = documents((EXAMPLE / "platform.yaml").read_text())
    return answer(request(xr, observed, platform=platforms, database_cluster=[]))


@pytest.mark.parametrize("seen", [False, True], ids=["new", "running"])
def test_the_engine_composes_what_the_function_answers(
    engine: tuple[str, str],
    server: Server,
    seen: bool,  # noqa: FBT001  # A parameter.
) -> None:
    """Nothing is lost or changed on the way: objects, status and conditions are the function's own."""
    file = RENDER / "observed.yaml"
    observed = {i["metadata"]["annotations"][KEY]: i for i in documents(file.read_text())} if seen else {}
    want = answered(observed)

    xr, objects = rendered(engine, server, *([f"--observed-resources={file}"] if seen else []))

    desired = want["desired"]
    assert objects == {key: item["resource"] for key, item in desired["resources"].items()}
    conditions = {c["type"]: (c["reason"], c.get("message")) for c in xr["status"].pop("conditions")}
    told = {c["type"]: (c["reason"], c.get("message")) for c in want["conditions"]}
    assert conditions | told == conditions
    assert conditions["Ready"] == (("Available", None) if seen else ("Creating", None))
    assert xr["status"] | desired["composite"]["resource"]["status"] == xr["status"]
