"""From the form to the objects that run: each tool takes what the one before it makes."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.console import Console, by_key
from tests.deploy_repository import ENVIRONMENTS, EXAMPLE, PLATFORM, released
from tests.golden_path.form import ODD, VALUES
from tests.golden_path.scaffolding import contents
from tests.tools import tool


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_form_becomes_objects(repos: Path, environment: str, tmp_path: Path) -> None:
    """Scaffolder, kustomize, nodeapp check and the function: what runs is what was filled in."""
    tool("kubectl")
    overlay = released(repos / "dashboard-deploy", environment, tmp_path)
    checked = Console().run("check", "--platform", PLATFORM, str(overlay))
    assert checked.stdout == "1 NodeApp is fine\n"
    objects = by_key(Console().objects(str(overlay), "--platform", PLATFORM))
    backend, cluster = objects["backend-deployment"], objects["database-cluster"]
    assert backend["metadata"]["namespace"] == VALUES["name"]
    assert backend["metadata"]["labels"]["platform.io/team"] == "platform-team"
    [container] = backend["spec"]["template"]["spec"]["containers"]
    assert {"name": "PORT", "value": str(VALUES["port"])} in container["env"]
    assert {port["name"]: port["containerPort"] for port in container["ports"]} == {
        "http": 3001,
        "metrics": 9464,
    }
    assert cluster["spec"]["bootstrap"]["initdb"]["database"] == VALUES["database"]
    assert {"backend-podmonitor", "database-podmonitor"} <= set(objects)


def test_the_root_is_dev(repos: Path) -> None:
    """So that a bare kubectl kustomize shows an app."""
    tool("kubectl")
    root = repos / "dashboard-deploy"
    assert Console().objects(str(root)) == Console().objects(str(root / "overlays" / "dev"))


@pytest.mark.parametrize("form", ODD)
def test_unusual_forms_are_fine(scaffolded: dict[str, Any], form: str, tmp_path: Path) -> None:
    """What the form takes, the function takes, to its bounds."""
    tool("kubectl")
    made = scaffolded["tries"][form]["files"]
    for name, text in made.items():
        if name.startswith("deploy/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
    checked = Console().run("check", *(str(tmp_path / "deploy" / "overlays" / env) for env in ENVIRONMENTS))
    assert checked.stdout == "2 NodeApps are fine\n"
    nodeapp = yaml.safe_load(made["deploy/base/nodeapp.yaml"])
    asked = VALUES | ODD[form]
    assert nodeapp["spec"]["database"]["name"] == asked["database"]
    assert nodeapp["spec"]["backend"]["port"] == asked["port"]
    assert nodeapp["spec"]["monitoring"] is asked["monitoring"]


def test_the_example_is_what_the_template_makes(repos: Path) -> None:
    """Byte for byte; `uv run --group golden-path python -m tests.golden_path` writes it anew."""
    assert contents(EXAMPLE) == contents(repos / "dashboard-deploy")


def test_metrics_are_where_the_backend_has_them(repos: Path) -> None:
    """The NodeApp says where they are collected, the backend's documentation where they are by default."""
    nodeapp = yaml.safe_load((repos / "dashboard-deploy" / "base" / "nodeapp.yaml").read_text())
    [row] = re.findall(
        r"^\| `METRICS_PORT` .*$", (repos / "dashboard-backend/docs/index.md").read_text(), re.MULTILINE
    )
    assert re.findall(r"`(\d+)`", row) == [str(nodeapp["spec"]["backend"]["metricsPort"])]
