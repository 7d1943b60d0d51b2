"""What no object can carry is refused in a sentence: in a NodeApp, in a Platform, and by `nodeapp check`."""

import json
from typing import Any

import pytest

from function.api.json_values import DEEPEST
from tests.console import Console
from tests.malformed.edits import accepted, answer, nested, status, with_env, with_wal
from tests.request_strategies import moments

SEPARATOR = "\n"
UNTIL_FIXED = "nothing is changed until the platform team fixes it"


@pytest.mark.parametrize("levels", [DEEPEST, 33, 34, 60, 300])
def test_spec_that_is_nested_too_deeply_is_refused(levels: int) -> None:
    """A spec with too many levels is refused in a sentence, while the accepted one stays in force."""
    response = answer(with_env(nested(levels)))
    assert accepted(response).message == (
        "spec: is nested more than 25 levels deep; the spec accepted before stays in force"
    )
    assert "database-cluster" in response.desired.resources
    assert "accepted" in status(response)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (float("nan"), "must be a number that JSON has: neither infinity nor NaN"),
        (float("inf"), "must be a number that JSON has: neither infinity nor NaN"),
        (2**53 + 2, "must be at most 9007199254740992, because Crossplane rounds larger numbers"),
        (1e300, "must be at most 9007199254740992, because Crossplane rounds larger numbers"),
    ],
)
def test_number_that_no_json_carries_is_refused(value: float, sentence: str) -> None:
    """A number that JSON doesn't have, or that loses digits, is refused in a sentence."""
    message = f"spec.backend.env.A: {sentence}; the spec accepted before stays in force"
    assert accepted(answer(with_env({"A": value}))).message == message


def test_only_what_json_has_is_repeated_in_the_status() -> None:
    """A refused spec is repeated in the status, unless that would make the status unreadable."""
    assert "refused" in status(answer(with_env({"A": 1e300})))
    assert "refused" not in status(answer(with_env({"A": float("nan")})))


def test_accepted_spec_that_is_nested_too_deeply_counts_as_none() -> None:
    """A status that nobody can read isn't taken for an accepted spec: a refused spec is then FATAL."""
    parts = with_env(nested(300))
    status = parts.xr["status"] | {"accepted": {"team": nested(300)}}
    response = answer(parts._replace(xr=parts.xr | {"status": status}))
    assert [result.message for result in response.results] == [
        "spec: is nested more than 25 levels deep; nothing is changed until it is fixed"
    ]
    assert not response.desired.resources


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"x": [None]}, "wal: x.0 is an empty list item; write a value or take it out"),
        ({"x": {"y": float("nan")}}, "wal: x.y must be a number that JSON has: neither infinity nor NaN"),
        ({"x": 2**60}, "wal: x must be at most 9007199254740992, because Crossplane rounds larger numbers"),
        (nested(DEEPEST), "wal: is nested more than 25 levels deep"),
    ],
)
def test_platform_that_cannot_be_carried_is_told(value: Any, sentence: str) -> None:
    """A Platform whose free-form parts hold what no object can is FATAL, in a sentence."""
    response = answer(with_wal(value))
    assert (accepted(response).reason, accepted(response).message) == (
        "InvalidPlatform",
        f"Platform default: spec.database.objectStore.{sentence}; {UNTIL_FIXED}",
    )


@pytest.mark.parametrize("levels", [60, 300])
def test_platform_that_cannot_be_decoded_is_told(levels: int) -> None:
    """A Platform that is nested too deeply to be decoded doesn't count as one without settings."""
    assert accepted(answer(with_wal(nested(levels)))).message == (
        f"Platform default: spec: is nested more than 25 levels deep; {UNTIL_FIXED}"
    )


@pytest.mark.parametrize(
    "spec",
    [
        {"env": nested(30)},
        {"secrets": [None]},
        {"env": {"A": 2**60}},
        {"image": "https://a/b:1", "migrate": ["npm run x"], "resources": {"limits": {"memory": 1}}},
    ],
)
def test_check_says_what_the_function_says(spec: Any) -> None:
    """`nodeapp check` has the function's sentence for each mistake, so nothing is told later only."""
    nodeapp = {
        "apiVersion": "platform.io/v1",
        "kind": "NodeApp",
        "metadata": {"name": "dash", "namespace": "shop"},
        "spec": {"team": "web", "backend": spec},
    }
    *lines, _ = Console().run("check", "-", stdin=json.dumps(nodeapp)).stdout.splitlines()
    parts = moments()["new"]
    response = answer(parts._replace(xr=parts.xr | {"spec": nodeapp["spec"]}))
    said = accepted(response).message.replace("; spec", f"{SEPARATOR}spec")
    assert lines
    assert sorted(said.split(SEPARATOR)) == sorted(line.split(": ", 1)[1] for line in lines)
