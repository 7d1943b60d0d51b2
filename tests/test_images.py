"""PostgreSQL's images: which major they are, and which extensions they have."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from function.api.platform import IMAGES
from function.components.database.extension_rights import DANGEROUS
from function.components.database.images import OWN, major
from function.components.database.known_extensions import extensions_of
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, StatusCondition, World

REGISTRIES = st.sampled_from(
    ["", "ghcr.io/", "registry:5000/", "localhost:17/", "10.0.0.1:18/", "r.dev:443/a/"]
)
NAMES = st.sampled_from(["pg", "cloudnative-pg/postgresql", "17", "postgres-16/18.1"])
DIGESTS = st.just("") | st.text("0123456789abcdef", min_size=64, max_size=64).map("@sha256:{}".format)
REST = st.sampled_from(["", ".6", ".6-standard-trixie", "-1", "beta1", "rc1", ".2.3-202608170814"])


def tagged(database: dict[str, Any]) -> dict[str, Any]:
    """An app with this database."""
    return APP | {"database": database}


@given(REGISTRIES, NAMES, st.integers(9, 99), REST, DIGESTS)
def test_major_is_the_number_of_the_tag(
    registry: str, name: str, number: int, rest: str, digest: str
) -> None:
    """The major is the number at the beginning of the tag, whatever port and digest stand beside it."""
    assert major(f"{registry}{name}:{number}{rest}{digest}") == number


@given(REGISTRIES, NAMES, st.sampled_from(["", ":latest", ":v17", ":trixie-17", ":_17", ":17.-x"]), DIGESTS)
def test_without_a_number_there_is_no_major(registry: str, name: str, tag: str, digest: str) -> None:
    """An image whose tag has no number in front has no major, though its port and digest have digits."""
    assert major(f"{registry}{name}{tag}{digest}") is None


def test_built_in_images_are_the_standard_ones() -> None:
    """Each major has a standard image, of which the extensions are known."""
    for version, image in IMAGES.items():
        assert major(image) == version
        assert "-standard-trixie" in image
        assert OWN.fullmatch(image)


NO_SUCH = "spec.database.extensions: CloudNativePG's image of PostgreSQL 17 has no "
ELSE = (
    "the platform team can name an image that has it in the Platform's database.images, and allow it in "
    "database.allowedExtensions"
)
ALLOWED = {"allowedExtensions": ["postgis", "pgrouting"]}
PACKAGE, AS_CREATED = "spec.database.extensions: ", "as CREATE EXTENSION does"
REFUSED = {
    "pg_tgrm": f"{NO_SUCH}pg_tgrm, did you mean pg_trgm? If not, {ELSE}",
    "uuid_ossp": f"{NO_SUCH}uuid_ossp, did you mean uuid-ossp? If not, {ELSE}",
    "pg_vector": f"{NO_SUCH}pg_vector, did you mean vector? If not, {ELSE}",
    "postgresql-17-pgvector": f"{PACKAGE}postgresql-17-pgvector is a package; write vector, {AS_CREATED}",
    "hstore-17": f"{PACKAGE}hstore-17 is a package; write hstore, {AS_CREATED}",
    "timescaledb": f"{NO_SUCH}timescaledb; {ELSE}",
    "adminpack": f"{NO_SUCH}adminpack; {ELSE}",
    "auto_explain": (
        "spec.database.extensions: auto_explain isn't created, its parameters alone load it: write "
        "auto_explain.… in database.parameters"
    ),
    "pgaudit": (
        "spec.database.extensions: pgaudit must be loaded before it is created, which a parameter of its own "
        "does: write database.parameters, such as pgaudit.log: ddl"
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_extension_that_the_image_lacks_is_refused(name: str) -> None:
    """An extension that the image doesn't have is refused, with the nearest that it has and the way out."""
    world = World(tagged({"version": 17, "extensions": ["pg_trgm", name]})).settle()
    assert world.condition("Accepted") == StatusCondition("False", "Refused", REFUSED[name])
    assert world.keys == set()


