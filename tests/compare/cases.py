"""The case files: the goldens, and those that only state what is right."""

from pathlib import Path
from typing import Any

import yaml

from tests import golden

COMPARED = Path(__file__).parents[1] / "compared"
CASES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(golden.given(path))
    for folder in (golden.CASES, COMPARED)
    for path in sorted(folder.glob("*.yaml"))
}
"""Name → what is given."""
