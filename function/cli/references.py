"""Find what a kustomization takes from another host, by Git or by http, or through a symbolic link.

kustomize fetches while it builds: what it gets is in no commit, and nobody has reviewed it.
Flux's --no-remote-bases refuses a Git repository, but not a file by http.
A link builds here and not in the cluster: source-controller leaves links out (Archive in pkg/artifact).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from function.api.json_values import Location
from function.cli import kustomizations
from function.cli.documents import Document, Finding, read

REMOTE = re.compile(r"(git::|[a-z]+://|[a-z][a-z0-9-]*@[^/:]*[/:]|github\.com[/:])", re.IGNORECASE)
"""What kustomize takes for a file or a repository elsewhere: its fileloader.go and repospec.go."""

PLUGINS = ("generators", "transformers", "validators")
"""Keys of files, folders or inline objects that name files of their own."""

FILES = {
    *("resources", "bases", "components", "configurations", "crds", "patchesStrategicMerge", *PLUGINS),
    *("path", "paths", "files", "env", "envs", "repo", "valuesFile", "targetFilePath", "argsFromFile"),
}
"""Keys, at any level of a kustomization or of a plugin's object, whose text is a file or a folder."""

LINKED = "is a symbolic link, which Flux leaves out of a repository; write the file itself there"
REASON = "is fetched from another host while Flux builds the overlay; copy it into this repository"


def remote(folder: Path, seen: set[Path] | None = None) -> Iterator[Finding]:
    """Each place where a folder's kustomization, or one that it names, refers to another host or a link."""
    seen, path = seen if seen is not None else set(), kustomizations.file(folder)
    if path is None or path.resolve() in seen:
        return
    seen.add(path.resolve())
    for document in read(path.read_bytes(), str(path)):
        for where, text in references(document.value):
            if elsewhere(text) or (where[0] in PLUGINS and of_plugin(folder, text)):
                yield document.finding(where, f"{text.splitlines()[0]} {REASON}")
            elif linked(folder, text):
                yield document.finding(where, f"{text} {LINKED}")
            elif "\n" not in text and (folder / text).is_dir():
                yield from remote(folder / text, seen)


def elsewhere(text: str) -> bool:
    """Whether a file, or the file of a pair key=file, is on another host."""
    return any(REMOTE.match(each) for each in (text, text.partition("=")[2]))


def linked(folder: Path, text: str) -> bool:
    """Whether a file or folder, or the file of a pair key=file, is reached through a link."""
    paths = [Path(each).parts for each in (text, text.partition("=")[2]) if "\n" not in each]
    return any(
        folder.joinpath(*parts[:end]).is_symlink() for parts in paths for end in range(1, len(parts) + 1)
    )


def of_plugin(folder: Path, text: str) -> bool:
    """Whether the object of a plugin, inline or in a file, refers to another host."""
    inline = "\n" in text
    if not inline and not (folder / text).is_file():
        return False
    objects: Iterator[Document] = read(text.encode() if inline else (folder / text).read_bytes(), text)
    return any(elsewhere(inner) for each in objects for _, inner in references(each.value))


def references(value: Any, where: Location = ()) -> Iterator[tuple[Location, str]]:
    """The files and folders that an object names, each with its place."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from references(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from references(inner, (*where, index))
    elif isinstance(value, str) and next((e for e in reversed(where) if isinstance(e, str)), "") in FILES:
        yield where, value
