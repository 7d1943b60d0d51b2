"""Processes that end with the one that started them, however it ends."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

BOUND = Path(__file__).with_name("bound.py")
PATIENCE = 10.0
"""Seconds that a program gets to end by itself."""


@dataclass(frozen=True, slots=True)
class Processes:
    """The programs that run for one control plane, by name. Each one's output is in a file of a folder."""

    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str | Path, env: Mapping[str, str] | None = None) -> None:
        """Run a program in the folder, until it is stopped or this process ends."""
        bound = [sys.executable, str(BOUND), str(os.getpid()), *map(str, command)]
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603  # Ours.
                bound,
                cwd=self.folder,
                env={**os.environ, "TMPDIR": str(temporary), **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the parent alone: it stops them in order.
            )

    def log(self, name: str) -> Path:
        """The file with a program's output."""
        return self.folder / f"{name}.log"

    def ended(self) -> list[str]:
        """The programs that ended by themselves, each with the end of its output."""
        return [
            f"{name} ended: {self.log(name).read_text(errors='replace')[-2000:]}"
            for name, process in self.running.items()
            if process.poll() is not None
        ]

    def stop(self, *names: str) -> None:
        """Stop programs, the newest first; all of them where none is named."""
        for name in reversed(names or tuple(self.running)):
            process = self.running.pop(name)
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
