"""What all commands have in common: where they read from, and how they end."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.console import NODEAPP, Console, spec

COMMANDS = pytest.mark.parametrize("command", ["render", "check"])

KUSTOMIZATION = "namespace: overlay\nresources: [app.yaml]\n"


def install(monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """A program that is alone on PATH."""
    folder = Path("bin")
    folder.mkdir()
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder.resolve()))


@COMMANDS
def test_a_file_that_is_not_there(shell: Console, command: str) -> None:
    """One sentence, and an exit code of its own: nothing was judged."""
    done = shell.run(command, "nope.yaml")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: nope.yaml: no such file or directory\n"


@COMMANDS
def test_a_file_that_is_not_text(shell: Console, command: str) -> None:
    """One sentence."""
    done = shell.run(command, shell.write("logo.png", b"\x89PNG\r\n\x1a\n\x00\xff"))

    assert done.exit_code == 1
    assert "logo.png: isn't text in UTF-8" in done.output
    assert len(done.output.splitlines()) <= 2


@COMMANDS
def test_standard_input(shell: Console, command: str) -> None:
    """A stream, as kubectl and kustomize write it."""
    other = NODEAPP.replace("name: shop", "name: cafe")
    assert shell.run(command, "-", stdin=f"{NODEAPP}---\n{other}").exit_code == 0


def test_render_reads_standard_input_by_itself(shell: Console) -> None:
    """As the end of a pipe it needs no argument."""
    assert shell.objects(stdin=NODEAPP)[0]["kind"] == "XNodeApp"


def test_a_directory_is_read_with_all_below(shell: Console) -> None:
    """Every YAML file by name; what is hidden, or something else, is not."""
    for path in ("apps/b.yaml", "apps/a/c.yml", "apps/.git/d.yaml", "apps/readme.md"):
        shell.write(path, NODEAPP)

    assert shell.run("check", "apps").output == "2 NodeApps are fine\n"


@pytest.mark.parametrize(("program", "verb"), [("kustomize", "build"), ("kubectl", "kustomize")])
def test_a_kustomization_is_built(
    shell: Console, monkeypatch: pytest.MonkeyPatch, program: str, verb: str
) -> None:
    """By the program that is there. A problem of what no file wrote names the object."""
    shell.write("apps/kustomization.yaml", KUSTOMIZATION)
    shell.write("built.yaml", spec("team: web\nfrontend: {}\ndatabse: {}"))
    install(monkeypatch, program, f'[ "$*" = "{verb} $PWD/apps" ] && /bin/cat built.yaml')

    done = shell.run("check", "apps")

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "apps/kustomization.yaml: NodeApp shop: spec.databse: is unknown; did you mean database?",
        "1 problem",
    ]


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl isn't there")
def test_overlays_are_built_by_the_real_program(shell: Console) -> None:
    """The namespace is the overlay's."""
    shell.write("apps/kustomization.yaml", KUSTOMIZATION)
    shell.write("apps/app.yaml", NODEAPP)

    assert shell.objects("apps")[1]["metadata"]["namespace"] == "overlay"


def test_a_kustomization_that_cannot_be_built(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program says is repeated; without one, what to do."""
    shell.write("apps/kustomization.yaml", KUSTOMIZATION)
    monkeypatch.setenv("PATH", "/nonexistent")
    done = shell.run("render", "apps")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: apps: nothing on PATH can build its kustomization: "
        "install kustomize or kubectl, or pipe what they build into nodeapp\n"
    )

    install(monkeypatch, "kustomize", "echo 'Error: no app.yaml' >&2; exit 1")
    done = shell.run("render", "apps")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: apps: kustomize build failed: Error: no app.yaml\n"


@pytest.mark.parametrize("style", ["yaml", "json", "tree"])
def test_a_closed_pipe_is_no_error(shell: Console, style: str) -> None:
    """`nodeapp render ... | head -1` prints one line and nothing else."""
    apps = [NODEAPP.replace("name: shop", f"name: shop{number}", 1) for number in range(20)]
    app = shell.write("app.yaml", "---\n".join(apps))
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(  # noqa: S603  # It is ourselves.
        [sys.executable, "-c", "from function.cli import cli; cli()", "render", "-o", style, app],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    os.close(writer)

    assert done.stderr == b""


@COMMANDS
def test_help_is_the_manual(shell: Console, command: str) -> None:
    """With examples, and what the exit code means."""
    output = shell.run(command, "--help").stdout

    assert f"  Examples:\n    nodeapp {command} nodeapp.yaml\n" in output
    assert "exit code" in output


def test_checking_needs_no_grpc() -> None:
    """A hook that runs before every commit starts fast, and only the gRPC edge knows protobuf."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, function.cli.check; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    ).stdout.split()

    assert "pydantic" in loaded
    assert {"grpc", "google.protobuf", "rich.console", "function.edge.fn"}.isdisjoint(loaded)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_nothing_is_a_traceback(data: st.DataObject) -> None:
    """Whatever stands in a NodeApp's place, commands end with a sentence and an exit code."""
    app = yaml.safe_load(NODEAPP)
    paths = [("apiVersion",), ("metadata",), ("metadata", "name"), ("metadata", "labels"), ("status",)]
    paths += [("spec",), ("spec", "frontend"), ("spec", "frontend", "env"), ("spec", "claimRef")]
    *above, last = data.draw(st.sampled_from(paths))
    at = app
    for key in above:
        at = at[key]
    at[last] = data.draw(VALUES)
    text = yaml.safe_dump(app, allow_unicode=data.draw(st.booleans()))

    for command in (("check", "-"), ("render", "-"), ("render", "-o", "tree", "-")):
        assert Console().run(*command, stdin=text).exit_code in (0, 1)
