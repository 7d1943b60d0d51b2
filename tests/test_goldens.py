"""Every golden is fresh, and says the same when asked twice. Its objects are valid by their schemas."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydantic
import pytest
import yaml

from function.api.nodeapp import Spec
from function.compose import COMPONENTS
from function.report import NOT_APPLICABLE
from tests import golden, released
from tests.field_paths import Path as FieldPath
from tests.field_paths import field_paths, listed, set_paths
from tests.generate import goldens
from tests.schemas import problems

FILES = sorted(golden.CASES.glob("*.yaml"))


@lru_cache
def responses() -> dict[str, Any]:
    """The responses on file, by the golden's name."""
    return {path.stem: list(yaml.safe_load_all(path.read_text()))[1] for path in FILES}


@pytest.mark.parametrize(("path", "text"), list(goldens()), ids=lambda value: getattr(value, "stem", ""))
def test_golden(path: Path, text: str) -> None:
    """The response is the one on file."""
    assert path.read_text() == text, "if the new response is right, run: uv run python -m tests.generate"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_is_deterministic(path: Path) -> None:
    """The same life has the same response, to the byte."""
    case = yaml.safe_load(golden.given(path))
    one, two = (golden.response(case).SerializeToString(deterministic=True) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_objects_are_valid(path: Path) -> None:
    """Every object in a golden passes Kubernetes' schema, or its CRD's where those are at hand."""
    for key, shown in responses()[path.stem]["objects"].items():
        manifest = {word: value for word, value in shown.items() if word != "ready"}
        assert problems(manifest) == [], key


def test_every_field_is_in_a_golden() -> None:
    """What each field of the spec does is shown: some golden's `nodeapp` writes it."""
    written: set[FieldPath] = set()
    for path in FILES:
        with suppress(pydantic.ValidationError):  # Some goldens show what happens to a refused spec.
            case = yaml.safe_load(golden.given(path))
            written.update(set_paths(Spec.model_validate(case.get("nodeapp") or case["before"])))
    missing = set(field_paths(Spec)) - written
    assert not missing, f"write these fields in the nodeapp of a golden in tests/cases/: {listed(missing)}"


def test_every_condition_is_in_a_golden() -> None:
    """What each component reports is shown: some golden has its condition, as of a part that is asked for."""
    conditions = [c for response in responses().values() for c in response["conditions"]]
    shown = {c["type"] for c in conditions if c["reason"] != NOT_APPLICABLE}
    missing = {each.condition.name for each in COMPONENTS if each.condition} - shown
    assert not missing, f"add a golden to tests/cases/ that asks for the part of these conditions: {missing}"


def test_every_pod_is_in_a_release() -> None:
    """Every object with pods, in any golden, is among those whose restart an upgrade must announce."""
    having_pods = {
        key
        for response in responses().values()
        for key, manifest in response["objects"].items()
        if released.pod_template(manifest)
    }
    kept = {key for case in released.CASES for key, _ in released.of(case)}
    missing = having_pods - kept
    assert not missing, f"add a golden that has {missing} to CASES in tests/released.py"
