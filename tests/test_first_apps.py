"""The apps of the first pages are those that their pictures and sentences are about."""

import re

from tests.commands import blocks, sections
from tests.pictures import AFTER, BEFORE, MISTAKEN, PICTURES

DEVELOPER, ENGINEER = "docs/five-minutes.md", "docs/first-hour.md"
NUMBERS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen")


def written(page: str, heading: str) -> str:
    """The NodeApp that a block of commands writes."""
    return blocks(page, heading)[0].commands.partition("<<END\n")[2].partition("END\n")[0]


def edited(heading: str) -> str:
    """What the page's sed makes of the NodeApp before."""
    [block] = blocks(DEVELOPER, heading)
    edits = re.findall(r"s/([^/]+)/([^/]*)/", block.commands)
    text = BEFORE
    for old, new in edits:
        text = text.replace(old, new)
    return text


def test_pictures_show_the_app_of_the_page() -> None:
    """A reader who follows the page sees what the pictures show: the same files, commands and edits."""
    assert written(DEVELOPER, "2. Your app") == BEFORE
    assert (edited("3. A mistake"), edited("4. An edit")) == (MISTAKEN, AFTER)
    for heading, name in (("3. A mistake", "check"), ("4. An edit", "diff")):
        assert PICTURES[name].command in blocks(DEVELOPER, heading)[0].commands


def test_the_first_hour_counts_its_lines() -> None:
    """The page says how many lines became a whole app."""
    lines = written(ENGINEER, "The first app").splitlines()
    assert f"{NUMBERS[len(lines) - 10]} lines became a whole app" in sections(ENGINEER)["The first app"]
