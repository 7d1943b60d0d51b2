"""A terminal in which somebody types nodeapp, with a configuration of kubectl."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.plane.programs import program

PATIENCE = 120
"""Seconds that a command may take, on a machine with much else to do."""


class Done(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """Commands run with one kubeconfig."""

    kubeconfig: Path

    def run(self, *arguments: str, given: str | None = None) -> Done:
        """What `nodeapp` says."""
        command = [sys.executable, "-m", "function.cli", *arguments]
        done = subprocess.run(  # noqa: S603  # Ours.
            command, env=self.env, input=given, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    @property
    def env(self) -> dict[str, str]:
        """The variables of the shell."""
        path = f"{program('kubectl').parent}{os.pathsep}{os.environ['PATH']}"
        return os.environ | {"KUBECONFIG": str(self.kubeconfig), "PATH": path}

    def of(self, user: str) -> "Terminal":
        """The terminal of another user, who has the rights that were given to that name, and no others."""
        config = yaml.safe_load(self.kubeconfig.read_text())
        config["users"][0]["user"]["as"] = user
        file = self.kubeconfig.with_name(f"kubeconfig-{user}")
        file.write_text(yaml.safe_dump(config))
        return Terminal(file)
