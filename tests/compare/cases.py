"""The case files: the goldens, and those that only state what is right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tests import golden

COMPARED = Path(__file__).parents[1] / "compared"
Case = dict[str, Any]


def read(path: Path) -> Case:
    """What is given in a case file."""
    case: Case = yaml.safe_load(golden.given(path))
    return case


CASES: dict[str, Case] = {
    path.stem: read(path) for folder in (golden.CASES, COMPARED) for path in sorted(folder.glob("*.yaml"))
}
"""Name → what is given."""


def chosen(names: Sequence[str]) -> dict[str, Case]:
    """The cases of these names or files; all if none is named. Raises KeyError with an unknown name."""
    return {name: read(Path(name)) if name.endswith(".yaml") else CASES[name] for name in names or CASES}
