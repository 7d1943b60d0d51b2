"""docs/command.md: its commands work, it names every subcommand, and hooks and wheels are what it says."""

import os
import re
import sys
from pathlib import Path

import pytest
import yaml

from function.cli import COMMANDS
from tests.copied import copied, ran
from tests.generate import ROOT
from tests.tools import tool

PAGE = (ROOT / "docs" / "command.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]
NODEAPP = (sys.executable, "-m", "function.cli")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with one commit: the commands edit files, and look at revisions."""
    tree = copied(tmp_path_factory.mktemp("clone"))
    done = ran(tree, "git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "all")
    assert done.returncode == 0, done.stderr
    return tree


def test_every_subcommand_is_on_the_page() -> None:
    """Each has a section or a row."""
    assert [name for name in COMMANDS if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize("line", LINES)
def test_its_commands_work(clone: Path, line: str) -> None:
    """Each command of the page that needs no cluster ends with 0, and says nothing on standard error."""
    command = line.replace("nodeapp ", f"{' '.join(NODEAPP)} ", 1)
    done = ran(clone, "bash", "-euo", "pipefail", "-c", command)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_hooks_find_mistakes(clone: Path, tmp_path: Path) -> None:
    """What pre-commit runs: for the files that the first hook's pattern matches, and for overlays."""
    hooks = {each["id"]: each for each in yaml.safe_load((clone / ".pre-commit-hooks.yaml").read_text())}
    assert set(hooks) == set(re.findall(r"- id: (\S+)", PAGE))
    pattern = re.compile(hooks["nodeapp-check"]["files"])
    files = ["nodeapp.yaml", "apps/shop/nodeapp.yml", "overlays/dev/sizing.yaml", "my-nodeapp.yaml"]
    assert list(filter(pattern.search, files)) == files[:2]

    program, *entry = hooks["nodeapp-check"]["entry"].split()
    assert program == "nodeapp"
    wrong = tmp_path / "nodeapp.yaml"
    wrong.write_text((ROOT / "example" / "nodeapp.yaml").read_text().replace("team:", "teem:"))
    done = ran(clone, *NODEAPP, *entry, str(wrong))
    assert done.returncode == 1
    assert "spec.teem: is unknown; did you mean team?" in done.stdout

    overlays = [f"example/dashboard-deploy/{each}" for each in hooks["nodeapp-check-overlays"]["args"]]
    assert ran(clone, *NODEAPP, *entry, *overlays).stdout == "2 NodeApps are fine\n"


def test_a_wheel_is_all_that_is_needed(clone: Path, tmp_path: Path) -> None:
    """Installed from a wheel, with its own libraries, the command works anywhere, and compares that wheel."""
    assert ran(clone, "uv", "build", "-q", "--wheel", "--out-dir", str(tmp_path)).returncode == 0
    [wheel] = map(str, tmp_path.glob("*.whl"))
    app, platform = (str(clone / "example" / f"{name}.yaml") for name in ("nodeapp", "platform"))
    compared = ("diff", "--function", wheel, str(clone), app)
    for arguments in (("--version",), ("render", app, "--platform", platform), compared):
        done = ran(tmp_path, "uv", "tool", "run", "-q", "--from", wheel, "nodeapp", *arguments)
        assert done.returncode == 0, done.stderr
    assert done.stdout == "1 app: nothing changes\n"


def test_kubectl_finds_its_plugin() -> None:
    """`kubectl nodeapp` is the command, under that name."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = ran(ROOT, tool("kubectl"), "nodeapp", "why", "--help", PATH=path)
    assert done.stdout.startswith("Usage: kubectl nodeapp why [OPTIONS] APP\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there(shell: str) -> None:
    """The page's variable makes the command print a script for each shell, and complete subcommands."""
    assert f"_NODEAPP_COMPLETE={shell}_source nodeapp" in PAGE
    words = {"COMP_WORDS": "nodeapp ps", "COMP_CWORD": "ps" if shell == "fish" else "1"}
    done = ran(ROOT, *NODEAPP, **words, _NODEAPP_COMPLETE=f"{shell}_complete")
    assert "psql" in done.stdout
    assert "_nodeapp" in ran(ROOT, *NODEAPP, **words, _NODEAPP_COMPLETE=f"{shell}_source").stdout
