"""The files and folders of the project that pages name are there."""

import re

import pytest

from tests.commands import ROOT, pages

TOP = ("benchmarks", "docs", "example", "function", "package", "schemas", "tests")
BELOW = ("", "function/", "example/flux/")
"""Pages may leave out the folder of the Python package, and of the fleet, a repository of its own."""
INSIDE = ("api", "cli", "components", "edge")
"""Folders of that package."""
NAMED = re.compile(rf"`((?:{'|'.join((*TOP, *INSIDE))})/[\w./*-]*|\w+\.py)`")


@pytest.mark.parametrize("page", [page for page in pages() if "/skeletons/" not in page])
def test_files_that_are_named_exist(page: str) -> None:
    """A path in the text of a page leads somewhere: a module may have become a folder."""
    prose = re.sub(r"(?s)```.*?```", "", (ROOT / page).read_text())
    missing = {
        path
        for path in NAMED.findall(prose)
        if not any(list(ROOT.glob(f"{folder}{path}".rstrip("/"))) for folder in BELOW)
    }
    assert missing == set()
