"""Crossplane's own engine, given the example, composes what the function answers."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from function.cli.snapshot import KEY
from function.edge.asked import answer
from tests.generate import ROOT
from tests.requests import request
from tests.serving import Server, served
from tests.tools import tool

EXAMPLE, PACKAGE = ROOT / "example", ROOT / "package"
RENDER = EXAMPLE / "render"
XR = {"classic": RENDER / "xr.yaml", "modern": EXAMPLE / "nodeapp.yaml"}
"""What Crossplane asks about: behind the claim, or the NodeApp itself."""
TARGET = "render.crossplane.io/runtime-development-target"


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


def rendered(
    engine: tuple[str, str], server: Server, style: str, *options: str
) -> tuple[Any, dict[str, Any]]:
    """The XR and its composed objects by key, as the engine prints them."""
    (cli, core), package = engine, PACKAGE / style
    files = (XR[style], package / "composition.yaml", RENDER / "functions.yaml")
    command = [
        *(cli, "composition", "render", *map(str, files), "--xrd", str(package / "definition.yaml")),
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


def answered(style: str, observed: dict[str, Any]) -> dict[str, Any]:
    """What the function answers in process, once its requirements are met: nothing of them exists."""
    (xr,) = documents(XR[style].read_text())
    platforms = documents((EXAMPLE / "platform.yaml").read_text())
    wanted: dict[str, list[Any]] = {}
    while True:
        response = answer(request(xr, observed, platform=platforms, **wanted))
        asked = response.get("requirements", {}).get("resources", {})
        if asked.keys() == wanted.keys():
            return response
        wanted = {name: [] for name in asked}


@pytest.mark.parametrize(
    ("style", "seen"),
    [("classic", False), ("classic", True), ("modern", False)],
    ids=["classic-new", "classic-running", "modern-new"],
)
def test_the_engine_composes_what_the_function_answers(
    engine: tuple[str, str],
    server: Server,
    style: str,
    seen: bool,  # noqa: FBT001  # A parameter.
) -> None:
    """Nothing is lost or changed on the way: objects, status and conditions are the function's own."""
    file = RENDER / "observed.yaml"
    observed = {i["metadata"]["annotations"][KEY]: i for i in documents(file.read_text())} if seen else {}
    want = answered(style, observed)

    xr, objects = rendered(engine, server, style, *([f"--observed-resources={file}"] if seen else []))

    desired = want["desired"]
    assert objects == {key: item["resource"] for key, item in desired["resources"].items()}
    conditions = {c["type"]: (c["reason"], c.get("message")) for c in xr["status"].pop("conditions")}
    told = {c["type"]: (c["reason"], c.get("message")) for c in want["conditions"]}
    assert conditions | told == conditions
    assert conditions["Ready"] == (("Available", None) if seen else ("Creating", None))
    assert xr["status"] | desired["composite"]["resource"]["status"] == xr["status"]
