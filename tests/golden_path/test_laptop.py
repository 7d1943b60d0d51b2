"""The frontend as a developer runs it."""

from pathlib import Path

import pytest

from tests.golden_path.browser_stories import run_story
from tests.golden_path.processes import checked_output, running
from tests.golden_path.stack import installed
from tests.serving import free_port


@pytest.mark.parametrize("script", ["dev", "preview"])
def test_the_policy_of_production_holds_on_a_laptop(
    repos: Path, node: dict[str, str], script: str, tmp_path: Path
) -> None:
    """What the policy blocks is seen before it is deployed, and the app itself is not blocked."""
    clone, port = repos / "dashboard-frontend", free_port()
    installed(clone, node)
    if script == "preview":
        checked_output(["npm", "run", "build"], within=120, env=node, cwd=clone)
    command = ["npm", "run", script, "--", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, port, tmp_path / "vite.log", env=node, cwd=clone, within=60):
        run_story("policy", f"http://127.0.0.1:{port}", "http://localhost:4000", tmp_path, node)
