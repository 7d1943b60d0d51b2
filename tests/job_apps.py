"""An app with a job, and how its parts are read."""

from typing import Any

from tests.simulator import APP, StatusCondition, World

BACKEND = APP["backend"] | {"env": {"LOG_LEVEL": "info"}, "secrets": ["stripe"]}
MIGRATED = BACKEND | {"migrate": ["npm", "run", "migrate"]}
CLEAN: dict[str, Any] = {"schedule": "0 2 * * *", "command": ["node", "clean.js"]}
DATABASE = APP["database"]
NEWER = "ghcr.io/acme/back:2.0.0"
SCHEDULED = StatusCondition("True", "Scheduled", "")
FIRST, SECOND, THIRD = (f"2026-01-0{day}T02:00:00Z" for day in (1, 2, 3))
DONE = "2026-01-01T02:10:00Z"


def app(**fields: Any) -> dict[str, Any]:
    """An app with one job."""
    return {"team": "web", "backend": BACKEND, "database": DATABASE, "jobs": {"clean": CLEAN}} | fields


def spec(world: World) -> Any:
    """The spec of the CronJob."""
    return world.object("job-clean")["spec"]


def image(world: World) -> str:
    """The image that the job's next run has."""
    [container] = spec(world)["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    name: str = container["image"]
    return name
