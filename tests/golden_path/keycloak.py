"""A real Keycloak on loopback, from Maven Central, with the client that docs/sign-in.md shows."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.generate import ROOT
from tests.golden_path.processes import checked_output, program_path, running
from tests.golden_path.scaffolding import cache

VERSION = "26.7.3"
PAGE = ROOT / "docs" / "sign-in.md"
ORIGIN = "https://dashboard.acme.dev"
"""Where the page says that the app is."""
REALM = "acme"
PASSWORD = "for-tests-alone"  # noqa: S105  # Of a server that lives for one test.


def section() -> str:
    """What the page says of Keycloak."""
    return PAGE.read_text().partition("\n## Keycloak\n")[2].partition("\n## ")[0]


def block(language: str) -> str:
    """The only block of code in a language in that section."""
    [code] = re.findall(rf"```{language}\n(.*?)```", section(), re.DOTALL)
    return str(code)


def client(origin: str) -> dict[str, Any]:
    """The client of the page, for an app at this origin."""
    made: dict[str, Any] = json.loads(block("json").replace(ORIGIN, origin))
    return made


def settings() -> dict[str, str]:
    """The variables of the backend that the page asks for."""
    env: dict[str, str] = yaml.safe_load(block("yaml"))["spec"]["backend"]["env"]
    return env


def person(name: str, last_name: str, *roles: str) -> dict[str, Any]:
    """A user of the realm."""
    return {
        "username": name,
        "firstName": name.title(),
        "lastName": last_name,
        "email": f"{name}@acme.dev",
        "emailVerified": True,
        "enabled": True,
        "credentials": [{"type": "password", "value": PASSWORD}],
        "realmRoles": list(roles),
    }


def realm(origin: str) -> dict[str, Any]:
    """The realm: two people, the client, and the same without the audience, as `bare`."""
    good = client(origin)
    bare = {key: value for key, value in good.items() if key != "protocolMappers"} | {"clientId": "bare"}
    return {
        "realm": REALM,
        "enabled": True,
        "roles": {"realm": [{"name": "admin"}]},
        "users": [person("ada", "Lovelace", "admin"), person("grace", "Hopper")],
        "clients": [good, bare],
    }


def archive() -> Path:
    """Keycloak's distribution. Skips the test without Maven, which brings it."""
    maven, file = program_path("mvn", "maven"), cache() / f"keycloak-quarkus-dist-{VERSION}.zip"
    if not file.exists():
        name = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
        command = [
            maven,
            "-B",
            "-q",
            "dependency:copy",
            f"-Dartifact={name}",
            f"-DoutputDirectory={file.parent}",
        ]
        checked_output(command, within=300)
    return file


@contextmanager
def served(folder: Path, port: int, origin: str) -> Iterator[str]:
    """Keycloak for the app at an origin. Yields its issuer."""
    subprocess.run([program_path("unzip", "unzip"), "-q", archive(), "-d", folder], check=True)  # noqa: S603  # Ours.
    home = folder / f"keycloak-{VERSION}"
    (home / "data" / "import").mkdir(parents=True)
    (home / "data" / "import" / "realm.json").write_text(json.dumps(realm(origin)))
    command = [
        str(home / "bin" / "kc.sh"),
        "start-dev",
        "--db=dev-mem",
        "--http-host=127.0.0.1",
        f"--http-port={port}",
        "--import-realm",
    ]
    with running(command, port, folder / "keycloak.log", within=300):
        yield f"http://127.0.0.1:{port}/realms/{REALM}"
