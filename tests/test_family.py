"""What belongs to a database: pooler, extensions, network policy."""

from typing import Any

import pytest

from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, World

DATABASE: dict[str, Any] = APP["database"]


def app(**database: Any) -> dict[str, Any]:
    """An app with this database."""
    return APP | {"database": DATABASE | database}


def variables(world: World, kind: str = "containers") -> dict[str, Any]:
    """The backend's environment, by name."""
    spec = world.object("backend-deployment")["spec"]["template"]["spec"]
    return {item["name"]: item for item in spec[kind][0]["env"]}


def test_the_app_connects_through_the_pooler_and_migrations_do_not() -> None:
    """The pooler shows the Cluster's certificate, which therefore names it."""
    backend = APP["backend"] | {"migrate": ["npm", "run", "migrate"]}
    world = World(app(pooler={"mode": "transaction"}) | {"backend": backend}).settle()
    pooler = world.object("database-pooler")
    assert (pooler["metadata"]["name"], pooler["spec"]["type"]) == ("dash-db-pooler", "rw")
    assert pooler["spec"]["pgbouncer"]["poolMode"] == "transaction"
    url = variables(world)["DATABASE_URL"]["value"]
    assert url == "postgresql://$(PGUSER):$(PGPASSWORD)@dash-db-pooler.shop:5432/$(PGDATABASE)"
    assert variables(world)["PGPASSWORD"]["valueFrom"]["secretKeyRef"] == {
        "name": "dash-db-app",
        "key": "password",
    }
    migrates = variables(world, "initContainers")
    assert migrates["DATABASE_URL"]["valueFrom"]["secretKeyRef"] == {"name": "dash-db-app", "key": "uri"}
    assert "PGPASSWORD" not in migrates
    names = world.object("database-cluster")["spec"]["certificates"]["serverAltDNSNames"]
    assert "dash-db-pooler.shop" in names
    assert world.ready


def test_variables_come_before_what_is_made_of_them() -> None:
    """Kubernetes expands $(NAME) only if NAME is further up."""
    order = list(variables(World(app(pooler={})).settle()))
    assert max(map(order.index, ("PGUSER", "PGPASSWORD", "PGDATABASE"))) < order.index("DATABASE_URL")


def test_pooler_that_does_not_serve_is_told() -> None:
    """By its own words."""
    world = World(app(pooler={}))
    failed = {"status": {"phase": "failed", "phaseReason": "no such secret"}}
    world.play("database-pooler", lambda pooler: pooler | failed).settle()
    assert world.message == "database: pooler failed: no such secret"


def test_a_pooler_that_is_taken_out_stays_without_pods() -> None:
    """CloudNativePG makes its Deployment anew while Crossplane deletes it. The app connects directly."""
    world = World(app(pooler={"mode": "transaction"})).settle()
    world.edit(database=DATABASE).settle()
    pooler = world.object("database-pooler")["spec"]
    assert (pooler["instances"], pooler["pgbouncer"]["poolMode"]) == (0, "transaction")
    assert variables(world)["DATABASE_URL"]["valueFrom"]["secretKeyRef"]["key"] == "uri"
    assert world.ready
    held = world.condition("SpecHonored")
    assert (held.status, held.reason) == ("False", "Held")
    assert "database.pooler: kept without pods" in held.message
    world.edit(database=DATABASE | {"pooler": {"instances": 3}}).settle()
    assert world.object("database-pooler")["spec"]["instances"] == 3
    assert world.condition("SpecHonored").status == "True"


def test_a_pooler_goes_with_its_cluster() -> None:
    """Deleted with the database, it keeps nothing back."""
    delete = {"deletionPolicy": "Delete"}
    world = World(app(pooler={}, **delete)).settle().edit(database=DATABASE | delete).settle()
    assert "database-pooler" in world.keys
    assert not {key for key in world.edit(database=None).settle().keys if key.startswith("database")}


