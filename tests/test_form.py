"""The template's form takes what the function takes, but for names that would be misread or taken."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import ValidationError

from function.api.backend import Backend
from function.api.database import Database
from function.identity import misnamed
from tests.generate import ROOT

TEMPLATE = yaml.safe_load((ROOT / "example" / "backstage" / "template.yaml").read_text())
FIELDS: dict[str, Any] = {
    name: field for page in TEMPLATE["spec"]["parameters"] for name, field in page["properties"].items()
}
NAMES = ("a", "a1", "dashboard", "a" * 40, "a" * 41, "1a", "-a", "a-", "A", "a_b", "a.b", "a-b", "a--b", "")
DATABASES = (
    "_",
    "metrics",
    "d" * 63,
    "d" * 64,
    "1st",
    "a-b",
    "A",
    "",
    "postgres",
    "template1",
    "pg_x",
    "cnpg_x",
)
PORTS = (0, 80, 1023, 1024, 3001, 65535, 65536)
WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
"""What YAML 1.1 reads as something else than text."""
TAKEN = (
    "default",
    "kube-system",
    "flux-system",
    "flux-apps",
    "crossplane-system",
    "cert-manager",
    "monitoring",
)


def takes(field: str, value: object) -> bool:
    """Whether the form does."""
    return Draft7Validator(FIELDS[field]).is_valid(value)


def accepts(model: type[Backend] | type[Database], **slice_: object) -> bool:
    """Whether the function does."""
    try:
        model.model_validate(slice_)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", NAMES)
def test_names_of_apps(name: str) -> None:
    """As the function reads them."""
    assert takes("name", name) == (not misnamed(name))


@pytest.mark.parametrize("name", DATABASES)
def test_names_of_databases(name: str) -> None:
    """As the API has them."""
    assert takes("database", name) == accepts(Database, name=name)


@pytest.mark.parametrize("port", PORTS)
def test_ports(port: int) -> None:
    """As the API has them."""
    assert takes("port", port) == accepts(Backend, port=port)


@pytest.mark.parametrize("field", ["name", "database", "team"])
def test_words_that_yaml_misreads_are_no_names(field: str) -> None:
    """They would arrive as booleans or nothing."""
    assert not [word for word in WORDS if takes(field, word)]


def test_namespaces_of_the_cluster_are_no_names() -> None:
    """An app's name is its namespace's."""
    assert not [name for name in TAKEN if takes("name", name)]


def test_metrics_have_their_port_to_themselves() -> None:
    """A backend can't serve both on one port."""
    assert not takes("port", 9464)


@pytest.mark.parametrize("page", TEMPLATE["spec"]["parameters"], ids=lambda page: page["title"])
def test_fields_have_words_for_people(page: dict[str, Any]) -> None:
    """One that can be wrong says what to write instead."""
    bounded = {name for name, field in page["properties"].items() if {"pattern", "minimum"} & set(field)}
    assert bounded == set(page.get("errorMessage", {}).get("properties", {}))
