"""Why a Platform refuses the first spec of an app, and specs that differ in one part."""

from typing import Any

from function.api.platform import Platform
from function.cli.validate import policy
from tests.simulator import APP

Spec = dict[str, Any]

ASK = "; take it out, or ask the platform team to allow it"
STAYS = "; the spec accepted before stays in force"


def with_backend(**backend: Any) -> Spec:
    """An app with this in its backend."""
    return APP | {"backend": APP["backend"] | backend}


def with_database(**database: Any) -> Spec:
    """An app with this in its database."""
    return APP | {"database": APP["database"] | database}


def refusal(spec_: Spec, platform: Spec) -> str:
    """Why a first spec is refused; empty if it is accepted."""
    problems = policy("dash", "shop", Platform.model_validate(platform), spec_)
    return "; ".join(f"{'.'.join(map(str, where))}: {message}" for where, message in problems)
