"""What a team reaches with rights on its own NodeApps: not the platform's keys, and no superuser's doings."""

from typing import Any

import pytest

from tests.simulator import APP, STORED, StatusCondition, World

PRIVATE: dict[str, Any] = {
    "imagePullSecrets": ["ghcr"],
    "database": {
        "objectStore": {
            "destinationPath": "s3://backups",
            "endpointCA": {"name": "minio-ca", "key": "ca.crt"},
            "s3Credentials": {
                "accessKeyId": {"name": "backup-keys", "key": "id"},
                "secretAccessKey": {"name": "backup-secret", "key": "secret"},
            },
        }
    },
}
"""A Platform with Secrets of its own in each app's namespace."""

FOR_IMAGES = "ghcr is the platform's, for pulling images; an app has no use for it"
STORE = "has the keys of the object store with everybody's backups; an app must not read it"
TLS = "dash-tls has the private key of this app's hosts, which only the ingress controller needs"
OTHER = (
    "shop-db-app has the credentials of another app's database; ask its team for a role of your own, and put "
    "that role's credentials into a Secret of your own"
)


def with_backend(**backend: Any) -> dict[str, Any]:
    """An app with this in its backend."""
    return APP | {"backend": APP["backend"] | backend}


def refusal(world: World) -> str:
    """Why a spec is refused; empty if it is accepted."""
    condition = world.settle().condition("Accepted")
    return condition.message if condition.status == "False" else ""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("ghcr", FOR_IMAGES),
        ("minio-ca", f"minio-ca {STORE}"),
        ("backup-keys", f"backup-keys {STORE}"),
        ("backup-secret", f"backup-secret {STORE}"),
        ("dash-tls", TLS),
        ("shop-db-app", OTHER),
    ],
)
def test_secret_of_the_platform_is_refused_by_name(name: str, why: str) -> None:
    """No part of an app reads the Platform's Secrets or another database's, whole or by a key."""
    whole = World(with_backend(secrets=["own", name]), PRIVATE)
    assert refusal(whole) == f"spec.backend.secrets.1: {why}"
    assert whole.keys == set()
    key = World(with_backend(secretEnv={"KEY": f"{name}/secret"}), PRIVATE)
    assert refusal(key) == f"spec.backend.secretEnv.KEY: {why}"
    frontend = APP | {"frontend": APP["frontend"] | {"secrets": [name]}}
    assert refusal(World(frontend, PRIVATE)) == f"spec.frontend.secrets.0: {why}"


def test_app_may_read_its_own_secrets() -> None:
    """An app reads the credentials of its own database, and what only looks like the platform's."""
    own = with_backend(secretEnv={"DB_PASSWORD": "dash-db-app/password"}, secrets=["ghcr-token", "shop-tls"])
    assert refusal(World(own, PRIVATE)) == ""


def test_app_that_read_a_secret_before_keeps_running() -> None:
    """A Platform that names a Secret later stops nobody: PolicyCompliant says what to change."""
    world = World(with_backend(secrets=["ghcr"]), STORED).settle()
    world.govern(PRIVATE).settle()
    assert world.condition("Accepted").status == "True"
    breach = f"would be refused today: spec.backend.secrets.0: {FOR_IMAGES}"
    assert world.condition("PolicyCompliant") == StatusCondition("False", "Breach", breach)


def test_role_of_the_backups_is_the_databases_alone() -> None:
    """The cloud role that may write backups is on a ServiceAccount that no pod of an app has."""
    role = {"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/backups"}
    store = STORED["database"]["objectStore"]
    spec = APP | {"database": {"version": 17, "backup": {"enabled": True}}}
    world = World(spec, {"database": {"objectStore": store, "serviceAccountAnnotations": role}}).settle()
    template = world.object("database-cluster")["spec"]["serviceAccountTemplate"]
    assert template["metadata"]["annotations"] == role
    for part in ("frontend", "backend"):
        account = world.object(f"{part}-serviceaccount")
        assert not role.keys() & account["metadata"].get("annotations", {}).keys()
        pod = world.object(f"{part}-deployment")["spec"]["template"]["spec"]
        assert pod["serviceAccountName"] == account["metadata"]["name"] != "dash-db"


WORD = "CloudNativePG creates it as superuser: the platform team must allow it in the Platform's "


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("file_fdw", "reads files and runs programs on the database server"),
        ("adminpack", "writes files on the database server"),
        ("dblink", "opens network connections from the database server"),
        ("postgres_fdw", "opens network connections from the database server"),
        ("pg_surgery", "can destroy rows"),
    ],
)
def test_dangerous_extension_needs_the_word_of_the_platform(name: str, why: str) -> None:
    """An extension that reaches beyond the database is created only if the Platform allows it by name."""
    spec = APP | {"database": {"version": 16, "extensions": ["pg_trgm", name]}}
    message = f"spec.database.extensions: {name} {why}, and {WORD}database.allowedExtensions"
    assert refusal(World(spec)) == message
    assert refusal(World(spec, {"database": {"allowedExtensions": [name]}})) == ""


@pytest.mark.parametrize("name", ["plpython3u", "plperlu", "pltclu", "http", "mysql_fdw", "plsh", "postgis"])
def test_unknown_extension_needs_the_word_of_the_platform(name: str) -> None:
    """What an image of the platform's own brings may be an untrusted language: it needs the word too."""
    spec = APP | {"database": {"version": 17, "extensions": [name]}}
    images = {"images": {"17": "ghcr.io/acme/postgresql:17.6"}}
    message = f"{name} may reach more than the database, and {WORD}database.allowedExtensions"
    assert refusal(World(spec, {"database": images})) == f"spec.database.extensions: {message}"
    assert refusal(World(spec, {"database": images | {"allowedExtensions": [name]}})) == ""
