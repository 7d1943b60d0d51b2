"""A rollback: an image that is older than the database's schema."""

import shutil
from dataclasses import replace
from http import HTTPStatus

import pytest

from tests.golden_path.asking import ask
from tests.golden_path.stack import App, Site
from tests.golden_path.stories import Tell

pytest_plugins = "tests.golden_path.fixtures"

LATER = "20990101000000000_pin-notes.sql"
MIGRATION = "ALTER TABLE notes ADD COLUMN pinned boolean NOT NULL DEFAULT false;\n"
PINNED = "SELECT data_type FROM information_schema.columns WHERE column_name = 'pinned'"


@pytest.fixture(scope="module", autouse=True)
def newer(app: App, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The schema of a version with one more migration, which has run once."""
    image = app.backend.image
    root = tmp_path_factory.mktemp("newer") / "root"
    shutil.copytree(image.root, root, symlinks=True)
    changed = replace(image, root=root)
    (changed.host("migrations") / LATER).write_text(MIGRATION)
    app.migrate()
    assert app.database.sql(PINNED) == []
    ran = replace(app.backend, image=changed).run("migrate")
    assert ran.returncode == 0, ran.stdout
    assert app.database.sql(PINNED) == [["boolean"]]


def test_its_migrations_change_nothing(app: App) -> None:
    """An old image exits 0 on a schema that is newer, and leaves alone what it doesn't know."""
    app.migrate()
    assert app.database.sql(PINNED) == [["boolean"]]


def test_it_is_ready(site: Site) -> None:
    """Kubernetes sends it traffic."""
    assert ask(site.app.url("backend", "/readyz")).status == HTTPStatus.OK


def test_it_serves(tell: Tell) -> None:
    """People read and write as before."""
    assert tell("notes") == [['Kept: "quotes", <b>tags</b> & ünïcödé 🎉', "ada"]]
