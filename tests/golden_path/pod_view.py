"""An app whose pods are looked into, and the specs of its pods."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.simulator import World

LOOK = ["node", "/app/look.mjs", "/app/psql"]
TMP = "/tmp"  # noqa: S108  # The pod's own.
PATHS = ["/app/config.yaml", "/app/keys/service.json", TMP, "/app/cache", "/work", "/app", "/etc"]
SPEC: dict[str, Any] = {
    "team": "web",
    "environment": "dev",
    "backend": {
        "image": "docker.io/library/node:24",
        "migrate": [*LOOK, *PATHS],
        "env": {
            # By name the references come first, so only an order by reference can replace them.
            "A_LINK": "https://$(HOST)/$(TENANT)?key=$(KEY)",
            "APP_DATABASE_URL": "$(DATABASE_URL)?application_name=shop",
            "HOST": "$(ISSUER).acme.dev",
            "ISSUER": "$(FROM_CONFIG)",
            "LITERAL": "$$(HOST) $(NOBODY)",
            "TENANT": "acme",
        },
        "secretEnv": {"KEY": "stripe/key", "USER_OF_DATABASE": "shop-db-app/username"},
        "secrets": ["stripe"],
        "configMaps": ["settings"],
        "files": {
            "/app/config.yaml": {"configMap": "settings", "key": "config.yaml"},
            "/app/keys/service.json": {"secret": "google", "key": "key.json"},
        },
        "writable": ["/app/cache"],
        "resources": {"limits": {"ephemeral-storage": "96Mi"}},
    },
    "workers": {
        "mail": {
            "command": [*LOOK, *PATHS],
            "env": {"A_LINK": "worker of $(TENANT)"},
            "writable": ["/work"],
            "resources": {"limits": {"ephemeral-storage": "32Mi"}},
        }
    },
    "jobs": {"clean": {"schedule": "0 2 * * *", "command": [*LOOK, *PATHS], "env": {"TENANT": "job"}}},
    "database": {"version": 17, "backup": {"enabled": False}},
}
PLATFORM = {"env": {"TENANT": "platform", "REGION": "eu"}}
Look = Callable[..., dict[str, Any]]
"""What the program that looks sees in a container. Takes the pod's spec, the container's name, and the
namespace if it differs."""


def pod(key: str, spec: Mapping[str, Any] = SPEC) -> Any:
    """The spec of the pods of an object."""
    found: Any = World(spec, PLATFORM, name="shop").settle().object(key)["spec"]
    return found.get("jobTemplate", {"spec": found})["spec"]["template"]["spec"]
