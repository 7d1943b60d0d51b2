"""The Platform that a command is told to judge by."""

from collections.abc import Mapping
from typing import Any

import click

from function.cli import apps, judge, sources
from function.cli.documents import Document, Problem
from function.compose import prune
from function.platform import Platform


class RejectedError(click.ClickException):
    """Files that can be read but not used: a line each."""

    def __init__(self, problems: list[Problem]) -> None:
        """Say what is wrong."""
        super().__init__("\nError: ".join(map(str, problems)))


def found(path: str) -> tuple[list[Document], list[Problem]]:
    """The Platforms of a file, and what is wrong with it or them."""
    documents = list(sources.documents([path]))
    broken = [problem for document in documents for problem in document.problems]
    platforms = [document for document in documents if apps.kind(document) == apps.SETTINGS]
    wrong = [problem for document in platforms for problem in judge.settings(document)]
    if not platforms and not broken:
        broken = [Problem(path, None, "", "has no Platform in it")]
    if len(platforms) > 1:
        broken.append(platforms[1].problem((), "is a second Platform; one governs the cluster"))
    return platforms, broken + wrong


def governing(path: str | None) -> tuple[Mapping[str, Any] | None, Platform]:
    """The Platform object of a file, and its settings; without a file, the defaults.

    Raises RejectedError where it isn't one.
    """
    if path is None:
        return None, Platform()
    platforms, problems = found(path)
    if problems:
        raise RejectedError(problems)
    value = prune(dict(platforms[0].value))
    return value, Platform.model_validate(value["spec"])
