"""nodeapp diff on Python 3.11.2, which Debian 12 has: its tarfile has no filters."""

import io
import tarfile
from pathlib import Path

import pytest

from function.cli.revisions import unpack
from tests.console import NODEAPP, Console
from tests.git import begin

LINKS = {
    "app/within": "shown.yaml",
    "here": ".",
    "outside": "../secret.yaml",
    "chained": "here/../secret.yaml",
    "absolute": "/etc/passwd",
    "loop": "loop",
}
"""Link → where it leads."""


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of tarfile that came with 3.11.4 aren't there."""
    extract_all = tarfile.TarFile.extractall

    def without_filter(tar: tarfile.TarFile, path: str, members: list[tarfile.TarInfo]) -> None:
        extract_all(tar, path, members)

    monkeypatch.setattr(tarfile.TarFile, "extractall", without_filter)
    for name in ("data_filter", "tar_filter", "fully_trusted_filter", "FilterError"):
        monkeypatch.delattr(tarfile, name, raising=False)


@pytest.mark.usefixtures("debian")
def test_a_revision_is_compared_without_filters(shell: Console) -> None:
    """A revision is read by a Python whose tarfile has no filters."""
    shell.write("app/nodeapp.yaml", NODEAPP)
    begin(Path())
    shell.write("app/nodeapp.yaml", NODEAPP.replace("shop:1.0", "shop:1.1"))

    done = shell.run("diff", "HEAD", "--in", "app/nodeapp.yaml")

    assert "ghcr.io/acme/shop:1.0 becomes ghcr.io/acme/shop:1.1" in done.stdout
    assert done.exit_code == 0


def test_links_that_leave_a_revision_are_left_out(tmp_path: Path) -> None:
    """No link leads out of the folder, also by way of another link, and no file is written outside of it."""
    (tmp_path / "secret.yaml").write_text("secret")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name in ("app/shown.yaml", "../written.yaml", "/written.yaml"):
            tar.addfile(tarfile.TarInfo(name))
        for name, target in LINKS.items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            tar.addfile(link)
    packed.seek(0)
    folder = tmp_path / "revision"
    folder.mkdir()

    with tarfile.open(fileobj=packed) as tar:
        unpack(tar, str(folder))

    assert {path.name for path in tmp_path.iterdir()} == {"secret.yaml", "revision"}
    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    assert left >= {"app/shown.yaml", "app/within"}
    assert left.isdisjoint({"outside", "chained", "absolute"})
