"""The worker that the backend's pages show, as a developer copies it."""

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.golden_path import postgres
from tests.golden_path.processes import checked_output, started
from tests.golden_path.stack import installed
from tests.serving import SOON

WORKS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'backend' AND query = 'select 1'"
"""Whether the worker's statement is the last one of a connection."""


def test_the_worker_of_the_pages_works_and_stops(repos: Path, node: dict[str, str], tmp_path: Path) -> None:
    """Linter and types have nothing against it, it asks the database, and SIGTERM ends it in good order."""
    installed(repos / "dashboard-backend", node)
    clone = tmp_path / "backend"
    shutil.copytree(repos / "dashboard-backend", clone, ignore=shutil.ignore_patterns("node_modules", ".git"))
    (clone / "node_modules").symlink_to(repos / "dashboard-backend" / "node_modules")
    [code] = re.findall(
        r"^```ts\n(.*?)^```$", (clone / "docs/design.md").read_text(), re.MULTILINE | re.DOTALL
    )
    (clone / "src/mailer.ts").write_text(code)
    for command in (["npx", "tsc"], ["npx", "eslint", "src/mailer.ts"]):
        checked_output(command, within=120, env=node, cwd=clone)

    with postgres.served("app") as database:
        (tmp_path / "ca.crt").write_text(database.authority)
        verified = {"PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(tmp_path / "ca.crt")}
        env = node | verified | {"DATABASE_URL": database.url()}
        with started(["node", "src/mailer.ts"], subprocess.PIPE, env=env, cwd=clone) as worker:
            end = time.monotonic() + SOON
            while database.sql(WORKS) == [["0"]] and time.monotonic() < end:
                time.sleep(0.1)
            assert database.sql(WORKS) == [["1"]]
            worker.send_signal(signal.SIGTERM)
            output, _ = worker.communicate(timeout=SOON)
    assert (worker.returncode, "stopped" in output) == (0, True), output
