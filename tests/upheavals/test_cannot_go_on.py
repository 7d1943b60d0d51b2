"""When Crossplane itself can't go on, `kubectl get nodeapp` shows it: ACCEPTED isn't True any more.

READY keeps its old value then, the message is that of before, and in the classic style SYNCED is the claim's.
"""

from collections.abc import Callable, Iterator

import pytest

from function.api.names import API_VERSION, CLAIM, GROUP
from function.components.optional import CLOUDNATIVE_PG, PROMETHEUS
from function.read import at
from tests import flux_health
from tests.live.judging import current, said
from tests.live.story import ROLLOUT
from tests.plane import crds, up
from tests.plane.kubectl import Cluster, Json, wait
from tests.plane.product import function, govern, install
from tests.plane.shared import needs_programs

NODEAPP = f"nodeapps.{GROUP}"
SPEC = {"team": "a", "environment": "dev", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}}
EDIT = SPEC | {"frontend": {"image": "ghcr.io/acme/web:1.4.0"}}
KEY = "crossplane.io/composition-resource-name"


@pytest.fixture(scope="module", params=["classic", "modern"])
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A control plane with the API in one style."""
    needs_programs(request.config)
    with up.plane() as own:
        up.start(own)
        install(own.cluster, request.param)
        with function(own):
            yield own.cluster


def write(cluster: Cluster, namespace: str, spec: Json) -> None:
    """A commit, applied."""
    metadata = {"name": "shop", "namespace": namespace}
    cluster.apply({"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": spec})


def runs(cluster: Cluster, namespace: str) -> None:
    """An app that is Ready, in a namespace of its own."""
    cluster.kubectl("create", "namespace", namespace)
    write(cluster, namespace, SPEC)
    reconciled(cluster, namespace, SPEC)


def reconciled(cluster: Cluster, namespace: str, spec: Json) -> None:
    """The app is what is written."""
    wait(lambda: nodeapp(cluster, namespace), lambda seen: current(seen, spec), ROLLOUT)
    assert columns(cluster, namespace)["ACCEPTED"] == "True"


def nodeapp(cluster: Cluster, namespace: str) -> Json:
    """The NodeApp now."""
    return cluster.get(NODEAPP, "shop", namespace) or {}


def columns(cluster: Cluster, namespace: str) -> dict[str, str]:
    """What `kubectl get nodeapp` shows, by the columns' names. Each column is as wide as its widest value."""
    header, line = cluster.kubectl("get", NODEAPP, "shop", "-n", namespace).splitlines()
    starts = {name: header.index(name) for name in header.split()}
    ends = [*list(starts.values())[1:], len(line)]
    return {name: line[start:end].strip() for (name, start), end in zip(starts.items(), ends, strict=True)}


def sees(cluster: Cluster, namespace: str, accepted: str) -> Json:
    """The NodeApp, once its column ACCEPTED shows this. Flux waits for its commit."""
    wait(lambda: columns(cluster, namespace), lambda shown: shown["ACCEPTED"] == accepted)
    assert columns(cluster, namespace)["READY"] == "True"
    seen = nodeapp(cluster, namespace)
    assert flux_health.nodeapp(seen) == "InProgress"
    return seen


def test_platform_is_gone(cluster: Cluster) -> None:
    """ACCEPTED is False, and the condition says what to apply."""
    runs(cluster, "gone")
    cluster.delete("platform", "default")
    write(cluster, "gone", EDIT)
    seen = sees(cluster, "gone", "False")
    assert said(seen, "Accepted")[1] == "PlatformMissing"
    assert "nothing is changed until it is applied again" in said(seen, "Accepted")[2]
    govern(cluster, {})
    reconciled(cluster, "gone", EDIT)


