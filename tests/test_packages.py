"""What Crossplane installs agrees with the code, and nothing generated is stale."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from function import names
from tests.generate import ROOT, generated


def load(path: str) -> Any:
    """A file of the project."""
    return yaml.safe_load((ROOT / path).read_text())


@pytest.mark.parametrize(("path", "text"), list(generated()), ids=lambda value: getattr(value, "name", ""))
def test_generated_files_are_fresh(path: Path, text: str) -> None:
    """What is generated is what the models say. If not: uv run python -m tests.generate."""
    assert path.read_text() == text


def test_composition_names_what_is_installed() -> None:
    """The Composition calls our function under the name that dependency resolution gives it."""
    composition = load("package/classic/composition.yaml")
    [step] = composition["spec"]["pipeline"]
    [platform] = step["requirements"]["requiredResources"]
    [dependency] = load("package/classic/crossplane.yaml")["spec"]["dependsOn"]
    assert composition["metadata"]["name"] == names.COMPOSITION
    assert composition["spec"]["compositeTypeRef"] == {
        "apiVersion": names.API_VERSION,
        "kind": names.COMPOSITE,
    }
    assert step["functionRef"] == {"name": names.FUNCTION}
    assert dependency["package"] == names.IMAGE
    assert names.IMAGE.partition("/")[2].replace("/", "-") == names.FUNCTION
    assert platform == {
        "requirementName": names.PLATFORM,
        "apiVersion": names.SETTINGS_API_VERSION,
        "kind": "Platform",
        "name": names.PLATFORM_NAME,
    }
