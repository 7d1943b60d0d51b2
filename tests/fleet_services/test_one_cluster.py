"""An app with dev and prod in one cluster: an entry for one of them doesn't touch the other."""

import pytest

from fleet_services.discovery.answer import before
from fleet_services.discovery.inputs import decide
from fleet_services.github.repositories import Repository
from tests.fleet_services.github import deployed

FOUND = {
    "id": "1",
    "name": "shop",
    "namespace": "shop",
    "repository": "https://github.com/acme/shop-deploy",
    "team": "web",
    "environment": "dev",
}


def entry(namespace: str, environment: str) -> dict[str, object]:
    """An entry of the registry."""
    values = FOUND | {"namespace": namespace, "environment": environment}
    return {"metadata": {"name": namespace}, "spec": {"type": "Static", "defaultValues": values}}


def answered(*entries: dict[str, object]) -> list[str]:
    """The apps that the discovery answers, of an app that it found before."""
    own = {
        "metadata": {"name": "discovery"},
        "spec": {"type": "ExternalService"},
        "status": {"exportedInputs": [FOUND]},
    }
    listed = [Repository.model_validate(deployed(1, "shop"))]
    return [each.namespace for each in decide(listed, before([own, *entries], "discovery"), set()).inputs]


def test_an_entry_for_prod_leaves_what_was_found_for_dev() -> None:
    """They have the same name, but other namespaces. An app that is left out would be removed."""
    assert answered(entry("shop-prod", "prod")) == ["shop"]


def test_an_entry_for_dev_takes_it_over() -> None:
    """The registry deploys it then, under the same names."""
    assert answered(entry("shop", "dev"), entry("shop-prod", "prod")) == []


@pytest.mark.parametrize(
    "address", ["https://github.com/Acme/Shop-Deploy", "https://github.com/acme/shop-deploy.git"]
)
def test_an_entry_has_its_repository_however_it_is_written(address: str) -> None:
    """GitHub ignores case and .git. The discovery doesn't deploy a second app from it."""
    own = {"metadata": {"name": "discovery"}, "spec": {"type": "ExternalService"}}
    values = FOUND | {"namespace": "shop-prod", "environment": "prod", "repository": address}
    registered = {"metadata": {"name": "shop-prod"}, "spec": {"type": "Static", "defaultValues": values}}
    listed = [Repository.model_validate(deployed(1, "shop"))]
    assert decide(listed, before([own, registered], "discovery"), set()).inputs == []
