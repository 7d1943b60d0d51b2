"""Models → structural OpenAPI schemas, which the API server requires.

They have no defaults: the API server would write today's default into each object, for ever.
"""

from collections.abc import Mapping
from typing import Any

from function.api.model import RULES, Model

KEYWORDS = frozenset(
    {
        "type",
        "enum",
        "minimum",
        "maximum",
        "maxLength",
        "minItems",
        "maxItems",
        "maxProperties",
        "anyOf",
        RULES,
        "x-kubernetes-int-or-string",
        "x-kubernetes-preserve-unknown-fields",
    }
)
"""Keywords of a JSON Schema that a structural schema may have."""


def openapi(model: type[Model]) -> dict[str, Any]:
    """A model's structural OpenAPI schema."""
    whole = model.model_json_schema(by_alias=True)
    return structural(whole, whole.get("$defs", {}))


def structural(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON Schema without references, nulls, titles and defaults."""
    if "$ref" in schema:
        target = definitions[schema["$ref"].rpartition("/")[2]]
        return structural({**target, **{k: v for k, v in schema.items() if k != "$ref"}}, definitions)
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        return structural({**branches[0], **{k: v for k, v in schema.items() if k != "anyOf"}}, definitions)
    structure: dict[str, Any] = {}
    if "description" in schema:
        structure["description"] = " ".join(schema["description"].split())
    structure |= {keyword: schema[keyword] for keyword in schema if keyword in KEYWORDS}
    if "properties" in schema:
        structure["properties"] = {key: structural(s, definitions) for key, s in schema["properties"].items()}
        structure |= {"required": schema["required"]} if "required" in schema else {}
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), Mapping):
            structure[keyword] = structural(schema[keyword], definitions)
    return structure