def test_no_stale_replica_is_promoted_where_data_must_be_kept() -> None:
    """Under Retain with three instances CloudNativePG promotes who surely has every confirmed commit."""
    postgresql = World(app(instances=3)).settle().object("database-cluster")["spec"]["postgresql"]
    assert postgresql["synchronous"]["failoverQuorum"] is True
    for database in ({"instances": 3, "deletionPolicy": "Delete"}, {"instances": 2}):
        postgresql = World(app(**database)).settle().object("database-cluster")["spec"]["postgresql"]
        assert not postgresql.get("synchronous", {}).get("failoverQuorum")


def test_extensions_are_created_and_never_dropped() -> None:
    """They are CloudNativePG's business, and the database outlives that object."""
    world = World(app(extensions=["pg_trgm", "uuid-ossp"])).settle()
    spec = world.object("database-extensions")["spec"]
    assert spec["databaseReclaimPolicy"] == "retain"
    assert [(e["name"], e["ensure"]) for e in spec["extensions"]] == [
        ("pg_trgm", "present"),
        ("uuid-ossp", "present"),
    ]
    assert (spec["name"], spec["cluster"]) == ("dash", {"name": "dash-db"})
    world.edit(database=DATABASE | {"extensions": ["pg_trgm"]}).settle()
    assert [e["name"] for e in world.object("database-extensions")["spec"]["extensions"]] == ["pg_trgm"]


def test_extension_that_the_image_lacks_is_told() -> None:
    """In PostgreSQL's words."""

    def failing(manifest: Manifest) -> Manifest:
        wrong = {"name": "vector", "applied": False, "message": 'extension "vector" is not available'}
        generation = manifest["metadata"]["generation"]
        status = {"applied": False, "observedGeneration": generation, "extensions": [wrong]}
        return manifest | {"status": status}

    world = World(app(extensions=["vector"])).play("database-extensions", failing).settle()
    assert world.message == 'database: extensions: extension "vector" is not available'


def test_only_who_has_to_reaches_the_database() -> None:
    """The app, the operator, the Cluster's own pods, and Prometheus from where the platform says."""
    world = World(app(), {"network": {"monitoringNamespaces": ["monitoring"]}}).settle()
    spec = world.object("database-networkpolicy")["spec"]
    assert spec["podSelector"] == {"matchLabels": {"cnpg.io/cluster": "dash-db"}}
    assert spec["policyTypes"] == ["Ingress"]
    own, backend, prometheus = spec["ingress"]
    assert [port["port"] for port in own["ports"]] == [5432, 8000]
    labels = world.object("backend-deployment")["spec"]["template"]["metadata"]["labels"]
    (selector,) = backend["from"]
    assert selector["podSelector"]["matchLabels"].items() <= labels.items()
    assert [port["port"] for port in backend["ports"]] == [5432]
    (expression,) = prometheus["from"][0]["namespaceSelector"]["matchExpressions"]
    assert expression["values"] == ["monitoring"]


@pytest.mark.parametrize("adopted", [True, False])
def test_adopted_database_keeps_its_other_users(adopted: bool) -> None:  # noqa: FBT001
    """A policy would lock out whom we don't know; a Cluster of ours that comes back has one."""
    world = World(app())
    if adopted:
        world.apply(
            {
                "apiVersion": "postgresql.cnpg.io/v1",
                "kind": "Cluster",
                "metadata": {"name": "dash-db", "namespace": "shop"},
                "spec": {
                    "imageName": "r.dev/postgresql:16.4",
                    "instances": 1,
                    "storage": {"size": "80Gi"},
                    "bootstrap": {"initdb": {"database": "old", "owner": "old"}},
                },
            }
        )
        assert "database-networkpolicy" not in world.settle().settle().keys
    else:
        assert "database-networkpolicy" in world.settle().restore().settle().keys


def test_whole_family_stays_with_a_removed_database() -> None:
    """As it was asked for last: nothing is restarted, nothing goes."""
    platform = {"database": {"objectStore": {"destinationPath": "s3://b"}}, "prometheus": {}}
    full = {"pooler": {}, "extensions": ["pg_trgm"], "backup": {"retention": "7d"}, "version": 17}
    world = World(APP | {"database": full}, platform).settle()
    family = {key for key in world.keys if key.startswith(("database", "deletion"))}
    before = {key: world.state[key] for key in family}
    world.edit(database=None, frontend=None).settle()
    assert {key: world.state[key] for key in family} == before
    assert len(family) == 11
