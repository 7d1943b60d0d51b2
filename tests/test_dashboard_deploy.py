"""example/dashboard-deploy, the deploy repository that the golden path's template makes."""

from pathlib import Path
from typing import Any

import pytest

from tests.console import Console, by_key
from tests.deploy_repository import ENVIRONMENTS, EXAMPLE, MARKER, PLATFORM, TAG, released
from tests.tools import tool

PROTECTION = {f"deletion-protection{of}" for of in ("", "-database", "-namespace", "-xr")}
BUDGETS = {"frontend-pdb", "backend-pdb"}
BACKUPS = {"database-objectstore", "database-backup-1-1-pg18"}


def composed(overlay: Path) -> dict[str, Any]:
    """What the function makes of an overlay under the example's Platform, by key."""
    tool("kubectl")
    return by_key(Console().objects(str(overlay), "--platform", PLATFORM))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_wrong_with_it(environment: str) -> None:
    """Before the first build and under the example's policy."""
    tool("kubectl")
    checked = Console().run("check", "--platform", PLATFORM, str(EXAMPLE / "overlays" / environment))
    assert (checked.exit_code, checked.stdout) == (0, "1 NodeApp is fine\n")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_all_but_the_pods_is_there_before_the_first_build(environment: str) -> None:
    """A new repository has no image: the rest doesn't wait for it."""
    objects = composed(EXAMPLE / "overlays" / environment)
    assert not [key for key in objects if key.endswith("-deployment")]
    assert {"frontend-service", "backend-service", "database-cluster", "httproute"} <= set(objects)


@pytest.mark.parametrize(("environment", "replicas", "instances"), [("dev", 1, 1), ("prod", 2, 3)])
def test_it_runs_what_flux_writes(environment: str, replicas: int, instances: int, tmp_path: Path) -> None:
    """Each marked image is its own part's, in the numbers of the environment."""
    objects = composed(released(EXAMPLE, environment, tmp_path))
    for role in ("frontend", "backend"):
        spec = objects[f"{role}-deployment"]["spec"]
        assert spec["replicas"] == replicas
        [container] = spec["template"]["spec"]["containers"]
        assert container["image"] == f"ghcr.io/acme/dashboard-{role}:{TAG}"
    assert objects["database-cluster"]["spec"]["instances"] == instances


def test_production_alone_is_protected_and_backed_up(tmp_path: Path) -> None:
    """What else is composed is the same in both, so that dev tells what prod will do."""
    dev, prod = (set(composed(released(EXAMPLE, environment, tmp_path))) for environment in ENVIRONMENTS)
    assert prod - dev == PROTECTION | BACKUPS | BUDGETS
    assert dev <= prod


def test_migrations_run_before_the_backend_serves(tmp_path: Path) -> None:
    """With the image that they belong to."""
    objects = composed(released(EXAMPLE, "prod", tmp_path))
    [migrate] = objects["backend-deployment"]["spec"]["template"]["spec"]["initContainers"]
    assert migrate["command"] == ["npm", "run", "migrate"]
    assert migrate["image"].endswith(f"-backend:{TAG}")


def test_a_version_is_promoted_by_copying_one_file() -> None:
    """images.yaml says nothing about its environment, and every image in it is Flux's to set."""
    dev, prod = ((EXAMPLE / "overlays" / each / "images.yaml").read_text() for each in ENVIRONMENTS)
    assert dev == prod
    assert [policy for *_, policy in MARKER.findall(dev)] == ["dashboard-frontend", "dashboard-backend"]
