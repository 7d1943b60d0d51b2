"""Which settings of a Platform restart pods."""

from collections.abc import Mapping
from typing import Any

import pytest

from function.api.openapi import openapi
from function.api.platform import Platform
from package.reference import NAME, fields
from tests import golden
from tests.examples import examples
from tests.released import pod_template
from tests.simulated.struct_codec import manifest

SPEC: dict[str, Any] = {
    "team": "web",
    "frontend": {"image": "ghcr.io/acme/shop:1.0.0", "cloudRole": True, "secrets": ["shop"]},
}
ROLE = {"annotations": {"acme.dev/role": "app"}}
DESCRIPTIONS = {each.path: each.schema["description"] for each in fields((), openapi(Platform), Platform)}
NEEDED: dict[str, dict[str, Any]] = {
    "cloudRole": ROLE,
    "gateway": {"name": "public", "namespace": "infra", "sectionName": "https"},
    "secretStore": {"name": "vault"},
}
"""What a setting is nothing without."""


def template(platform: Mapping[str, Any]) -> Any:
    """What decides over the pods of an app."""
    case = {"nodeapp": SPEC, "platform": {"domain": "acme.dev", "cloudRole": ROLE, **platform}}
    return pod_template(manifest(golden.response(case).desired.resources["frontend-deployment"].resource))


def written(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A Platform with one setting, and with what that needs."""
    first, *rest = path
    for key in reversed(rest):
        value = {key: value}
    return {first: NEEDED.get(first, {}) | value if rest else value}


@pytest.fixture(scope="module")
def restarting() -> set[tuple[str, ...]]:
    """The settings that change a pod."""
    of_platform = {path: each for path, each in examples()[1].items() if not {NAME, "[]"} & set(path)}
    of_database = {path for path in of_platform if path[0] == "database"}
    before = template({})
    return {
        path
        for path in of_platform.keys() - of_database
        if template(written(path, of_platform[path])) != before
    }


def test_a_setting_that_restarts_pods_says_so(restarting: set[tuple[str, ...]]) -> None:
    """A platform engineer is told before: in the description of the setting, or of what it belongs to."""
    silent = {
        path
        for path in restarting - {("cloudRole",)}  # It is its podLabels.
        if not any("restarts" in DESCRIPTIONS[path[:end]] for end in range(1, len(path) + 1))
    }
    assert silent == set()


def test_only_what_is_for_pods_restarts_them(restarting: set[tuple[str, ...]]) -> None:
    """Labels, domains, limits and the like restart nothing."""
    assert {path[0] for path in restarting} == {"env", "pods", "cloudRole"}
