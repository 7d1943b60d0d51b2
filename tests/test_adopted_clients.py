"""What connects to an adopted Cluster uses the Secrets that its maker gave it, and it keeps its image."""

from typing import Any

import pytest

from tests.adopted_clusters import MAKES, made
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, StatusCondition, World

PLATFORM = {"database": {"images": {"16": "r.acme.dev/pg:16.9", "17": "r.acme.dev/pg:17.9"}}}
CREDENTIALS = [make for make in MAKES if make.endswith("credentials of its own")]
CAS = {"a CA of its own": "company-ca", "a certificate of its own": "ca", "simple": "dash-db-ca"}


def adopting(make: str, platform: Manifest | None = None, **database: Any) -> World:
    """An app with this database and migrations, which finds a Cluster of this make."""
    backend = APP["backend"] | {"migrate": ["npm", "run", "migrate"]}
    world = World(APP | {"database": database, "backend": backend}, platform)
    uid = world.apply(made(make))["metadata"]["uid"]
    world.cnpg.data[uid] = []  # It runs already, however it was made.
    return world.settle()


def pod(world: World) -> Manifest:
    """The backend's pod."""
    spec: Manifest = world.object("backend-deployment")["spec"]["template"]["spec"]
    return spec


def env(container: Manifest) -> dict[str, str]:
    """A container's variables: text, or the Secret and its key as secret/key."""
    references = {
        each["name"]: "{name}/{key}".format(**each["valueFrom"]["secretKeyRef"])
        for each in container["env"]
        if "valueFrom" in each
    }
    return references | {each["name"]: each["value"] for each in container["env"] if "value" in each}


@pytest.mark.parametrize("make", CREDENTIALS)
def test_credentials_of_its_maker_are_used(make: str) -> None:
    """A Secret of the maker's has no URL, so DATABASE_URL is composed of what it has."""
    world = adopting(make)
    wanted = {
        "PGUSER": "owner/username",
        "PGPASSWORD": "owner/password",
        "PGDATABASE": "old",
        "DATABASE_URL": "postgresql://$(PGUSER):$(PGPASSWORD)@dash-db-rw.shop:5432/$(PGDATABASE)",
    }
    for container in (*pod(world)["containers"], *pod(world)["initContainers"]):
        assert wanted.items() <= env(container).items()
    assert {"secret": "owner"}.items() <= world.status["database"].items()


def test_pooler_takes_the_credentials_of_the_maker() -> None:
    """Through a pooler it is the same user, and migrations still go to the primary."""
    world = adopting("credentials of its own", pooler={})
    [container], [migration] = pod(world)["containers"], pod(world)["initContainers"]
    assert "@dash-db-pooler.shop:5432/" in env(container)["DATABASE_URL"]
    assert "@dash-db-rw.shop:5432/" in env(migration)["DATABASE_URL"]
    assert env(container)["PGPASSWORD"] == "owner/password"


@pytest.mark.parametrize("make", CAS)
def test_ca_of_its_maker_is_trusted(make: str) -> None:
    """The CA that is mounted is the one that the Cluster names, else CloudNativePG's own."""
    [volume] = [each for each in pod(adopting(make))["volumes"] if each["name"] == "db-ca"]
    assert volume["secret"]["secretName"] == CAS[make]


def test_platform_moves_no_adopted_image_that_nobody_asked_for() -> None:
    """The maker's image stays until the major is written; then the Platform's is taken."""
    world = adopting("simple", PLATFORM)
    image = made("simple")["spec"]["imageName"]
    assert world.object("database-cluster")["spec"]["imageName"] == image
    held = (
        f"database.version: kept its maker's image {image} and not the Platform's r.acme.dev/pg:16.9; write "
        "database.version: 16 to take that"
    )
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", held)
    world.edit(database={"version": 16}).settle()
    assert world.object("database-cluster")["spec"]["imageName"] == "r.acme.dev/pg:16.9"
    assert world.condition("SpecHonored").status == "True"
    world.edit(database={"version": 17}).settle()
    assert world.object("database-cluster")["spec"]["imageName"] == "r.acme.dev/pg:17.9"
    assert world.ready


@pytest.mark.parametrize("version", [None, 16, 17])
def test_catalog_stays_whatever_the_platform_has(version: int | None) -> None:
    """A Cluster that takes its image from a catalog never gets one of the Platform's."""
    world = adopting("a catalog", PLATFORM, **({"version": version} if version else {}))
    spec = world.object("database-cluster")["spec"]
    assert "imageName" not in spec
    assert spec["imageCatalogRef"]["major"] == 16
    assert world.condition("SpecHonored").status == ("False" if version == 17 else "True")
    assert world.ready
