"""What pages say helps to look around works on a control plane with an app."""

import pytest

from tests.commands import blocks
from tests.followed.blocks import follow, run
from tests.plane.kubectl import Cluster

DEVELOPER, INSTALL = "docs/five-minutes.md", "docs/install.md"


@pytest.fixture(scope="module", autouse=True)
def app(cluster: Cluster) -> None:
    """The app of the page for developers, applied."""
    cluster.kubectl("create", "namespace", "shop")
    [block] = blocks(DEVELOPER, "2. Your app")
    run(cluster, block.commands.partition("nodeapp check")[0] + "kubectl apply -f nodeapp.yaml")


def test_an_app_is_shown(cluster: Cluster) -> None:
    """A developer sees the app's conditions."""
    run(cluster, "kubectl wait nodeapp/shop --namespace shop --for=condition=Accepted --timeout=60s")
    assert "FrontendReady" in follow(cluster, DEVELOPER, "5. In a cluster")


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("docs/troubleshooting.md", "Crossplane's own messages"),
        ("docs/operations.md", "When Crossplane can't go on"),
    ],
)
def test_the_xnodeapp_of_an_app_is_found(cluster: Cluster, page: str, heading: str) -> None:
    """The labels in the page's command lead to the XNodeApp, with the names of an app in their places."""
    [block] = blocks(page, heading)
    said = run(cluster, block.commands.replace("NAMESPACE", "shop").replace("APP", "shop"))
    assert "XNodeApp" in said


def test_packages_are_looked_at(cluster: Cluster) -> None:
    """The commands for packages that aren't Healthy work where nothing is wrong, too."""
    lock = {"apiVersion": "pkg.crossplane.io/v1beta1", "kind": "Lock", "metadata": {"name": "lock"}}
    cluster.apply(lock | {"packages": []})  # As Crossplane's own installation makes it.
    follow(cluster, INSTALL, "A package isn't Healthy")


def test_argo_cd_gets_its_health_checks(cluster: Cluster) -> None:
    """They go to the ConfigMap that Argo CD reads."""
    cluster.kubectl("create", "namespace", "argocd")
    follow(cluster, "docs/argo-cd.md", "Health")
    checks = cluster.get("configmap", "argocd-cm", "argocd")
    assert checks
    assert "resource.customizations.health.platform.io_NodeApp" in checks["data"]


def test_a_pull_secret_is_given(cluster: Cluster) -> None:
    """Crossplane takes the ImageConfig for a private registry."""
    block = next(each for each in blocks(INSTALL, "Publish the packages") if "pullSecretRef" in each.commands)
    run(cluster, "export USERNAME=reader PASSWORD=secret\n" + block.commands)
    assert "nodeapp-registry" in cluster.kubectl("get", "imageconfigs.pkg.crossplane.io")
