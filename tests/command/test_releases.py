"""nodeapp diff with other processes: releases of the function, and many apps."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from function.cli.fleet import parallel, servers
from function.cli.sources import UnusableError
from tests.console import Console
from tests.generate import ROOT
from tests.test_diff_fleet import fleet, platforms


def test_several_processes_say_the_same(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of the apps is theirs, however many processes work."""
    arguments = ("diff", "--platform", *platforms(shell), fleet(shell, *(f"app-{n}" for n in range(4))))
    alone = shell.run(*arguments, "--format", "json")
    monkeypatch.setattr(parallel, "ALONE", 2)
    monkeypatch.setattr(parallel, "available", lambda: 2)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)  # Else each process would import pytest.
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)

    assert shell.run(*arguments, "--format", "json").stdout == alone.stdout


def release(folder: Path, old: str = "", new: str = "") -> Path:
    """A copy of this function's source, in which a text is another one."""
    shutil.copytree(ROOT / "function", folder / "function", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    if old:
        file = folder / "function" / "components" / "container.py"
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
    return folder


def test_another_release_is_run_in_a_process_of_its_own(shell: Console) -> None:
    """A folder or a Git revision of the function is served beside the old one, and compared."""
    release(Path("next"), "USER = 10001", "USER = 10002")
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c")
    release(Path("repository"))
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "v1"), ("tag", "v1")):
        subprocess.run([*git, "-C", "repository", *command], check=True)  # noqa: S603  # Ours.
    apps = str(Path(fleet(shell, "shop")).resolve())
    done = subprocess.run(  # noqa: S603  # It is ourselves.
        [sys.executable, "-m", "function.cli", "diff", "--function", "v1", "../next", apps],
        cwd="repository",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    first, *_ = done.stdout.splitlines()
    assert first == "1 app, of which 1 changes: rolls 5 pods"
    assert done.stderr == ""


def test_a_release_that_does_not_start(tmp_path: Path) -> None:
    """Its last words are repeated."""
    broken = release(tmp_path / "broken", "USER = 10001", "USER = nothing")
    words = "its function doesn't start: NameError: name 'nothing'"
    with pytest.raises(UnusableError, match=words), servers.served(str(broken)):
        pytest.fail("it was served")
