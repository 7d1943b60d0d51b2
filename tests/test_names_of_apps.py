"""No two apps of a namespace have an object of one kind and name, and no two parts select the same pods."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import APP, World

PROGRAM = {"command": ["a"]}
JOB = PROGRAM | {"schedule": "0 2 * * *"}
WORDS = ("worker", "work", "job", "cj", "backend", "frontend", "db", "a", "a-job", "cj-a", "work-a")
"""Names that the function uses itself, and such as begin or end with them."""
APPS = st.builds("-".join, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)).filter(
    lambda name: len(name) <= 20
)
PARTS = st.lists(st.sampled_from(WORDS), max_size=3, unique=True)


def objects(name: str, parts: list[str]) -> list[dict[str, Any]]:
    """All that an app composes at first."""
    named = {"workers": dict.fromkeys(parts, PROGRAM), "jobs": dict.fromkeys(parts, JOB)}
    response = World(APP | named, name=name).reconcile()
    return [decoded(each.resource) for each in response.response.desired.resources.values()]


def check_apart(*apps: list[dict[str, Any]]) -> None:
    """Check that each object has a name of its own, and each pod one selector that selects it."""
    named = [each for app in apps for each in app if "name" in each["metadata"]]
    counts = Counter((each["kind"], each["metadata"]["name"]) for each in named)
    assert {key: count for key, count in counts.items() if count > 1} == {}
    selectors = Counter(each["metadata"]["labels"]["app.kubernetes.io/instance"] for each in running(*apps))
    assert {key: count for key, count in selectors.items() if count > 1} == {}


def running(*apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects that make pods."""
    return [each for app in apps for each in app if each["kind"] in ("Deployment", "CronJob")]


@settings(max_examples=10)
@given(st.lists(APPS, min_size=2, max_size=2, unique=True), PARTS, PARTS)
def test_no_two_apps_have_one_name(names: list[str], first: list[str], second: list[str]) -> None:
    """Whatever they and their workers and jobs are called."""
    check_apart(objects(names[0], first), objects(names[1], second))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("shop", ["backend"]), ("shop-worker", [])),
        (("shop", ["backend"]), ("shop-work", [])),
        (("shop", ["cj-a"]), ("shop-cj", ["a"])),
        (("shop", ["work-a"]), ("shop-work", ["a"])),
    ],
)
def test_names_that_nearly_meet(one: tuple[str, list[str]], other: tuple[str, list[str]]) -> None:
    """Each of these pairs would share an object if a single - stood before the worker's or job's name."""
    check_apart(objects(*one), objects(*other))
