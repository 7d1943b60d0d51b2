"""Run tests in a copy of the tree, in a fork of this process.

What tests import of others is imported once, before the fork: that takes longer than most of these runs. Of
`function` and `tests` each fork imports its copy's.
"""

import os
import shutil
import signal
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import hypothesis.stateful
import jsonschema
import pydantic
import pytest
import rich.tree
from crossplane.function import resource
from crossplane.function.proto.v1beta1 import run_function_pb2

SLOW_IMPORTS = (hypothesis, jsonschema, pydantic, rich, resource, run_function_pb2)
ROOT = Path(__file__).parents[2]
COPIED = ("function", "tests", "package", "example", "docs", "pyproject.toml", "README.md")
OURS = ("function", "tests", "package")
PATIENCE = 300
"""Seconds after which a run is killed."""
# A plain assert fails as well as a rewritten one, whose message nobody reads here. Rewriting takes seconds.
OPTIONS = ("-xq", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist")


class Run(NamedTuple):
    """Tests that run."""

    pid: int
    folder: Path


def start(tests: Collection[str], edited: Mapping[str, str]) -> Run:
    """Begin to run tests in a copy of the tree that has these texts in place of its files."""
    folder = Path(mkdtemp(prefix="nodeapp-mutant-"))
    for part in COPIED:
        put(ROOT / part, folder / part)
    for file, text in edited.items():
        (folder / file).unlink()  # It may be the tree's own file under another name.
        (folder / file).write_text(text)
    pid = os.fork()
    if pid == 0:
        os._exit(run(folder, tests))
    return Run(pid, folder)


def run(folder: Path, tests: Collection[str]) -> int:
    """Run tests in a folder. Returns pytest's exit code."""
    signal.alarm(PATIENCE)
    os.chdir(folder)
    output = os.open("output", os.O_CREAT | os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.path[0] = str(folder)
    code = 1
    with suppress(SystemExit):
        code = int(pytest.main([*OPTIONS, *map(argument, tests)]))
    sys.stdout.flush()
    return code


def argument(test: str) -> str:
    """The argument of pytest for a module, or for module::test."""
    module, *names = test.split("::")
    return "::".join((f"tests/{module}.py", *names))


def ended(running: Mapping[Run, Any]) -> tuple[Run, bool]:
    """Wait for one of these runs. Whether a test failed; RuntimeError where the tests didn't run."""
    pid, status = os.wait()
    [done] = [each for each in running if each.pid == pid]
    output = (done.folder / "output").read_text(errors="replace")
    shutil.rmtree(done.folder)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise RuntimeError(output + f"\nexit code {code}")
    return done, code == 1


def put(source: Path, target: Path) -> None:
    """Copy a file or a folder: under another name on the same disk, where that is possible."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=linked, ignore=shutil.ignore_patterns("node_modules"))
    else:
        linked(source, target)


def linked(source: Any, target: Any) -> None:
    """One file. Its time stays, so that Python takes the compiled modules beside it."""
    try:
        os.link(source, target)
    except OSError:  # Another disk.
        shutil.copy2(source, target)
