"""JSON Schemas of what people write, for editors and for kubeconform.

They are stricter than the API's: an unknown field is an error. What CEL says with a pattern, they say too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from function.api.model import RULES, Model
from function.api.names import API_VERSION, CLAIM, COMPOSITE, SETTINGS_API_VERSION
from function.api.nodeapp import Spec
from function.api.openapi import openapi
from function.api.platform import Platform
from function.cli.apps import CROSSPLANE, SETTINGS

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest that both yaml-language-server and kubeconform know whole."""
KINDS: Mapping[str, tuple[str, type[Model]]] = {
    CLAIM: (API_VERSION, Spec),
    COMPOSITE: (API_VERSION, Spec),
    SETTINGS: (SETTINGS_API_VERSION, Platform),
}
"""Kind → its apiVersion, and the model of its spec."""
PATTERN = re.compile(r"(?P<not>!?)self\.matches\(r'(?P<pattern>[^']*)'\)")
"""A CEL rule that is a pattern."""
OF_KUBERNETES = "x-kubernetes-"
"""How keywords begin that only the API server knows."""


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind."""
    api_version, model = KINDS[kind]
    spec = strict(openapi(model))
    if model is Spec:
        spec["properties"] |= {key: {} for key in CROSSPLANE}
    return {
        "$schema": DRAFT,
        "description": spec["description"],
        "type": "object",
        "properties": {
            "apiVersion": {"const": api_version},
            "kind": {"const": kind},
            "metadata": {"type": "object"},
            "spec": spec,
            "status": {"type": "object"},
        },
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "additionalProperties": False,
    }


def file(kind: str) -> str:
    """Where kubeconform looks for it, in {{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json."""
    group, _, version = KINDS[kind][0].partition("/")
    return f"{group}/{kind.lower()}_{version}.json"


def strict(structure: Mapping[str, Any]) -> dict[str, Any]:
    """A structural schema as a JSON Schema in which an object has no other fields than the known ones."""
    kept = {key: value for key, value in structure.items() if not key.startswith(OF_KUBERNETES)}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), Mapping):
            kept[key] = strict(kept[key])
    if "properties" in kept:
        kept["properties"] = {key: strict(value) for key, value in kept["properties"].items()}
        if not structure.get(f"{OF_KUBERNETES}preserve-unknown-fields"):
            kept.setdefault("additionalProperties", False)
    if structure.get(f"{OF_KUBERNETES}int-or-string"):
        kept["type"] = ["integer", "number", "string"]
        kept.pop("anyOf", None)
    for keyword, value in patterns(structure):
        kept.setdefault(keyword, value)
    return kept


def patterns(structure: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The patterns among a schema's rules, the first of each kind with its message."""
    for rule in structure.get(RULES, ()):
        found = PATTERN.fullmatch(rule["rule"])
        if found and found["not"]:
            yield "not", {"pattern": found["pattern"]}
        elif found:
            yield "pattern", found["pattern"]
            yield "patternErrorMessage", rule["message"]
