"""nodeapp pin and unpin: one line is edited, and everything else in the file stays."""

from pathlib import Path

import pytest
import yaml

from tests.console import Console
from tests.deploy_repository import EXAMPLE, TAG
from tests.simulator import APP, World

FRONTEND, BACKEND = (f"ghcr.io/acme/dashboard-{part}:{TAG}" for part in ("frontend", "backend"))
IMAGES = f"""\
# In dev, automation writes here.
apiVersion: platform.io/v1
kind: NodeApp
metadata: {{name: dashboard}}

spec:
  frontend:
    image: {FRONTEND}   # {{"$imagepolicy": "flux-apps:dashboard-frontend"}}
    replicas: 2 # two
  backend:
    image: "{BACKEND}" # {{"$imagepolicy": "flux-apps:dashboard-backend"}}
    env:   {{ A: 'b', C: "#d" }}
"""


@pytest.fixture(name="shell")
def shell_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console beside an overlay."""
    monkeypatch.chdir(tmp_path)
    shell = Console()
    shell.write("dev/images.yaml", IMAGES)
    shell.write("dev/kustomization.yaml", "resources: [../base]\npatches: [{path: images.yaml}]\n")
    return shell


def changed(before: str = IMAGES) -> list[tuple[str, str]]:
    """The lines that differ, as before and after."""
    after = Path("dev/images.yaml").read_text()
    assert after.count("\n") == before.count("\n")
    return [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]


def test_all_images_are_pinned_as_they_are(shell: Console) -> None:
    """Only the comments change, by one word. Quotes, spaces and other comments stay."""
    done = shell.run("pin", "dev")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"dev/images.yaml:8: spec.frontend.image: is pinned to {FRONTEND}",
        f"dev/images.yaml:11: spec.backend.image: is pinned to {BACKEND}",
    ]
    assert [after for _, after in changed()] == [
        f'    image: {FRONTEND}   # pinned {{"$imagepolicy": "flux-apps:dashboard-frontend"}}',
        f'    image: "{BACKEND}" # pinned {{"$imagepolicy": "flux-apps:dashboard-backend"}}',
    ]
    assert yaml.safe_load(Path("dev/images.yaml").read_text()) == yaml.safe_load(IMAGES)


def test_pinning_twice_changes_nothing_more(shell: Console) -> None:
    """It says that it is pinned already."""
    shell.run("pin", "dev")
    before = Path("dev/images.yaml").read_text()
    done = shell.run("pin", "dev", "backend")
    assert done.stdout == f"dev/images.yaml:11: spec.backend.image: stays pinned to {BACKEND}\n"
    assert changed(before) == []


@pytest.mark.parametrize("where", ["dev", "dev/images.yaml"])
def test_one_part_is_pinned(shell: Console, where: str) -> None:
    """In the folder, or in the file."""
    assert shell.run("pin", where, "frontend").exit_code == 0
    [(_, after)] = changed()
    assert "# pinned {" in after
    assert "frontend" in after


def test_an_image_is_gone_back_to(shell: Console) -> None:
    """The argument's repository says which line is meant."""
    older = "ghcr.io/acme/dashboard-backend:main-0000000-1780000000"
    done = shell.run("pin", "dev", older)
    assert done.stdout == f"dev/images.yaml:11: spec.backend.image: is pinned to {older}\n"
    [(_, after)] = changed()
    assert after == f'    image: {older} # pinned {{"$imagepolicy": "flux-apps:dashboard-backend"}}'


def test_an_image_can_be_pinned_before_there_is_one(shell: Console) -> None:
    """Then the policy's name says which line is meant."""
    shell.write("dev/images.yaml", (EXAMPLE / "overlays" / "dev" / "images.yaml").read_bytes())
    before = Path("dev/images.yaml").read_text()
    assert shell.run("pin", "dev", BACKEND).exit_code == 0
    [(_, after)] = changed(before)
    assert after == f'    image: {BACKEND} # pinned {{"$imagepolicy": "flux-apps:dashboard-backend"}}'


