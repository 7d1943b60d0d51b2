"""Whoever reads the docs finds each page: it is in the lists of docs/index.md, of which the site is made."""

import re

from tests.generate import ROOT

DOCS = ROOT / "docs"


def test_every_page_is_in_the_navigation() -> None:
    """Each page is in one list of the front page, by its own title."""
    listed = re.findall(r"^- \[([^]]*)\]\(([a-z-]+)\.md\)", (DOCS / "index.md").read_text(), re.MULTILINE)
    titles = {
        page.stem: next(line[2:] for line in page.read_text().splitlines() if line.startswith("# "))
        for page in DOCS.glob("*.md")
        if page.stem != "index"
    }
    pages = [page for _, page in listed]
    assert sorted(pages) == sorted(titles), "list each page once in docs/index.md"
    assert {page: title for title, page in listed if titles[page] != title} == {}
