"""A spec is bounded, so that repeating it in the status never makes an object too large."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from function.carried import LARGEST, LARGEST_ENCODED
from function.edge import fn
from function.edge.asked import answer
from function.edge.request import decode
from function.edge.structs import struct
from tests.requests import composite, request
from tests.simulator import APP, StatusCondition, World

ETCD = 1_572_864
"""Bytes that etcd takes in a request, by default."""


def filled(size: int) -> dict[str, Any]:
    """A spec of exactly so many bytes as JSON."""
    env = {f"V{number}": "x" * 4096 for number in range(size // 4200)}
    spec = APP | {"backend": APP["backend"] | {"env": env | {"LAST": ""}}}
    missing = size - len(json.dumps(spec, separators=(",", ":")))
    return APP | {"backend": APP["backend"] | {"env": env | {"LAST": "x" * missing}}}


def test_largest_spec_is_taken() -> None:
    """The bound itself is within it."""
    world = World(filled(LARGEST)).settle()
    assert world.condition("Accepted").status == "True"
    assert world.ready


def test_larger_spec_is_refused_and_not_repeated() -> None:
    """The app goes on as it was, and the status has the accepted spec alone."""
    world = World(APP).settle().ask(filled(LARGEST + 1)).settle()
    message = (
        "spec: has 129 KiB as JSON, and at most 128 KiB are taken, as the status repeats the spec; move "
        "large values to a ConfigMap, and name it in configMaps; the spec accepted before stays in force"
    )
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert "refused" not in world.status
    assert world.status["accepted"] == APP
    assert not world.ready
    assert world.ask(APP).settle().ready


def test_first_spec_that_is_too_large_is_not_repeated() -> None:
    """Nothing is composed, and the object stays small enough for the next commit."""
    world = World(filled(LARGEST * 2)).settle()
    assert world.condition("Accepted").reason == "Refused"
    assert not {"refused", "accepted"} & world.status.keys()
    assert world.ask(APP).settle().ready


def test_largest_refused_spec_beside_the_largest_accepted_one_fits() -> None:
    """Both are repeated. With all fields of the claim the object stays far below what etcd takes."""
    large = filled(LARGEST - 30)
    world = World(large).settle().ask(large | {"environment": "qa"}).settle()
    assert world.condition("Accepted").reason == "Refused"
    assert world.status["refused"] == large | {"environment": "qa"}
    assert all(len(json.dumps(each)) < ETCD / 2 for each in world.server.objects.values())


def test_message_about_many_mistakes_is_bounded() -> None:
    """The status has the message twice, and once more as an event, so it isn't a list of hundreds."""
    spec = APP | {"backend": {"env": {f"V{number}": number for number in range(64)}}}
    response = answer(request(composite(spec)))
    [accepted] = [c for c in response["conditions"] if c["type"] == "Accepted"]
    assert accepted["message"].endswith("; and 44 more problems")
    assert len(accepted["message"]) < 4096


def test_a_spec_of_many_mebibytes_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """To decode it would take seconds. The app goes on as it was."""
    world = World(APP).settle()
    decoded: list[int] = []

    def noted(data: bytes) -> Mapping[str, Any]:
        decoded.append(len(data))
        return decode(data)

    monkeypatch.setattr(fn, "decode", noted)
    world.ask(filled(LARGEST_ENCODED + LARGEST)).settle()

    assert world.condition("Accepted").message.startswith(
        "spec: has far more than 128 KiB as JSON, and at most"
    )
    assert world.status["accepted"] == APP
    assert max(decoded) < LARGEST


@pytest.mark.parametrize("item", [1, "", [], {}, True, 1.5, {"a": 1}, [1]])
def test_a_spec_that_json_holds_is_decoded(item: object) -> None:
    """Whatever a spec of 128 KiB as JSON is made of, it is below the bound of what is decoded."""
    items = [item] * (LARGEST // (len(json.dumps(item, separators=(",", ":"))) + 1))

    assert struct({"items": items}).ByteSize() < LARGEST_ENCODED
