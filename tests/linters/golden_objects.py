"""The objects of every golden, as files that a linter reads: one for each golden, named after it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from function.cli.kube_yaml import dump
from tests import golden


def write(folder: Path) -> list[Path]:
    """Write the objects of each golden into a file. A golden whose response has none has no file."""
    files = []
    for name, objects in responses():
        file = folder / f"{name}.yaml"
        file.write_text("---\n".join(dump([each]) for each in objects))
        files.append(file)
    return files


def responses() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each golden with the objects of its response on file, which tests/test_goldens.py keeps fresh."""
    for path in sorted(golden.CASES.glob("*.yaml")):
        _, response = yaml.load_all(path.read_text(), Loader=yaml.CSafeLoader)
        objects = [
            {key: value for key, value in each.items() if key != "ready"}
            for each in response.get("objects", {}).values()
        ]
        if objects:
            yield path.stem, objects
