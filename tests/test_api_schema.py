"""The schemas that Kubernetes gets: a manual of every field, and rules that are seen to refuse something."""

from collections.abc import Iterator
from typing import Any

import pytest

from function import accept
from function.api.model import RULES
from function.api.nodeapp import KEYS
from function.api.openapi import openapi
from function.api.platform import Platform
from function.cli.apps import CROSSPLANE
from function.compose import COMPONENTS
from package import generate as schema
from tests.verdicts import REFUSED


def test_every_rule_refuses_something() -> None:
    """Each rule of the spec is seen to refuse a spec, by the function and by a real API server."""
    messages = {
        rule["message"]
        for _, node in nodes(xrd_schema()["properties"]["spec"])
        for rule in node.get(RULES, ())
    }
    untried = {message for message in messages if not any(message in case["says"] for case in REFUSED)}
    assert not untried, f"add a row to tests/refused.yaml that each of these rules refuses: {untried}"


def nodes(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within a schema, with its path."""
    yield path, node
    for key, inner in node.get("properties", {}).items():
        yield from nodes(inner, f"{path}.{key}")
    for word in ("items", "additionalProperties"):
        if isinstance(node.get(word), dict):
            yield from nodes(node[word], f"{path}[]")


def xrd_schema() -> dict[str, Any]:
    """The schema that the XRD carries."""
    openapi: dict[str, Any] = schema.classic()["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    return openapi


@pytest.mark.parametrize("whole", [xrd_schema(), openapi(Platform)], ids=["NodeApp", "Platform"])
def test_schema_is_a_manual(whole: Any) -> None:
    """Every field is described, none has a default, and every rule has its message."""
    for path, node in nodes(whole):
        assert "default" not in node, path
        assert path in ("", ".spec", ".status") or path.endswith("[]") or node.get("description"), path
        assert all(rule["message"] for rule in node.get(RULES, ())), path


def test_columns_show_what_there_is() -> None:
    """Every printer column's path is a field of the status, of the column's type, or a condition's status."""
    fields = dict(nodes(xrd_schema()))
    conditions = {accept.ACCEPTED, *(each.condition for each in COMPONENTS if each.condition)}
    types = {f".status.conditions[?(@.type=='{each.name}')].status": "string" for each in conditions}
    for _, type_, path, _ in schema.COLUMNS:
        assert type_ == (types.get(path) or fields[path]["type"])


def test_no_key_is_crossplanes() -> None:
    """Crossplane's own keys of a claim's or XR's spec would replace ours of the same name."""
    theirs = {*CROSSPLANE, "publishConnectionDetailsTo"}
    assert not theirs & set(KEYS)
