"""Every golden is fresh, and says the same when asked twice. Its objects are valid by their schemas."""

from pathlib import Path

import pytest
import yaml

from tests import golden
from tests.generate import goldens
from tests.schemas import problems

FILES = sorted(golden.CASES.glob("*.yaml"))


@pytest.mark.parametrize(("path", "text"), list(goldens()), ids=lambda value: getattr(value, "stem", ""))
def test_golden(path: Path, text: str) -> None:
    """The response is the one on file. If it should be another: uv run python -m tests.generate."""
    assert path.read_text() == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_is_deterministic(path: Path) -> None:
    """The same life has the same response, to the byte."""
    case = yaml.safe_load(golden.given(path))
    one, two = (golden.response(case).SerializeToString(deterministic=True) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_objects_are_valid(path: Path) -> None:
    """Every object in a golden passes Kubernetes' schema, or its CRD's where those are at hand."""
    objects = list(yaml.safe_load_all(path.read_text()))[1]["objects"]
    for key, shown in objects.items():
        manifest = {word: value for word, value in shown.items() if word != "ready"}
        assert problems(manifest) == [], key
