"""The Platform that a command applies."""

from collections.abc import Iterable, Mapping
from typing import Any

import click

from function.api.names import CLAIM, COMPOSITE
from function.api.platform import Platform
from function.cli import apps, sources, validate
from function.cli.documents import Document, Finding
from function.read import plain


class RejectedError(click.ClickException):
    """Problems in files that can be read. The message has a line for each."""

    def __init__(self, problems: list[Finding]) -> None:
        """Take the problems."""
        super().__init__("\nError: ".join(map(str, problems)))


def read(path: str) -> tuple[list[Document], list[Finding]]:
    """The Platforms of a file, and the problems of the file and of the Platforms."""
    documents = list(sources.documents([path]))
    broken = [problem for document in documents for problem in document.problems]
    platforms = [document for document in documents if apps.kind(document) == apps.SETTINGS]
    wrong = [problem for document in platforms for problem in validate.settings(document)]
    if not platforms and not broken:
        broken = [Finding(path, None, "", "has no Platform in it")]
    if len(platforms) > 1:
        broken.append(platforms[1].finding((), "is a second Platform; one governs the cluster"))
    return platforms, broken + wrong


def governing(path: str | None) -> tuple[Mapping[str, Any] | None, Platform]:
    """The Platform object of a file, and its settings; without a file, the defaults.

    Raises RejectedError if the file isn't one valid Platform.
    """
    if path is None:
        return None, Platform()
    platforms, problems = read(path)
    if problems:
        raise RejectedError(problems)
    value = plain(dict(platforms[0].value))
    return value, Platform.model_validate(value["spec"])


def alone(documents: Iterable[Document]) -> bool:
    """Whether documents have a Platform, and no app."""
    kinds = {apps.kind(document) for document in documents}
    return apps.SETTINGS in kinds and kinds.isdisjoint((CLAIM, COMPOSITE))
