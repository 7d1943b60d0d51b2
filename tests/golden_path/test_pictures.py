"""The pictures of the documentation are of the app as it is."""

import shutil

import pytest

from tests.generate import ROOT
from tests.golden_path.browser_stories import PICTURED, Tell, artifacts
from tests.golden_path.stack import Site

pytest_plugins = "tests.golden_path.fixtures"

PICTURES = ROOT / "docs" / "pictures" / "app"
SIZE = slice(16, 24)
"""Where a PNG has its width and height."""


def test_the_documentation_shows_pages_that_are_there(
    site: Site, tell: Tell, request: pytest.FixtureRequest
) -> None:
    """Each picture can be made of the app of today, in the same size. `--record` keeps those made now."""
    tell("pictures", PICTURED)
    made = {path.name: path for path in (artifacts(site) / "pictures").glob("*.png")}
    if request.config.getoption("--record"):
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for name, path in made.items():
            shutil.copy(path, PICTURES / name)
    sizes = {path.name: path.read_bytes()[SIZE] for path in PICTURES.glob("*.png")}
    assert sizes == {name: path.read_bytes()[SIZE] for name, path in made.items()}
