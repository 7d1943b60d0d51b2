"""What a command compares: files, directories, and revisions of a Git repository."""

import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from function.cli import repository, titles
from function.cli.repository import Repository
from function.cli.sources import STDIN, UnusableError


@contextmanager
def folder(name: str, inside: str, *, whole: bool = False) -> Iterator[str]:
    """The path that a name stands for: itself, or `inside` in a revision, which is read into a folder that is
    deleted afterwards.

    `inside` is relative to the working directory, or with `whole` to the repository's root. A name such as
    main:platform.yaml, as Git writes it, is a path in a revision. Raises UnusableError.
    """
    if not name:
        raise UnusableError("''", "names neither a file nor a revision")
    if name == STDIN or Path(name).exists():
        if repository.has_branch(name):
            remedy = f"write ./{name} for the files, or refs/heads/{name} for the branch"
            raise UnusableError(Path(name), "is in the working directory, and is a revision too", remedy)
        yield name
        return
    found, (revision, _, path) = Repository.around(name), name.partition(":")
    place = wanted(found, path, inside, whole=whole)
    packed = found.packed(revision, name)
    with tempfile.TemporaryDirectory(prefix="nodeapp-") as temporary:
        real = os.path.realpath(temporary)
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            unpack(tar, real)
        if not Path(real, place).exists():
            raise UnusableError(Path(path or inside), f"isn't in revision {revision}")
        with titles.called(real, revision):
            yield str(Path(real, place))


def wanted(found: Repository, path: str, inside: str, *, whole: bool) -> str:
    """The path in a revision, relative to the repository's root. Raises UnusableError if it leads out."""
    name, beside = (path, path.startswith(("./", "../"))) if path else (inside, not whole)
    absolute = Path(name).parent.resolve() / Path(name).name if Path(name).is_absolute() else Path(name)
    place = os.path.relpath(Path(found.top, found.prefix if beside else "", absolute), found.top)
    if Path(place).parts[0:1] == (os.pardir,):
        raise UnusableError(Path(name), f"is outside of the Git repository {found.top}")
    return place


def named_path(name: str) -> str | None:
    """The path in a name such as main:platform.yaml, relative to the working directory. None: it has none."""
    _, colon, path = name.partition(":")
    if not colon or not path or Path(name).exists():
        return None
    found = Repository.around(name)
    return os.path.relpath(Path(found.top, wanted(found, path, ".", whole=False)))


def unpack(tar: tarfile.TarFile, folder: str) -> None:
    """Write the files of a revision. A link that leaves the revision is left out: nothing is read behind it.

    Links come last, so no file is written through one. tarfile's own filters do this too, but Debian 12 has
    Python 3.11.2, and they came with 3.11.4.
    """
    tar.extraction_filter = lambda member, _: member  # Newer Pythons ask for a choice, older ones have none.
    members = [member for member in tar if not {"/", ".."} & {*Path(member.name).parts}]
    tar.extractall(folder, [member for member in members if member.isdir() or member.isfile()])  # noqa: S202
    links = [member for member in members if member.issym()]
    tar.extractall(folder, links)  # noqa: S202  # Those that lead elsewhere are removed at once.
    for link in (Path(folder, member.name) for member in links):
        if not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder)):
            link.unlink()
