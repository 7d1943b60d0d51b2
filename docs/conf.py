"""Sphinx's settings of the documentation as a site. `python -m package.site` builds it.

The pages are plain Markdown, as GitHub shows it. Two things are done to them on the way: links that leave
this folder lead to the repository, and the lists of links in index.md are the navigation.
"""

import re
from typing import Any

REPOSITORY = "https://github.com/acme/function-nodeapp"

project = "function-nodeapp"
html_title = "function-nodeapp"
root_doc = "index"
extensions = ["myst_parser", "sphinxcontrib.mermaid"]
html_theme = "furo"
html_theme_options = {
    "source_repository": REPOSITORY,
    "source_branch": "main",
    "source_directory": "docs/",
}
html_show_sourcelink = False
html_show_copyright = False
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["site.css"]

myst_fence_as_directive = {"mermaid"}
myst_heading_anchors = 4  # Anchors as GitHub's, so that a link with a wrong one is an error.
mermaid_fullscreen_button = "+"  # Not every font has the sign that is usual.
mermaid_height = "auto"  # Else each diagram is as high as a tall one.
# package.site puts it there: the site loads nothing from elsewhere.
mermaid_use_local = "mermaid/mermaid.esm.min.mjs"

GROUP = re.compile(r"^## (?P<title>.*)\n(?P<body>(?:(?!^## ).*\n?)*)", re.MULTILINE)
"""A heading of index.md and what is below it."""
PAGE = re.compile(r"^- \[[^]]*\]\(([a-z-]+)\.md\)", re.MULTILINE)
OUTSIDE = re.compile(r"(\]\()\.\./([^)]*)")


def navigation(index: str) -> str:
    """The navigation that the lists of links in index.md make, a group for each heading."""
    for group in GROUP.finditer(index):
        if pages := PAGE.findall(group["body"]):
            listed = "\n".join(pages)
            yielded = f"```{{toctree}}\n:hidden:\n:caption: {group['title']}\n{listed}\n```\n"
            index += f"\n{yielded}"
    return index


def adapt(_: Any, page: str, source: list[str]) -> None:
    """Adapt a page, before it is read."""
    source[0] = OUTSIDE.sub(rf"\1{REPOSITORY}/blob/main/\2", source[0])
    if page == root_doc:
        source[0] = navigation(source[0])


def setup(app: Any) -> None:
    """Sphinx's hook."""
    app.connect("source-read", adapt)
