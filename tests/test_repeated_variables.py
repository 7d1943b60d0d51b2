"""Variables are repeated in each worker and job. Together they stay small enough for Crossplane to take."""

from typing import Any

import pytest

from function.edge.asked import ask
from function.edge.fn import FunctionRunner
from tests.refusals import refusal
from tests.requests import composite, request

GRPC = 4 * 2**20
"""Bytes of an answer that Crossplane takes."""


def asked(kib: int, workers: int, jobs: int, **backend: Any) -> dict[str, Any]:
    """An app whose backend has so many KiB of variables."""
    env = {f"V{number}": "x" * 1022 for number in range(kib)}
    return {
        "team": "web",
        "backend": {"image": "a:1", "env": env, **backend},
        "workers": {f"w{number}": {"command": ["node"]} for number in range(workers)},
        "jobs": {f"j{number}": {"schedule": "0 1 * * *", "command": ["node"]} for number in range(jobs)},
    }


def test_variables_that_many_repeat_are_refused() -> None:
    """With what they add up to, and the remedy."""
    says = refusal(asked(60, 16, 32, migrate=["migrate"]), {})
    repeated = "with those of 48 workers and jobs, which repeat them as migrations do, they have 3964 KiB"
    remedy = "move large values to a ConfigMap, and name it in configMaps"
    assert says == f"spec.backend.env: {repeated}, and at most 1024 are taken; {remedy}"


@pytest.mark.parametrize(
    "spec", [asked(20, 16, 32), asked(100, 4, 4), asked(12, 16, 32, migrate=["migrate"])]
)
def test_what_is_taken_is_small_enough(spec: dict[str, Any]) -> None:
    """The answer with all objects is far below what Crossplane takes."""
    assert refusal(spec, {}) == ""
    answer = ask(FunctionRunner(memo=False).run, request(composite(spec)))
    assert answer.message.ByteSize() < GRPC / 2
