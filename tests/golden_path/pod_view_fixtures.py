"""The image and the namespace of an app, and who looks into its pods as a kubelet runs them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.golden_path import base_images, postgres
from tests.golden_path.containers import Pod
from tests.golden_path.images import Image
from tests.golden_path.pod_view import Look
from tests.golden_path.postgres import Postgres
from tests.golden_path.processes import checked_output
from tests.golden_path.volumes import Node

PG = "pg@8.23.1"
"""node-postgres, as most libraries of Node use it."""


@pytest.fixture(scope="module")
def image(node: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Image:
    """An image with Node, node-postgres and psql, and the program that looks."""
    image = Image(
        "docker.io/library/node:24", tmp_path_factory.mktemp("image"), workdir="/app", made=("/app",)
    )
    folder = image.host(".")
    folder.mkdir()
    folder.parent.chmod(0o755)
    shutil.copy(Path(__file__).with_name("look.mjs"), folder)
    (folder / "psql").symlink_to(postgres.programs() / "psql")
    checked_output(["npm", "install", "--no-audit", "--no-fund", PG], within=120, env=node, cwd=folder)
    return image


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    """An empty database with its owner."""
    with postgres.served("shop") as server:
        yield server


@pytest.fixture
def namespace(database: Postgres, tmp_path: Path) -> Node:
    """The app's namespace, with what CloudNativePG and the team made there."""
    secrets = {
        "shop-db-app": {"uri": database.url(), "username": "shop"},
        "shop-db-ca": {"ca.crt": database.authority},
        "stripe": {"key": "k-1", "STRIPE_MODE": "test"},
        "google": {"key.json": '{"type": "service_account"}'},
    }
    config_maps = {"settings": {"FROM_CONFIG": "id", "TENANT": "config", "config.yaml": "level: info\n"}}
    return Node(tmp_path, secrets, config_maps)


@pytest.fixture
def look(image: Image, node: dict[str, str], namespace: Node) -> Look:
    """Who looks into pods."""

    def sees(spec: Any, container: str, where: Node = namespace) -> dict[str, Any]:
        done = Pod(image, base_images.base(image, node), spec, where).run(container)
        assert done.returncode == 0, done.stdout
        seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])  # Node may warn before it.
        return seen

    return sees
