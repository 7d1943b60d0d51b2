"""nodeapp ends in one sentence where a file, the machine or kubectl fails it."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from function.cli import ends
from function.cli.fleet import apps
from tests.console import NODEAPP, PLATFORM, Console
from tests.test_cli import install

ALL = (
    ("render",),
    ("check",),
    ("check", "--platform-file"),
    ("diff", "app.yaml"),
    ("render", "app.yaml", "--platform"),
    ("render", "app.yaml", "--observed"),
    ("diff", "--platform", "platform.yaml", "platform.yaml"),
    ("diff", "app.yaml", "--in"),
    ("pin",),
    ("unpin",),
)
"""Every way to name a file."""
NO_MAP = "isn't YAML: mapping values are not allowed in this context"


@pytest.fixture
def files(shell: Console) -> Console:
    """An app and a Platform."""
    shell.write("app.yaml", NODEAPP)
    shell.write("platform.yaml", PLATFORM)
    return shell


@pytest.mark.parametrize("words", ALL)
def test_a_name_that_is_no_file_is_one_sentence(files: Console, words: tuple[str, ...]) -> None:
    """Exit code 2 and one line, also for the content of a file in place of its name, and for nothing."""
    for name in (NODEAPP * 9, "a" * 5000, "app.yaml/x", "" if "--in" not in words else "nowhere"):
        done = files.run(*words, name)

        assert (done.exit_code, done.stdout) == (2, ""), (name, done.stdout)
        assert done.stderr.startswith("Error: "), name
        assert done.stderr.count("\n") == name.count("\n") + 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (NODEAPP.encode("utf-16"), "app.yaml: is text in UTF-16; save it as UTF-8"),
        (b"\xe9t\xe9", "app.yaml: isn't text in UTF-8; save it as such, if it is text at all"),
        (
            b"a: b\nc: \x1b[0m",
            "app.yaml:2:4: isn't YAML: the control character U+001B isn't allowed",
        ),
        (
            f"<<<<<<< HEAD\n{NODEAPP}=======\n".encode(),
            f"app.yaml:2:11: {NO_MAP}; Git left a conflict in line 1: choose one of both versions",
        ),
        (
            NODEAPP.replace("name: shop", 'name: ""').encode(),
            "app.yaml:4:3: metadata.name: is empty; write the name of the app",
        ),
    ],
)
def test_what_is_no_nodeapp_says_where_and_what_to_do(shell: Console, content: bytes, sentence: str) -> None:
    """An encoding, a stray character, a conflict of Git, and a name that a template left empty."""
    done = shell.run("check", shell.write("app.yaml", content))

    assert done.stdout.startswith(sentence)
    assert done.stdout.endswith("\n1 problem\n")
    assert done.exit_code == 1


def test_a_folder_that_cannot_be_read_is_not_skipped(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a check says that all is fine without having seen it."""
    shell.write("apps/app.yaml", NODEAPP)

    def denied(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", denied)
    done = shell.run("check", "apps")

    assert done.stderr == "Error: apps: permission denied\n"
    assert done.exit_code == 2


@pytest.mark.usefixtures("files")
def test_a_full_disk_and_a_closed_input_end_in_a_sentence() -> None:
    """The output's file system is full; standard input is closed, as by a job scheduler."""
    command = f"{sys.executable} -m function.cli"
    root = Path(__file__).parent.parent
    done = subprocess.run(  # noqa: S602  # The shell opens and closes.
        f"{command} check app.yaml > /dev/full; echo $? >&2; {command} check - <&-; echo $? >&2",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    full = "Error: the output can't be written: no space left on device"
    assert done.stderr.splitlines() == [full, "2", "0"]
    assert done.stdout == "no NodeApps to check\n"


def test_ctrl_c_is_no_answer() -> None:
    """130, as of a shell: 1 would say that something is wrong with the app."""
    with pytest.raises(SystemExit) as ended, ends.named():
        raise KeyboardInterrupt
    assert ended.value.code == 130


def test_the_nearest_command_is_named(shell: Console) -> None:
    """As for options."""
    done = shell.run("rendr")

    assert done.stderr.endswith("Error: No such command 'rendr'. Did you mean 'render'?\n")
    assert done.exit_code == 2


def test_a_schema_is_found_by_its_name_in_any_case(shell: Console) -> None:
    """People write kinds as kubectl takes them."""
    assert shell.run("schema", "platform").stdout == shell.run("schema", "Platform").stdout


def test_built_apps_can_be_sent_to_processes(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fleet is worked out in several ones."""
    shell.write("apps/kustomization.yaml", "resources: [app.yaml]\n")
    shell.write("apps/app.yaml", NODEAPP)
    install(monkeypatch, "kustomize", "/bin/cat apps/app.yaml")

    assert len(pickle.loads(pickle.dumps(apps.gathered(["apps"], None)))) == 1  # noqa: S301  # Ours.
