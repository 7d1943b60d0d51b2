"""U+0000: no variable and no word of a program can have this character. The container would not start."""

from typing import Any

import pytest

from function.patch import merge
from tests.refusals import refusal
from tests.simulator import APP

SAYS = "must be text without the character U+0000, which no program's variables or words can have"


@pytest.mark.parametrize(
    ("where", "patch"),
    [
        ("backend.env.A", {"backend": {"env": {"A": "a\0"}}}),
        ("backend.command.1", {"backend": {"command": ["node", "\0"]}}),
        ("workers.mail.args.0", {"workers": {"mail": {"args": ["a\0b"]}}}),
    ],
)
def test_text_with_it_is_refused(where: str, patch: dict[str, Any]) -> None:
    """By the field that has it. YAML allows it in quotes, and JSON too."""
    assert refusal(merge(APP, patch), {}) == f"spec.{where}: {SAYS}"
