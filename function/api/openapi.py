"""Models → structural OpenAPI schemas, which the API server requires.

They have no defaults: the API server would write today's default into each object, for ever.
"""

from collections.abc import Mapping
from typing import Any, get_args

from function.api.docstrings import docstrings
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
    definitions = whole.get("$defs", {})
    describe(whole, model)
    for each in below(model):
        qualified = f"{each.__module__}.{each.__qualname__}".replace(".", "__")
        describe(definitions.get(qualified) or definitions.get(each.__name__, {}), each)
    return structural(whole, definitions)


def below(model: type[Model]) -> set[type[Model]]:
    """The models that a model is made of, at any depth."""
    found: set[type[Model]] = set()
    left: list[Any] = [field.annotation for field in model.model_fields.values()]
    while left:
        annotation = left.pop()
        left += get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Model) and annotation not in found:
            found.add(annotation)
            left += [field.annotation for field in annotation.model_fields.values()]
    return found


def describe(schema: dict[str, Any], model: type[Model]) -> None:
    """Write the docstrings of a model's fields into its JSON Schema."""
    texts = docstrings(model)
    for name, field in model.model_fields.items():
        schema_of_field = schema.get("properties", {}).get(field.alias or name)
        if schema_of_field is not None and name in texts:
            schema_of_field.setdefault("description", texts[name])


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
