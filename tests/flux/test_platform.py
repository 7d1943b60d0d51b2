"""What the fleet does before any app, and which entries it lets in."""

from typing import Any

import pytest

from tests.flux.fleet import APPS, KUSTOMIZATION, SOURCE, Fleet
from tests.plane.flux import NAMESPACE
from tests.plane.kubectl import Json, RefusedError, wait

ENTRY: Json = {
    "name": "shop",
    "namespace": "shop",
    "team": "a",
    "repository": "http://127.0.0.1/shop.git",
    "environment": "dev",
}


def entry(name: str, values: Json) -> Json:
    """An entry of the registry."""
    return {
        "apiVersion": "fluxcd.controlplane.io/v1",
        "kind": "ResourceSetInputProvider",
        "metadata": {"name": name, "namespace": APPS, "labels": {"platform.io/inputs": "nodeapp"}},
        "spec": {"type": "Static", "defaultValues": values},
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "Shop"}, "name must be at most 40 lower case letters"),
        ({"name": "a" * 41}, "name must be at most 40 lower case letters"),
        ({"name": "null"}, "name must be at most 40 lower case letters"),
        ({"name": "shop\nkind: Secret"}, "name must be at most 40 lower case letters"),
        ({"name": 7}, "name must be at most 40 lower case letters"),
        ({"namespace": "another"}, "namespace must be the name of the entry"),
        ({"team": "A team"}, "team and environment must be DNS labels"),
        ({"environment": "../prod"}, "team and environment must be DNS labels"),
        ({"repository": "git@github.com:acme/shop"}, "repository must be an https address"),
        ({"repository": "http://user:password@host/shop"}, "repository must be an https address"),
        ({"branch": "main"}, "defaultValues must have exactly the keys"),
        ({"team": None}, "defaultValues must have exactly the keys"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(fleet: Fleet, changed: Json, sentence: str) -> None:
    """With a sentence, before anything is made of it."""
    values = {key: value for key, value in (ENTRY | changed).items() if value is not None}
    with pytest.raises(RefusedError, match=sentence):
        fleet.cluster.apply(entry("shop", values))


@pytest.mark.parametrize("namespace", ["kube-system", "flux-apps", "default", "cert-manager", "cnpg-system"])
def test_the_clusters_own_namespaces_are_refused(fleet: Fleet, namespace: str) -> None:
    """An entry would change their labels and give rights in them."""
    with pytest.raises(RefusedError, match="none of the cluster's own"):
        fleet.cluster.apply(entry(namespace, ENTRY | {"namespace": namespace}))


def test_a_refused_entry_says_so_at_the_fleets_commit(fleet: Fleet) -> None:
    """And no other entry of that commit is lost for long: it is tried again once the bad one is mended."""
    repository: Any = fleet.repository
    fleet.register("wrong", repository, name="Wrong")
    fleet.poll("flux-system", NAMESPACE)
    message = fleet.says(KUSTOMIZATION, "registry", "registry/wrong.yaml: name must be", namespace=NAMESPACE)
    assert "denied" in message
    (repository.clone / "registry" / "wrong.yaml").unlink()
    repository.push("fix: take it out")
    fleet.poll("flux-system", NAMESPACE)
    fleet.is_green(KUSTOMIZATION, "registry", NAMESPACE)
    assert not fleet.see(SOURCE, "wrong")


def test_an_entry_is_found_although_flux_operator_is_killed(fleet: Fleet) -> None:
    """It goes on where it was."""
    fleet.restart("flux-operator")
    fleet.register("found", fleet.repository)
    fleet.poll("flux-system", NAMESPACE)
    wait(lambda: fleet.see(SOURCE, "found"), bool, 120)
    fleet.remove("found")
    fleet.gone(SOURCE, "found")
