"""nodeapp pin and unpin: files that they can't edit stay as they are."""

import os
from pathlib import Path

import pytest

from tests.console import Console

LINE = '  image: ghcr.io/acme/{0}:1 # {{"$imagepolicy": "flux-apps:{0}"}}\n'
NO_MAP = "isn't YAML: mapping values are not allowed here"
APP = f"kind: NodeApp\nspec:\n{LINE.format('shop')}"


def test_no_file_is_written_if_one_cannot_be(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of two files stays as it was, and nothing is left beside it."""
    for name in ("a", "b"):
        shell.write(f"dev/{name}.yaml", APP)
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "b.yaml")

    done = shell.run("pin", "dev")

    assert done.stderr == "Error: dev/b.yaml: can't be written: permission denied\n"
    assert (done.exit_code, done.stdout) == (2, "")
    assert {each.name: each.read_text() for each in Path("dev").iterdir()} == {"a.yaml": APP, "b.yaml": APP}


def test_rights_and_links_stay(shell: Console) -> None:
    """The file that a link leads to is edited, and keeps its rights."""
    shell.write("base/images.yaml", APP)
    Path("base/images.yaml").chmod(0o640)
    Path("dev").mkdir()
    Path("dev/images.yaml").symlink_to("../base/images.yaml")

    assert shell.run("pin", "dev").exit_code == 0
    assert Path("dev/images.yaml").is_symlink()
    assert "# pinned {" in Path("base/images.yaml").read_text()
    assert Path("base/images.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_stay(shell: Console, ends: str) -> None:
    """Those of Windows and of old Macs, too."""
    shell.write("images.yaml", APP.replace("\n", ends).encode())

    assert shell.run("pin", "images.yaml").exit_code == 0
    assert Path("images.yaml").read_bytes() == APP.replace("# {", "# pinned {").replace("\n", ends).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: " + "[" * 3000, "images.yaml: is nested too deeply"),
        ("a: b: c", "images.yaml:1:5: isn't YAML: mapping values are not allowed here"),
        (
            f"<<<<<<< HEAD\n{APP}",
            f"images.yaml:2:5: {NO_MAP}; Git left a conflict in line 1: choose one of both versions",
        ),
    ],
)
def test_what_is_no_yaml_is_one_sentence(shell: Console, content: str, sentence: str) -> None:
    """With its place, as of nodeapp check."""
    done = shell.run("unpin", shell.write("images.yaml", content))

    assert done.stderr == f"Error: {sentence}\n"
    assert done.exit_code == 2


def test_an_alias_is_no_second_image(shell: Console) -> None:
    """Aliases that multiply, or that lead round, are walked once."""
    many = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    shell.write("images.yaml", f"{APP}a0: &a0 [x]\n{many}round: &r {{again: *r}}\n")

    assert shell.run("pin", "images.yaml").stdout.count(os.linesep) == 1


def test_a_policy_without_a_namespace_is_found_by_its_image(shell: Console) -> None:
    """No image of another repository goes to it."""
    shell.write("images.yaml", APP.replace("flux-apps:shop", "shop"))

    done = shell.run("pin", "images.yaml", "ghcr.io/acme/cafe:2")

    assert done.exit_code == 1
    assert "0 images come from ghcr.io/acme/cafe" in done.stderr
