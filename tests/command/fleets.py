"""A fleet of generated NodeApps: of several teams, sizes and kinds, the same each time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from function.api.names import API_VERSION, CLAIM

TEAMS = 12
SHAPES: tuple[dict[str, Any], ...] = (
    {"frontend": {}, "backend": {}, "database": {"version": 17}, "monitoring": True},
    {"frontend": {}},
    {"backend": {"migrate": ["npm", "run", "migrate"]}, "database": {"version": 18, "storage": "40Gi"}},
    {"frontend": {}, "backend": {"scaling": {"min": 3, "max": 9}}, "ingress": {}},
    {
        "backend": {"secrets": ["stripe"]},
        "workers": {"mail": {"command": ["node", "mail.js"]}},
        "jobs": {"clean-up": {"schedule": "30 3 * * *", "command": ["node", "clean-up.js"]}},
        "database": {"version": 17, "pooler": {"instances": 2}},
    },
    {"environment": "dev", "frontend": {}, "backend": {}, "database": {}, "ingress": {}},
)
"""What apps are made of, apart from images and names."""


def nodeapps(count: int) -> Iterator[dict[str, Any]]:
    """So many NodeApps, each in a namespace of its own."""
    for number in range(count):
        name = f"app-{number}"
        spec: dict[str, Any] = {"team": f"team-{number % TEAMS}"}
        for part, asked in SHAPES[number % len(SHAPES)].items():
            image = {"image": f"ghcr.io/acme/{name}-{part}:1.{number}.0"}
            spec[part] = asked | image if part in ("frontend", "backend") else asked
        metadata = {"name": name, "namespace": name}
        yield {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": spec}


def write(folder: Path, count: int) -> Path:
    """A folder with a file for each app."""
    for each in nodeapps(count):
        path = folder / each["metadata"]["namespace"] / "nodeapp.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(yaml.safe_dump(each))
    return folder