def test_every_extension_that_the_image_has_is_accepted() -> None:
    """All extensions of the standard image may be asked for."""
    for version in IMAGES:
        known = sorted(extensions_of(version))
        for names in (known[:32], known[32:]):
            database = {"version": version, "extensions": names, "parameters": {"pgaudit.log": "ddl"}}
            world = World(tagged(database), {"database": {"allowedExtensions": sorted(DANGEROUS)}}).settle()
            assert world.condition("Accepted").status == "True"


def test_extensions_of_the_image_that_comes_count() -> None:
    """With another major another image is judged: one that it lost is refused before the upgrade fails."""
    platform = {"database": {"allowedExtensions": ["adminpack"]}}
    world = World(tagged({"version": 16, "extensions": ["adminpack"]}), platform).settle()
    assert world.ready
    world.edit(database={"version": 17, "extensions": ["adminpack"]}).settle()
    assert "PostgreSQL 17 has no adminpack" in world.condition("Accepted").message
    assert world.edit(database={"version": 17, "extensions": []}).settle().ready


@pytest.mark.parametrize(
    "image", ["ghcr.io/acme/postgis:17.6", "ghcr.io/cloudnative-pg/postgis:17-3.6-standard-trixie", "pg:17"]
)
def test_image_of_the_platform_may_bring_any_extension(image: str) -> None:
    """What another image has isn't known, so nothing is refused that the Platform allows."""
    platform = {"database": {"images": {"17": image}, **ALLOWED}}
    world = World(tagged({"version": 17, "extensions": ["postgis"]}), platform).settle()
    assert world.ready
    world.edit(database={"version": 17, "extensions": ["postgis", "pgrouting"]}).settle()
    assert world.ready


def test_platform_image_of_cloudnativepg_is_known() -> None:
    """Another minor of CloudNativePG's own image has no other extensions."""
    platform = {"database": {"images": {"17": "ghcr.io/cloudnative-pg/postgresql:17.6-standard-bookworm"}}}
    world = World(tagged({"version": 17, "extensions": ["postgis"]}), platform).settle()
    assert world.condition("Accepted").reason == "Refused"


def found(image: str) -> Manifest:
    """A Cluster of the app's name that somebody made of this image."""
    spec = {"imageName": image, "instances": 3, "storage": {"size": "20Gi"}}
    metadata = {"name": "dash-db", "namespace": "shop"}
    return {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": metadata, "spec": spec}


def test_found_cluster_is_judged_by_its_own_image() -> None:
    """A Cluster that was there already has the extensions of the image that it runs."""
    world = World(tagged({"extensions": ["postgis"]}), {"database": ALLOWED})
    world.apply(found("ghcr.io/acme/postgis:17.6"))
    assert world.settle().ready
    other = World(tagged({"extensions": ["postgis"]}))
    other.apply(found("ghcr.io/cloudnative-pg/postgresql:17.6-standard-trixie"))
    other.settle()
    assert "PostgreSQL 17 has no postgis" in other.condition("Accepted").message
    assert other.keys == set()
    assert other.edit(database={}).settle().ready


def test_tightened_platform_takes_no_extension_away() -> None:
    """An app that runs with an extension keeps it when the Platform goes back to CloudNativePG's image."""
    platform = {"database": {"images": {"17": "ghcr.io/cloudnative-pg/postgresql:17.6"}, **ALLOWED}}
    world = World(tagged({"version": 17, "extensions": ["postgis"]}), platform).settle()
    assert world.ready
    world.govern({"database": {"images": {"17": "ghcr.io/cloudnative-pg/postgresql:17.7-standard-trixie"}}})
    world.settle()
    assert "database-extensions" in world.keys
    assert world.condition("PolicyCompliant").reason == "Breach"
