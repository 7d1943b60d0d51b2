"""Real apps, and recipes as NodeApps. docs/apps.md and docs/recipes.md show them."""

from pathlib import Path
from typing import Any

import yaml

from tests.golden import CASES
from tests.simulator import World

APPS = sorted((CASES / "apps").glob("*.yaml"))
RECIPES = sorted((CASES / "recipes").glob("*.yaml"))
PLATFORM: dict[str, Any] = {
    "domains": ["acme.dev"],
    "gateway": {"name": "public", "namespace": "infra", "sectionName": "https"},
    "secretStore": {"name": "vault"},
    "cloudRole": {"annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/{namespace}-{app}"}},
    "database": {"objectStore": {"destinationPath": "s3://backups"}},
    "prometheus": {},
    "reloader": True,
}
"""A Platform with all that the apps may use."""


def nodeapp(file: Path) -> dict[str, Any]:
    """The NodeApp in a file."""
    read: dict[str, Any] = yaml.safe_load(file.read_text())
    return read


def world(file: Path, platform: dict[str, Any] | None = None) -> World:
    """An app on a cluster of its own."""
    given = nodeapp(file)
    return World(given["spec"], PLATFORM if platform is None else platform, **given["metadata"])
