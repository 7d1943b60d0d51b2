"""The label with an image's version is one that the API server takes, whatever tag a registry allows."""

import re

import pytest

from function.api.fields import LABEL_VALUE
from function.components.pod import version

LONGEST = 63
"""Characters of a label's value."""


@pytest.mark.parametrize("separator", ["-", "_", ".", "-.", "___"])
def test_every_tag_makes_a_label(separator: str) -> None:
    """Wherever it is cut off, the label begins and ends with a letter or a digit."""
    for length in range(129):
        tag = f"{'a' * length}{separator}{'b' * 128}"[:128]
        label = version(f"ghcr.io/acme/app:{tag}")
        assert re.fullmatch(LABEL_VALUE, label), tag
        assert len(label) <= LONGEST, tag
        assert tag.lstrip("-_.").startswith(label), tag


def test_version_is_told_as_far_as_it_fits() -> None:
    """A short tag is the label; without a tag it is the start of the digest."""
    assert version("r.dev:5000/a:1.4.0") == "1.4.0"
    assert version(f"r.dev:5000/a:1.4.0@sha256:{'0' * 64}") == "1.4.0"
    assert version(f"r.dev:5000/a@sha256:{'0' * 64}") == "0" * LONGEST
    assert len(version(f"a:{'b' * 128}")) == LONGEST
