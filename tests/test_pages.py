"""What pages name is there, and their lines can be read."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.api.model import Model
from function.api.nodeapp import KEYS, Spec
from function.api.platform import Platform
from function.explain import unknown
from tests.console import Console
from tests.deploy_repository import PLATFORM

ROOT = Path(__file__).parents[1]
EXAMPLES = [path for path in sorted((ROOT / "example").rglob("*.md*")) if "node_modules" not in path.parts]
TEMPLATES = [path for path in EXAMPLES if path.suffix == ".njk"]
PAGES = [
    *sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]),
    *(path for path in EXAMPLES if path not in TEMPLATES),
]
TESTS = "\n".join(path.read_text() for path in sorted((ROOT / "tests").rglob("test_*.py")))
MODELS: dict[Any, type[Model]] = {"NodeApp": Spec, "Platform": Platform}
LONGEST = 120
"""Characters of a line: more doesn't fit beside a diff."""


def name(page: Path) -> str:
    """A page's path in the repository."""
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_tests_that_are_named_exist(page: Path) -> None:
    """A proof that a page names is a test."""
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", page.read_text()))
    assert {name for name in named if f"def {name}(" not in TESTS} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link is a file, and its anchor a heading of it."""
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text()):
        file, _, anchor = target.partition("#")
        where = (page.parent / file) if file else page
        assert where.exists(), target
        assert not anchor or anchor in anchors(where), target


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def specs(page: Path) -> Iterator[tuple[type[Model], Any]]:
    """Each NodeApp, Platform and spec of a NodeApp in a page's YAML: its model, and the spec."""
    for block in re.findall(r"(?ms)^ *```yaml\n(.*?)^ *```", page.read_text()):
        for document in yaml.safe_load_all(textwrap.dedent(block)):
            kind = document.get("kind") if isinstance(document, dict) else None
            if model := MODELS.get(kind, Spec if is_spec(document) else None):
                yield model, document.get("spec", document)


@pytest.mark.parametrize("page", [*PAGES, *TEMPLATES], ids=name)
def test_fences_say_what_they_have(page: Path) -> None:
    """A fence has a language: sh for commands, by which tests find them, and text for output."""
    fences = re.findall(r"(?m)^ *```(\w*)$", page.read_text())
    assert "" not in fences[::2]


def is_spec(document: Any) -> bool:
    """Whether YAML is the spec of a NodeApp. A field alone is a fragment."""
    return isinstance(document, dict) and document.keys() > {"team"}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nodeapps_and_platforms_are_valid(page: Path) -> None:
    """What a page shows to be copied is YAML, valid, and has no typing error."""
    for model, spec in specs(page):
        model.model_validate(spec)
        assert list(unknown(model, spec)) == []


@pytest.mark.parametrize("page", [*PAGES, *TEMPLATES], ids=name)
def test_lines_are_short(page: Path) -> None:
    """A line of prose has at most 120 characters: one sentence or clause fits."""
    assert [line for line in prose(page) if len(line) > LONGEST] == []


def prose(page: Path) -> Iterator[str]:
    """A page's lines outside of code and tables."""
    code = False
    for line in page.read_text().splitlines():
        if line.lstrip().startswith("```"):
            code = not code
        elif not code and not line.startswith("|"):
            yield line


def test_the_example_shows_every_key() -> None:
    """The page that shows the API by example has every field at the spec's root."""
    page = (ROOT / "docs" / "nodeapp-by-example.md").read_text()
    missing = [key for key in KEYS if not re.search(rf"^  {key}:", page, re.MULTILINE)]
    assert not missing, f"show these in the example of docs/nodeapp-by-example.md: {missing}"


def test_the_first_nodeapp_is_accepted() -> None:
    """The README's first NodeApp becomes as many objects as the README says."""
    readme = (ROOT / "README.md").read_text()
    nodeapp = readme.partition("```yaml\n")[2].partition("```")[0]
    count = re.search(r"these ten lines become (\d+) Kubernetes objects", readme)
    assert count
    assert len(nodeapp.splitlines()) == 10
    _, *objects = Console().objects("-", "--platform", PLATFORM, stdin=nodeapp)
    assert len(objects) == int(count[1])
