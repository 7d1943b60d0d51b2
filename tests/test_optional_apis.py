"""What an app or the Platform needs and the cluster lacks is left out, and said, or Crossplane would stop."""

from function.app import Observed
from function.components.optional import (
    BARMAN_CLOUD,
    CLOUDNATIVE_PG,
    KUBERNETES,
    PROMETHEUS,
    read,
    requirement,
)
from tests.clusters import serve
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

MONITORED = STORED | {"prometheus": {}}
ALL = (KUBERNETES, CLOUDNATIVE_PG, PROMETHEUS, BARMAN_CLOUD)
PODMONITORS = {"backend-podmonitor", "database-podmonitor"}


def world(*apis: str) -> World:
    """An app with backups and monitoring, on a cluster that serves these APIs."""
    return serve(World(BACKED_UP, MONITORED), *apis)


def test_apis_that_are_there_are_used() -> None:
    """Once there is an object of each, nothing is asked any more."""
    app = world(*ALL).settle()
    assert app.keys >= PODMONITORS | {"database-objectstore"}
    assert app.ready
    assert not app.reconcile().response.requirements.resources


def test_podmonitors_that_the_cluster_lacks() -> None:
    """The app runs without them, and gets them once the operator is installed."""
    app = world(KUBERNETES, CLOUDNATIVE_PG, BARMAN_CLOUD).settle()
    assert not app.keys & PODMONITORS
    message = (
        "monitoring is off: the Platform names prometheus, but the cluster has no PodMonitors; install the "
        "Prometheus operator, or take prometheus out of the Platform"
    )
    assert app.condition("Monitored") == StatusCondition("False", "NoPrometheus", message)
    assert app.ready
    assert app.message == ""
    serve(app, PROMETHEUS).settle()
    assert app.keys >= PODMONITORS
    assert app.condition("Monitored").reason == "Scraped"


def test_object_stores_that_the_cluster_lacks() -> None:
    """The database runs without backups, and gets them once the plugin is installed."""
    app = world(KUBERNETES, CLOUDNATIVE_PG, PROMETHEUS).settle()
    assert "database-objectstore" not in app.keys
    assert "plugins" not in app.object("database-cluster")["spec"]
    assert app.condition("BackedUp").reason == "NoPlugin"
    assert app.ready
    assert "database.objectStore, but the cluster has no ObjectStores; install the barman" in app.message
    serve(app, BARMAN_CLOUD).settle()
    assert app.condition("BackedUp").reason == "Archiving"


def test_databases_that_the_cluster_lacks() -> None:
    """All but the database runs, DatabaseReady says what to install, and then the database is made."""
    database = BACKED_UP["database"] | {"pooler": {}, "extensions": ["vector"]}
    app = serve(World(BACKED_UP | {"database": database}, MONITORED), KUBERNETES, PROMETHEUS, BARMAN_CLOUD)
    app.settle()
    versions = {app.server.objects[ref]["apiVersion"] for ref in app.composed().values()}
    assert "postgresql.cnpg.io/v1" not in versions
    assert "backend-deployment" in app.keys
    message = "the cluster has no CloudNativePG, so it has no databases; install its operator"
    assert app.condition("DatabaseReady") == StatusCondition("False", "NoOperator", message)
    assert message in app.message
    serve(app, CLOUDNATIVE_PG).settle()
    assert app.keys >= {"database-cluster", "database-pooler", "database-extensions"}
    assert app.ready


def test_backups_that_cannot_be_read_make_no_empty_database() -> None:
    """A database to be restored waits for the plugin that reads its backups."""
    database = {"name": "old", "restore": {"app": "old"}, "version": 17}
    app = serve(World(APP | {"database": database}, STORED), KUBERNETES, CLOUDNATIVE_PG).settle()
    assert not app.keys & {"database-cluster", "database-origin"}
    assert app.condition("DatabaseReady").reason == "NoPlugin"
    assert "and no empty database is made; install the barman-cloud plugin" in app.message
    serve(app, BARMAN_CLOUD).settle()
    assert app.object("database-cluster")["spec"]["bootstrap"].keys() == {"recovery"}


def test_cluster_that_archives_goes_on() -> None:
    """A lost ObjectStore is composed again, and the Cluster isn't told to stop archiving."""
    app = world(*ALL).settle()
    app.server.forget(next(ref for ref in app.server.objects if ref.name == BARMAN_CLOUD))
    app.lose("database-objectstore").settle()
    assert "database-objectstore" in app.keys
    assert app.object("database-cluster")["spec"]["plugins"]


def test_caller_that_knows_no_apis_gets_everything() -> None:
    """`crossplane composition render` and `nodeapp render` have no cluster to ask."""
    app = world().settle()
    assert app.keys >= PODMONITORS | {"database-objectstore"}


def test_unanswered_lookup_is_no_answer() -> None:
    """One API may be looked up before the other."""
    kubernetes = {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService"}
    observed = Observed({}, {}, {requirement(KUBERNETES): [kubernetes]})
    assert not read(observed, PROMETHEUS).missing
    assert read(Observed({}, {}, {**observed.required, requirement(PROMETHEUS): []}), PROMETHEUS).missing
