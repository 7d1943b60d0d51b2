"""Each command that a page shows is followed by a test, or tests/followed/commands.yaml says why not."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.commands import FOLLOWED, ROOT, Block, blocks, followed, pages, sections

GIVEN: dict[str, Any] = yaml.safe_load((FOLLOWED / "commands.yaml").read_text())
NEEDS, SECTIONS = GIVEN["needs"], GIVEN["sections"]


def every() -> Iterator[tuple[str, str, list[Block]]]:
    """Page, heading and blocks of each section that has commands."""
    for page in pages():
        for heading in sections(page):
            if found := blocks(page, heading):
                yield page, heading, found


def test_sections_that_tests_follow_exist() -> None:
    """A test that follows a section names one that has commands."""
    assert set(followed()) - {(page, heading) for page, heading, _ in every()} == set()


def test_each_block_is_followed_or_has_a_reason() -> None:
    """A block that no test runs has a reason, or names a test of the same. No reason is left over."""
    by_tests = set(followed())
    unfollowed = {
        (page, heading): len(found) for page, heading, found in every() if (page, heading) not in by_tests
    }
    listed = {(page, heading): len(given) for page, by in SECTIONS.items() for heading, given in by.items()}
    missing = sorted(key for key, count in unfollowed.items() if listed.get(key, 0) < count)
    assert not missing, (
        f"follow these in tests/followed, or give each block an entry in commands.yaml: {missing}"
    )
    left_over = sorted(key for key, count in listed.items() if unfollowed.get(key, 0) < count)
    assert not left_over, f"take these out of tests/followed/commands.yaml: {left_over}"


def test_each_need_of_a_followed_section_has_a_reason() -> None:
    """A block that is replaced while its section is followed says what it needs. The file says why."""
    followed_ones = set(followed())
    needs = {
        block.needs.partition(":")[0]
        for page, heading, found in every()
        for block in found
        if block.needs and (page, heading) in followed_ones
    }
    assert needs == set(NEEDS)


def test_tests_that_are_named_exist() -> None:
    """An entry has a test by its name, or a reason in a sentence."""
    source = "\n".join(path.read_text() for path in sorted((ROOT / "tests").rglob("test_*.py")))
    entries = [entry for by in SECTIONS.values() for given in by.values() for entry in given]
    entries += [{"why": why} for why in NEEDS.values()]
    assert [each for each in entries if each.keys() not in ({"test"}, {"why"})] == []
    assert [each for each in entries if "test" in each and f"def {each['test']}(" not in source] == []
    assert [each for each in entries if "why" in each and not each["why"].endswith(".")] == []


def test_the_first_hour_installs_what_the_fleet_does() -> None:
    """The charts of the page for kind have the versions of the fleet's controllers."""
    versions = yaml.safe_load((ROOT / "example/flux/controllers/versions.yaml").read_text())["data"]
    [install, _] = blocks("docs/first-hour.md", "With kind")
    charts = re.findall(r"helm install (\S+) .*--version (\S+)", install.commands)
    assert dict(charts) == {name: versions[name] for name in ("crossplane", "cloudnative-pg")}