def test_unpinned_images_are_left_to_automation(shell: Console) -> None:
    """Whether a pin or a revert kept them: automation sets "" to the newest image."""
    shell.run("pin", "dev", "backend")
    pinned = Path("dev/images.yaml").read_text()
    done = shell.run("unpin", "dev")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1] == "dev/images.yaml:11: spec.backend.image: is set by automation"
    assert [after for _, after in changed(pinned)] == [
        '    image: ""   # {"$imagepolicy": "flux-apps:dashboard-frontend"}',
        '    image: "" # {"$imagepolicy": "flux-apps:dashboard-backend"}',
    ]


def test_one_part_is_unpinned(shell: Console) -> None:
    """The other one stays pinned."""
    shell.run("pin", "dev")
    pinned = Path("dev/images.yaml").read_text()
    assert shell.run("unpin", "dev", "frontend").exit_code == 0
    assert len(changed(pinned)) == 1


def test_the_app_runs_on_between_unpin_and_the_newest_image() -> None:
    """An image that is taken away is held."""
    world = World(APP | {"environment": "dev"}).settle()
    before = world.object("backend-deployment")["spec"]["template"]
    world.edit(backend={"image": ""}).settle()
    assert world.object("backend-deployment")["spec"]["template"] == before
    assert world.condition("BackendReady").status == "True"


def test_line_ends_stay(shell: Console) -> None:
    """A file with Windows' line ends keeps them."""
    shell.write("dev/images.yaml", IMAGES.replace("\n", "\r\n").encode())
    assert shell.run("pin", "dev", "backend").exit_code == 0
    after = Path("dev/images.yaml").read_bytes().decode()
    assert after.count("\r\n") == after.count("\n") == IMAGES.count("\n")
    assert '# pinned {"$imagepolicy": "flux-apps:dashboard-backend"}\r\n' in after


REFUSED = {
    "unknown-part": (
        ("pin", "dev", "worker"),
        "worker: 0 images are of this part; there are: spec.frontend.image (",
    ),
    "unknown-image": (
        ("pin", "dev", "ghcr.io/acme/other:1"),
        "0 images come from ghcr.io/acme/other; there are: ",
    ),
    "no-tag": (("pin", "dev", "ghcr.io/acme/dashboard-backend"), "must be an image with a tag or digest"),
    "latest": (("pin", "dev", "ghcr.io/acme/dashboard-backend:latest"), "must not be latest"),
    "one-of-two": (("pin", "dev", "backend", "worker"), "worker: 0 images are of this part"),
    "no-markers": (("pin", "dev/kustomization.yaml"), "no image in it has a comment"),
    "unpin-unknown": (("unpin", "dev", "worker"), "worker: 0 images are of this part"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_argument_changes_nothing(shell: Console, name: str) -> None:
    """One sentence, exit code 1."""
    arguments, sentence = REFUSED[name]
    done = shell.run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert sentence in done.stderr
    assert changed() == []


def test_nothing_is_kept_where_nothing_runs(shell: Console) -> None:
    """An image that automation never set can't be pinned as it is."""
    shell.write("dev/images.yaml", (EXAMPLE / "overlays" / "dev" / "images.yaml").read_bytes())
    done = shell.run("pin", "dev")
    assert done.exit_code == 1
    assert "spec.frontend.image has no image yet" in done.stderr


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, ": no such file or directory"),
        (b"\xff\xff", ": isn't text in UTF-8"),
        (b"a: [", ":1:5: isn't YAML"),
    ],
    ids=["missing", "binary", "broken"],
)
@pytest.mark.parametrize("command", ["pin", "unpin"])
def test_a_file_that_cannot_be_read(
    shell: Console, command: str, content: bytes | None, sentence: str
) -> None:
    """One sentence, exit code 2, as with the other commands."""
    path = shell.write("other.yaml", content) if content else "nothing.yaml"
    done = shell.run(command, path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: {path}{sentence}")


@pytest.mark.parametrize("command", ["pin", "unpin"])
def test_help_is_the_manual(shell: Console, command: str) -> None:
    """With examples, and what the exit code means."""
    output = shell.run(command, "--help").stdout
    assert f"  Examples:\n    nodeapp {command} overlays/dev\n" in output
    assert "exit code" in output
