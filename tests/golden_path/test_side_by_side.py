"""Two apps run side by side on a laptop: each frontend has its own issuer and its own backend."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.golden_path.http_client import get
from tests.golden_path.processes import checked_output, run_to_end, running

ADDED = (20000, 20100)
"""To all ports of one app: far from those that this machine may use otherwise."""
MINUTES = 60


class Local(NamedTuple):
    """An app in development."""

    added: int
    backend: ExitStack

    def url(self, port: int, path: str = "") -> str:
        """Where something is."""
        return f"http://localhost:{port + self.added}{path}"


def copy(clone: Path, into: Path, node: dict[str, str]) -> Path:
    """Another checkout, with the same packages."""
    if not (clone / "node_modules").exists():
        checked_output(["npm", "ci"], within=5 * MINUTES, env=node, cwd=clone)
    shutil.copytree(clone, into, ignore=shutil.ignore_patterns("node_modules", ".dev", ".git"))
    (into / "node_modules").symlink_to(clone / "node_modules")
    return into


@pytest.fixture(scope="module")
def apps(
    repos: Path, node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Local]]:
    """Two that were started as their pages say."""
    folder = tmp_path_factory.mktemp("laptop")
    with ExitStack() as stack:
        found = []
        for added in ADDED:
            env, log = node | {"DEV_PORTS": str(added)}, folder / f"{added}.log"
            backend = stack.enter_context(ExitStack())
            for part, port, command in (
                ("backend", 3001, ["node", "dev/main.ts"]),
                ("frontend", 5173, ["node_modules/.bin/vite", "--host", "127.0.0.1"]),
            ):
                clone = copy(repos / f"dashboard-{part}", folder / f"{part}-{added}", node)
                # PGlite makes a database first.
                process = running(command, port + added, log, within=2 * MINUTES, cwd=clone, env=env)
                (backend if part == "backend" else stack).enter_context(process)
            found.append(Local(added, backend))
        yield found


def test_each_has_its_own_issuer(apps: list[Local]) -> None:
    """Which is the one that its backend started, under a name that is its own."""
    for app in apps:
        config = json.loads(get(app.url(5173, "/config.json")).body)
        discovery = json.loads(get(app.url(4000, "/.well-known/openid-configuration")).body)
        assert config["OIDC_ISSUER"] == discovery["issuer"] == app.url(4000)


def test_each_has_its_own_backend(apps: list[Local]) -> None:
    """The pages of one go on when the backend of the other is stopped."""
    assert [get(app.url(5173, "/api/me")).status for app in apps] == [401, 401]
    apps[1].backend.close()
    assert get(apps[0].url(5173, "/api/me")).status == 401
    assert get(apps[1].url(5173, "/api/me")).status >= 500


def test_whoever_finds_a_port_taken_is_told(
    apps: list[Local], repos: Path, node: dict[str, str], tmp_path: Path
) -> None:
    """How to start beside what runs already."""
    clone = copy(repos / "dashboard-backend", tmp_path / "third", node)
    env = node | {"DEV_PORTS": str(apps[0].added)}
    done = run_to_end(["node", "dev/main.ts"], within=MINUTES, cwd=clone, env=env)
    assert done.returncode
    assert "set DEV_PORTS=100 here and in the frontend" in done.stdout
