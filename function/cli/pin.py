"""nodeapp pin and nodeapp unpin: keep an image although automation would move it."""

from collections.abc import Iterable

import click
from pydantic import TypeAdapter, ValidationError

from function.api.image import Image
from function.cli import edits, marked
from function.cli.edits import Edit
from function.cli.marked import Marked

IMAGE = TypeAdapter(Image)
NEWEST = '""'
"""What automation replaces by the newest image, also where somebody wrote another one by hand."""


@click.command("pin")
@click.argument("overlay")
@click.argument("images", nargs=-1, metavar="[IMAGE]...")
def pin(overlay: str, images: tuple[str, ...]) -> None:
    """Keep images although automation would move them.

    OVERLAY is a folder such as overlays/dev, or one of its files. In it, every image with a comment
    {"$imagepolicy": "..."} is set by automation. Without IMAGE, all of them are kept as they are.
    An IMAGE is either a part such as backend, whose image is kept as it is, or an image to go to, such as
    ghcr.io/acme/dashboard-backend:1.4.0. Comments and all other lines stay. Commit the file afterwards.

    The exit code is 0 if all are pinned, 1 if one can't be, and 2 if a file can't be read. Nothing is
    written unless the exit code is 0.

    \b
    Examples:
      nodeapp pin overlays/dev
      nodeapp pin overlays/dev backend
      nodeapp pin overlays/dev ghcr.io/acme/dashboard-backend:1.4.0
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    found = all_of(overlay)
    wanted = {each: each.value for each in found} if not images else {}
    for image in images:
        chosen, value = named(found, image)
        wanted[chosen] = value
    for each, value in wanted.items():
        if not value:
            message = f"{each} has no image yet, so there is nothing to keep"
            raise click.ClickException(message)
    edits.write(
        Edit(each, each.match["value"] if value == each.value else value, pinned=True)
        for each, value in wanted.items()
    )
    for each, value in wanted.items():
        click.echo(
            f"{each}: {'stays pinned' if each.pinned and value == each.value else 'is pinned'} to {value}"
        )


@click.command("unpin")
@click.argument("overlay")
@click.argument("parts", nargs=-1, metavar="[PART]...")
def unpin(overlay: str, parts: tuple[str, ...]) -> None:
    """Let automation set images again.

    OVERLAY is a folder such as overlays/dev, or one of its files. Without PART, all its images that
    have a comment {"$imagepolicy": "..."}, pinned or not, are given to automation. A PART is such as backend.
    The image becomes "". Automation replaces that by the newest image, and until then the app
    keeps the image that runs. So it also ends what a git revert keeps. Commit the file afterwards.

    The exit code is 0 if all are unpinned, 1 if one can't be, and 2 if a file can't be read. Nothing is
    written unless the exit code is 0.

    \b
    Examples:
      nodeapp unpin overlays/dev
      nodeapp unpin overlays/dev backend
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    found = all_of(overlay)
    chosen = [part_of(found, part) for part in parts] or found
    edits.write(Edit(each, NEWEST, pinned=False) for each in chosen)
    for each in chosen:
        click.echo(f"{each}: is set by automation")


def all_of(overlay: str) -> list[Marked]:
    """The marked images of an overlay. Raises ClickException if it has none."""
    found = [image for file in marked.overlay(overlay) for image in marked.images(file)]
    if not found:
        message = (
            f'{overlay}: no image in it has a comment {{"$imagepolicy": "..."}}, so automation sets none'
        )
        raise click.ClickException(message)
    return found


def named(found: Iterable[Marked], image: str) -> tuple[Marked, str]:
    """The marked image that an argument means, and the image that it shall have. Raises ClickException."""
    found = list(found)
    if "/" not in image and ":" not in image and "@" not in image:
        part = part_of(found, image)
        return part, part.value
    try:
        IMAGE.validate_python(image)
    except ValidationError as error:
        message = f"{image}: {error.errors()[0]['msg'].removeprefix('Value error, ')}"
        raise click.ClickException(message) from error
    repository = repository_of(image)
    matching = [each for each in found if repository_of(each.value) == repository] or [
        each for each in found if repository.endswith(f"/{each.match['policy'].partition(':')[2] or ' '}")
    ]
    if len(matching) != 1:
        message = f"{image}: {len(matching)} images come from {repository}; there are: {listed(found)}"
        raise click.ClickException(message)
    return matching[0], image


def part_of(found: Iterable[Marked], part: str) -> Marked:
    """The marked image of a part of the app. Raises ClickException."""
    found = list(found)
    matching = [
        each for each in found if each.path in (f"spec.{part}.image", f"spec.workers.{part}.image", part)
    ]
    if len(matching) != 1:
        message = f"{part}: {len(matching)} images are of this part; there are: {listed(found)}"
        raise click.ClickException(message)
    return matching[0]


def repository_of(image: str) -> str:
    """An image without tag and digest."""
    name, _, _ = image.partition("@")
    host, slash, path = name.rpartition("/")
    return f"{host}{slash}{path.partition(':')[0]}"


def listed(found: Iterable[Marked]) -> str:
    """The marked images, for a message."""
    return ", ".join(f"{each.path} ({each.value or 'none yet'})" for each in found)
