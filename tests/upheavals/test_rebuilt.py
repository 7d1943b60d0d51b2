"""The whole cluster is lost: etcd is wiped, and everything is applied again from Git."""

from tests.live.story import STORE as OBJECT_STORE
from tests.live.story import Story
from tests.plane import up
from tests.plane.kubectl import Json, wait
from tests.plane.plane import Plane
from tests.plane.product import STORE, function, govern, install

SPEC: Json = {
    "team": "a",
    "backend": {"image": "ghcr.io/acme/shop:1.4.0"},
    "database": {"version": 17, "storage": "40Gi"},
}


def test_no_database_comes_up_empty(plane: Plane) -> None:
    """With `recover`, CloudNativePG is told to recover from the backups of the era before."""
    story = Story(plane.cluster, "rebuilt")
    plane.cluster.kubectl("create", "namespace", story.namespace)
    with function(plane):
        story.runs(SPEC)
        (archiver,) = story.database()["spec"]["plugins"]
        assert archiver["parameters"]["serverName"] == "rebuilt-shop-1-1-pg17"

    up.wipe(plane)
    up.start(plane)
    install(plane.cluster)
    govern(plane.cluster, {"database": {"objectStore": STORE, "era": 2, "recover": True}})
    plane.cluster.kubectl("create", "namespace", story.namespace)
    with function(plane):
        story.write(SPEC)
        spec = wait(story.database, bool)["spec"]
        owned = {"database": "shop", "owner": "shop"}
        assert spec["bootstrap"] == {"recovery": {"source": "origin", **owned}}
        (origin,) = spec["externalClusters"]
        before = {"barmanObjectName": "shop-db-origin", "serverName": "rebuilt-shop-1-1-pg17"}
        assert origin["plugin"]["parameters"] == before
        assert spec["plugins"][0]["parameters"]["serverName"] == "rebuilt-shop-2-1-pg17"
        store = wait(lambda: plane.cluster.get(OBJECT_STORE, "shop-db-origin", story.namespace) or {}, bool)
        assert store["spec"]["configuration"]["destinationPath"] == "s3://backups/rebuilt"
        story.postgres_is_healthy()
        story.reconciled(SPEC)
        assert story.claim()["status"]["database"]["storage"] == "40Gi"
