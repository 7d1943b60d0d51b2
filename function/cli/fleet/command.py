"""The part of nodeapp diff that is about a fleet."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import click

from function.app import Object
from function.cli import platforms, revisions
from function.cli.fleet import apps, output, parallel, servers
from function.cli.fleet.worlds import Move, World
from function.cli.sources import UnusableError
from function.edge.served import UnansweredError


class Sides(NamedTuple):
    """What is compared, and for which apps."""

    platforms: tuple[str | None, str | None]
    """Files, the old one and the new one."""
    functions: tuple[str | None, str | None]
    """Releases, the old one and the new one. None: the function of this command."""
    apps: tuple[str, ...]

    @classmethod
    def of(cls, platform: str | None, function: tuple[str, str] | None, names: tuple[str, ...]) -> Self:
        """What the command line names. Raises UsageError without apps."""
        old, new, paths = (platform, platform, names) if function else (platform, names[0], names[1:])
        if not paths:
            missing = "Name the apps too: files or directories, or - for standard input."
            raise click.UsageError(missing)
        return cls((old, new), function or (None, None), paths)


def compared(sides: Sides, namespace: str | None, style: str, *, modern: bool) -> tuple[str, set[str]]:
    """What a change does to all apps, as it is printed, and the kinds of changes. Raises UnusableError."""
    fleet = apps.gathered(sides.apps, namespace)
    if not fleet:
        raise UnusableError(Path(sides.apps[0]), "has no NodeApp in it")
    settings = [
        platform(name, beside)
        for name, beside in zip(sides.platforms, reversed(sides.platforms), strict=True)
    ]
    with addresses(sides.functions) as (old, new):
        move = Move(World(settings[0], old), World(settings[1], new), modern, in_detail=style == "json")
        try:
            effects = parallel.effects(move, fleet)
        except UnansweredError as error:
            asked = " or ".join(dict.fromkeys(filter(None, sides.functions)))
            raise UnusableError(Path(asked), f"doesn't answer: {error}") from error
    kinds = {change.kind for effect in effects for change in effect.changes}
    return output.STYLES[style](effects), set(kinds)


def platform(name: str | None, beside: str | None) -> Object | None:
    """The Platform of a file. A revision alone means the file on the other side, as it was then."""
    if name is None:
        return None
    with revisions.folder(name, beside or ".") as path:
        settings, _ = platforms.governing(path)
        return settings


@contextmanager
def addresses(functions: tuple[str | None, str | None]) -> Iterator[list[str | None]]:
    """Where both functions are served, until the block ends."""
    with ExitStack() as stack:
        yield [stack.enter_context(servers.served(name)) if name else None for name in functions]
