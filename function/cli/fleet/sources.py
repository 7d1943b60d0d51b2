"""Where a release of the function comes from: a wheel, a folder, or a Git revision."""

import re
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from tempfile import TemporaryDirectory

from function.cli import revisions
from function.cli.sources import UnusableError

MAIN = Path("function", "main.py")
"""What is run of a release."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the function in a folder."""

    name: str
    """As the user wrote it."""
    folder: Path
    """Holds the package `function`."""
    requires: frozenset[str]
    """The libraries that it needs, as an installer takes them."""


@contextmanager
def release(name: str) -> Iterator[Release]:
    """The release that a name stands for. Raises UnusableError with one sentence."""
    path = Path(name)
    if path.suffix == ".whl" and path.is_file():
        with TemporaryDirectory(prefix="nodeapp-wheel-") as folder:
            yield of_wheel(name, path, Path(folder))
        return
    with revisions.folder(name, ".", whole=True) as found:
        yield of_tree(name, Path(found))


def of_wheel(name: str, wheel: Path, folder: Path) -> Release:
    """The release in a wheel, unpacked into a folder."""
    try:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)
    except (zipfile.BadZipFile, OSError) as error:
        raise UnusableError(wheel, "isn't a wheel") from error
    metadata = next(folder.glob("*.dist-info/METADATA"), None)
    if metadata is None or not (folder / MAIN).is_file():
        raise UnusableError(wheel, "is no wheel of function-nodeapp")
    needs = Parser().parsestr(metadata.read_text(encoding="utf-8")).get_all("Requires-Dist") or []
    return Release(name, folder, normal(needs))


def of_tree(name: str, folder: Path) -> Release:
    """The release in a folder with its source. Raises UnusableError."""
    settings = folder / "pyproject.toml"
    if not (folder / MAIN).is_file() or not settings.is_file():
        remedy = "name a revision of function-nodeapp in a clone of it, its folder, a wheel, or host:port"
        raise UnusableError(Path(name), "has no function-nodeapp in it", remedy)
    try:
        project = tomllib.loads(settings.read_text(encoding="utf-8")).get("project", {})
    except ValueError as error:
        raise UnusableError(Path(name), "its pyproject.toml can't be read", str(error)) from error
    return Release(name, folder, normal(project.get("dependencies", [])))


def normal(requirements: list[str]) -> frozenset[str]:
    """Requirements, so that equal ones are equal texts. In names a dot is a hyphen, says PEP 503."""
    return frozenset(re.sub(r"^[\w.-]+", hyphens, re.sub(r"[\s()]", "", each)) for each in requirements)


def hyphens(name: re.Match[str]) -> str:
    """A library's name in its normal form."""
    return re.sub(r"[-_.]+", "-", name[0]).lower()
