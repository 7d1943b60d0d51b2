"""What docs/troubleshooting.md quotes of others' messages is in their sources."""

import re
from itertools import chain
from typing import Any

import pytest
import yaml

from tests.generate import ROOT
from tests.plane.modules import MissingError, module_folder

QUOTED: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "plane" / "quoted.yaml").read_text())


def on_the_page() -> set[str]:
    """The messages that begin an item of a list."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text()
    items = re.findall(r"(?ms)^- (\*\*`.*?)(?:\*\*|\)): ", page)
    return set(chain.from_iterable(re.findall(r"`([^`]+)`", " ".join(item.split())) for item in items))


def test_each_message_says_where_it_is_from() -> None:
    """A message on the page is listed with its source, and nothing else is."""
    sources = [messages for *_, messages in QUOTED["modules"]]
    assert on_the_page() == set(chain(*sources, *QUOTED["elsewhere"].values()))


@pytest.mark.parametrize(
    ("family", "module", "file", "messages"), QUOTED["modules"], ids=lambda each: str(each)[:60]
)
def test_a_source_has_the_messages(family: str, module: str, file: str, messages: list[str]) -> None:
    """The release that the control plane runs says these words."""
    try:
        source = (module_folder(family, module) / file).read_text()
    except MissingError as error:
        pytest.skip(str(error))
    assert [message for message in messages if message not in source] == []
