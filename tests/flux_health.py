"""What Flux calls an object: its evaluation of `healthCheckExprs`, with the expressions of the fleet.

common-expression-language evaluates them here, at a millisecond each.
Flux uses cel-go, which judges them in tests/flux.
Source: status_evaluator.go in github.com/fluxcd/pkg/runtime/cel.
"""

from collections.abc import Mapping
from typing import Any, Literal

import cel

from function.read import at
from package import health

Health = Literal["Current", "Failed", "InProgress", "Unknown"]


def evaluate(manifest: Mapping[str, Any], current: str, failed: str | None = None) -> Health:
    """An object's health. An expression that fails, as it does without a status, tells nothing."""
    observed = at(manifest, "status", "observedGeneration")
    if isinstance(observed, int) and observed != at(manifest, "metadata", "generation"):
        return "InProgress"
    try:
        if failed and cel.evaluate(failed, dict(manifest)):
            return "Failed"
        return "Current" if cel.evaluate(current, dict(manifest)) else "InProgress"
    except RuntimeError:
        return "Unknown"


def nodeapp(manifest: Mapping[str, Any]) -> Health:
    """A NodeApp's health."""
    return evaluate(manifest, health.nodeapp_current(), health.nodeapp_failed())


def package(manifest: Mapping[str, Any]) -> Health:
    """A Function's or Configuration's health."""
    return evaluate(manifest, health.package_current())
