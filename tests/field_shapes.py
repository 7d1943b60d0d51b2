"""What Kubernetes knows below each field that an override may change, from Kubernetes' own schemas."""

import json
from collections.abc import Mapping
from typing import Any

from function.overridable import FIELDS
from tests.schemas import definitions_of_kubernetes, load

DEFINITIONS = definitions_of_kubernetes()["$defs"]

KINDS = {
    "Deployment": "deployment-apps-v1",
    "CronJob": "cronjob-batch-v1",
    "Service": "service-v1",
    "HorizontalPodAutoscaler": "horizontalpodautoscaler-autoscaling-v2",
    "PodDisruptionBudget": "poddisruptionbudget-policy-v1",
    "NetworkPolicy": "networkpolicy-networking-v1",
}
"""Kubernetes' own kinds among those of FIELDS, and the files of their schemas."""

Schema = Mapping[str, Any]


def shapes() -> str:
    """The generated file: kind → field → shape. `function.shapes` says what a shape is."""
    known = {
        kind: {
            field: shape(below(load(f"{file}.json") or {}, field))
            for field in FIELDS[kind]
            if not field.endswith((".labels", ".annotations"))
        }
        for kind, file in KINDS.items()
    }
    return json.dumps(known, indent=1, sort_keys=True) + "\n"


def below(schema: Schema, field: str) -> Schema:
    """The schema of a field."""
    for step in field.split("."):
        schema = resolved(schema)["properties"][step]
    return schema


def resolved(schema: Schema) -> Schema:
    """A schema without a reference at its root."""
    while "$ref" in schema:
        schema = DEFINITIONS[schema["$ref"].rpartition("/")[2]]
    return schema


def shape(schema: Schema) -> Any:
    """The shape of what a schema allows."""
    schema = resolved(schema)
    if "properties" in schema:
        return {key: shape(value) for key, value in schema["properties"].items()}
    if "items" in schema:
        return [shape(schema["items"])]
    if isinstance(schema.get("additionalProperties"), Mapping):
        return {"*": shape(schema["additionalProperties"])}
    types = schema.get("type", ["scalar"])
    return types if isinstance(types, str) else next(each for each in types if each != "null")
