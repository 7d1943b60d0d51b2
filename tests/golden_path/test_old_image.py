"""A rollback: an image that is older than the database's schema."""

import shutil
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.golden_path.browser_stories import Tell
from tests.golden_path.containers import Pod
from tests.golden_path.http_client import get
from tests.golden_path.stack import LocalApp, Site

pytest_plugins = "tests.golden_path.fixtures"

MIGRATIONS = {
    "20990101000000000_pin-notes.sql": "ALTER TABLE notes ADD COLUMN pinned boolean DEFAULT false;\n",
    "20990102000000000_color-notes.sql": "ALTER TABLE notes ADD COLUMN color text;\n",
}
ADDED = (
    "SELECT column_name FROM information_schema.columns WHERE column_name IN ('pinned', 'color') ORDER BY 1"
)


def version(old: Pod, folder: Path, *migrations: str) -> Pod:
    """The pod of a version that has more migrations."""
    shutil.copytree(old.image.root, folder / "root", symlinks=True)
    image = replace(old.image, root=folder / "root")
    for name in migrations:
        (image.host("migrations") / name).write_text(MIGRATIONS[name])
    return replace(old, image=image)


@pytest.fixture(scope="module", autouse=True)
def newer(app: LocalApp, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The schema of a version with two more migrations, which has run once."""
    app.migrate()
    assert app.database.sql(ADDED) == []
    completed = version(app.backend, tmp_path_factory.mktemp("newer"), *MIGRATIONS).run("migrate")
    assert completed.returncode == 0, completed.stdout
    assert app.database.sql(ADDED) == [["color"], ["pinned"]]


@pytest.mark.parametrize("has", [[], list(MIGRATIONS)[1:]], ids=["none of them", "the last one alone"])
def test_its_migrations_change_nothing(app: LocalApp, has: list[str], tmp_path: Path) -> None:
    """An old image exits 0 on a schema that is newer, and leaves alone what it doesn't know.

    It may lack one in between: that of a branch which was merged late.
    """
    completed = version(app.backend, tmp_path, *has).run("migrate")
    assert completed.returncode == 0, completed.stdout
    assert app.database.sql(ADDED) == [["color"], ["pinned"]]


def test_it_is_ready(site: Site) -> None:
    """Kubernetes sends it traffic."""
    assert get(site.app.url("backend", "/readyz")).status == HTTPStatus.OK


def test_it_serves(tell: Tell) -> None:
    """People read and write as before."""
    assert tell("notes") == [['Kept: "quotes", <b>tags</b> & ünïcödé 🎉', "ada"]]
