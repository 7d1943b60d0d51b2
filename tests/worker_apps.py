"""An app with workers, and how its parts are read."""

from typing import Any

from tests.simulator import APP, StatusCondition, World

BACKEND = APP["backend"] | {
    "env": {"LOG_LEVEL": "info", "TOKEN": "t", "QUEUE": "redis://redis"},
    "secretEnv": {"API_KEY": "api/key"},
    "secrets": ["stripe"],
    "configMaps": ["flags"],
    "files": {"/app/config.yaml": {"configMap": "config", "key": "config.yaml"}},
    "writable": ["/app/.cache"],
    "migrate": ["npm", "run", "migrate"],
}
MAIL = {"command": ["node", "mail.js"]}
WORKERS: dict[str, Any] = {"mail": MAIL, "search": MAIL | {"image": "ghcr.io/acme/search:3.0.0"}}
DATABASE = APP["database"]
AVAILABLE = StatusCondition("True", "Available", "")


def app(**fields: Any) -> dict[str, Any]:
    """An app with two workers."""
    return {"team": "web", "backend": BACKEND, "database": DATABASE, "workers": WORKERS} | fields


def pod(world: World, name: str = "mail") -> Any:
    """The spec of a worker's pods."""
    return world.object(f"worker-{name}-deployment")["spec"]["template"]["spec"]
