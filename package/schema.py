"""Models → structural OpenAPI schemas, as the API server wants them.

They carry no defaults: the API server would freeze a profile's into objects.
"""

from collections.abc import Mapping
from typing import Any

from function.api.model import RULES, Model
from function.place import Manifest

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
"""Keywords that a structural schema may have, of all that a JSON Schema has."""


def openapi(model: type[Model]) -> Manifest:
    """A model's structural OpenAPI schema."""
    whole = model.model_json_schema(by_alias=True)
    return structural(whole, whole.get("$defs", {}))


def structural(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Manifest:
    """A JSON Schema without references, nulls, titles and defaults."""
    if "$ref" in schema:
        target = definitions[schema["$ref"].rpartition("/")[2]]
        return structural({**target, **{k: v for k, v in schema.items() if k != "$ref"}}, definitions)
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        return structural({**branches[0], **{k: v for k, v in schema.items() if k != "anyOf"}}, definitions)
    done: Manifest = {}
    if "description" in schema:
        done["description"] = " ".join(schema["description"].split())
    done |= {keyword: schema[keyword] for keyword in schema if keyword in KEYWORDS}
    if "properties" in schema:
        done["properties"] = {key: structural(s, definitions) for key, s in schema["properties"].items()}
        done |= {"required": schema["required"]} if "required" in schema else {}
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), Mapping):
            done[keyword] = structural(schema[keyword], definitions)
    return done
