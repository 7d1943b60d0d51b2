"""The two APIs: what is accepted, what is refused, and in which words."""

from dataclasses import replace
from typing import Any

import pydantic
import pytest

from function.api.nodeapp import Spec
from function.api.platform import PROFILES, Platform
from function.explain import sentences, unknown
from tests.verdicts import ACCEPTED, PLATFORMS_REFUSED, REFUSED


@pytest.mark.parametrize("spec", ACCEPTED, ids=str)
def test_accepts(spec: Any) -> None:
    """What is within bounds is accepted as it is."""
    assert Spec.model_validate(spec).model_dump(by_alias=True, exclude_unset=True).keys() == spec.keys()


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["says"])
def test_refuses(case: Any) -> None:
    """What is out of bounds is refused with one sentence: the field, what is wrong, what to write."""
    with pytest.raises(pydantic.ValidationError) as error:
        Spec.model_validate(case["spec"])
    assert sentences(error.value, Spec, "spec") == [case["says"]]


@pytest.mark.parametrize(("spec", "says"), PLATFORMS_REFUSED)
def test_refuses_a_platform(spec: Any, says: str) -> None:
    """A Platform is judged as a NodeApp is."""
    with pytest.raises(pydantic.ValidationError) as error:
        Platform.model_validate(spec)
    [sentence] = sentences(error.value, Platform, "spec")
    assert sentence.startswith(says)


def test_profiles_overlay() -> None:
    """A profile overlays the built-in one of its name; a new one starts from prod."""
    spec = {"profiles": {"dev": {"replicas": 3}, "staging": {"database": {"instances": 1}}}}
    platform = Platform.model_validate(spec)
    dev, staging = platform.defaults("dev"), platform.defaults("staging")
    assert dev == replace(PROFILES["dev"], replicas=3)
    assert staging is not None
    assert (staging.replicas, staging.database.instances, staging.database.storage) == (2, 1, "20Gi")
    assert platform.defaults("nope") is None


def test_typos_have_a_hint() -> None:
    """An unknown key is told with the nearest known one, wherever it stands."""
    given = {"profiles": {"dev": {"replica": 1}}, "databse": {}, "ingress": {"x": 1}}
    assert [(".".join(map(str, where)), message) for where, message in unknown(Platform, given)] == [
        ("profiles.dev.replica", "is unknown; did you mean replicas?"),
        ("databse", "is unknown; did you mean database?"),
        (
            "ingress.x",
            "is unknown; known are className, controller, clusterIssuer, annotations, allowedAnnotations",
        ),
    ]
