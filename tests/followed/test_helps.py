"""The commands of the project that pages name, asked for help."""

import re
import subprocess
import sys

import pytest

from tests.commands import ROOT, pages

NAMED = sorted(
    {
        module
        for page in pages()
        for module in re.findall(
            r"python3? -m ((?:tests|benchmarks|package)[\w.]*)", (ROOT / page).read_text()
        )
    }
)


def test_pages_name_commands() -> None:
    """There are some, whatever pages say."""
    assert {"tests.generate", "tests.plane", "benchmarks", "package.registry"} <= set(NAMED)


@pytest.mark.parametrize("module", NAMED)
def test_help_says_what_it_does_and_does_nothing(module: str) -> None:
    """Who doesn't know a command asks it first: nothing is written, and no test runs."""
    command = [sys.executable, "-m", module, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  # Ours.
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.lower().startswith(f"usage: python -m {module}")