def test_quota_refuses_an_object(cluster: Cluster) -> None:
    """Crossplane stops at a 403 and drops what the function says. ACCEPTED is Unknown until there is room."""
    runs(cluster, "quota")
    quota = {"hard": {"count/services": "1"}}
    metadata = {"name": "few", "namespace": "quota"}
    cluster.apply({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": quota})
    wait(lambda: cluster.get("resourcequota", "few", "quota"), lambda seen: at(seen, "status", "used"))
    write(cluster, "quota", EDIT)
    seen = sees(cluster, "quota", "Unknown")
    assert said(seen, "BackendReady")[:2] == ("Unknown", "FatalError")
    cluster.delete("resourcequota", "few", "quota")
    reconciled(cluster, "quota", EDIT)


def test_annotation_of_an_object_is_taken_off(cluster: Cluster) -> None:
    """Crossplane can't tell the object any more, and goes on once the annotation is back."""
    runs(cluster, "bare")

    def annotate(value: str | None) -> None:
        cluster.patch("service", "shop-backend", "bare", {"metadata": {"annotations": {KEY: value}}})

    annotate(None)
    write(cluster, "bare", EDIT)
    sees(cluster, "bare", "Unknown")
    annotate("backend-service")
    reconciled(cluster, "bare", EDIT)


def test_podmonitors_are_missing(cluster: Cluster) -> None:
    """A Platform that names prometheus too early stops no app: they run without, and say so."""
    runs(cluster, "early")
    come_back = without(cluster, PROMETHEUS)
    govern(cluster, {"prometheus": {}})
    write(cluster, "early", EDIT)
    reconciled(cluster, "early", EDIT)
    seen = wait(lambda: nodeapp(cluster, "early"), lambda seen: said(seen, "Monitored")[0] == "False")
    assert "the cluster has no PodMonitors" in said(seen, "Monitored")[2]

    come_back()
    write(cluster, "early", SPEC)
    wait(lambda: nodeapp(cluster, "early"), lambda seen: said(seen, "Monitored")[1] == "Scraped", ROLLOUT)
    assert all(monitored_by(cluster, "early").values())

    write(cluster, "early", SPEC | {"monitoring": False})
    wait(lambda: monitored_by(cluster, "early"), lambda seen: not any(seen.values()), ROLLOUT)


def test_cloudnative_pg_is_missing(cluster: Cluster) -> None:
    """An app with a database runs without it, says so, and gets it once the operator's API is there."""
    come_back = without(cluster, CLOUDNATIVE_PG)
    cluster.kubectl("create", "namespace", "bereft")
    write(cluster, "bereft", SPEC | {"database": {}})
    seen = wait(lambda: nodeapp(cluster, "bereft"), lambda seen: said(seen, "BackendReady")[0] == "True")
    assert said(seen, "Accepted")[0] == "True"
    assert said(seen, "DatabaseReady")[:2] == ("False", "NoOperator")
    assert "the cluster has no CloudNativePG" in seen["status"]["message"]

    come_back()
    write(cluster, "bereft", EDIT | {"database": {}})
    wait(lambda: cluster.get("clusters.postgresql.cnpg.io", "shop-db", "bereft"), bool, ROLLOUT)
    # Its operator doesn't run here.
    made = ("Progressing", "NotReady")
    wait(lambda: said(nodeapp(cluster, "bereft"), "DatabaseReady")[1], lambda why: why in made)


def without(cluster: Cluster, api: str) -> Callable[[], None]:
    """Take an API's CRDs away. Returns what brings them back."""
    group = api.partition(".")[2]
    files = [file for file in crds.known().values() if f"group: {group}" in file.read_text()]
    for file in files:
        cluster.kubectl("delete", "-f", str(file))
    wait(lambda: cluster.get("apiservice", api), lambda seen: seen is None)

    def come_back() -> None:
        cluster.kubectl("apply", "--server-side", *(f"--filename={file}" for file in files))
        wait(lambda: cluster.get("apiservice", api), bool)

    return come_back


def monitored_by(cluster: Cluster, namespace: str) -> dict[str, Json | None]:
    """The objects for Prometheus and Grafana, each None where it isn't there."""
    names = {"podmonitors": "backend", "prometheusrules": "alerts", "configmaps": "grafana-dashboard"}
    return {kind: cluster.get(kind, f"shop-{name}", namespace) for kind, name in names.items()}
