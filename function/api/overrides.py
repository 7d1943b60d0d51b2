"""`overrides` of a NodeApp: merge patches of composed objects."""

from typing import Annotated

from pydantic import Field, WithJsonSchema

PATCH = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}

Overrides = Annotated[
    dict[str, dict[str, object]],
    Field(max_length=32),
    WithJsonSchema({"type": "object", "additionalProperties": PATCH, "maxProperties": 32}),
]
"""Key of a composed object → a merge patch of it. `object` is any value there, also null."""
