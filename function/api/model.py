"""The base of every API model, and rules that Kubernetes and Python apply alike.

A model is the one source of the XRD's schema, of the editor's JSON Schema and of validation. Field
docstrings become descriptions, so they are written for `kubectl explain`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pydantic
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, core_schema

RULES = "x-kubernetes-validations"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in two languages, with one message: `cel` for the API server, `ok` for everywhere else.

    Its field needs an upper bound, such as max_length: the API server refuses CEL whose cost may be too high.
    As an `Annotated` marker it validates a value, in `Model.rules` a whole model.
    """

    cel: str
    ok: Callable[[Any], bool]
    message: str

    def validate(self, value: Any) -> Any:
        """The value, or ValueError with the message."""
        if not self.ok(value):
            raise ValueError(self.message)
        return value

    def validation(self) -> dict[str, str]:
        """The rule as an item of x-kubernetes-validations."""
        return {"rule": self.cel, "message": self.message}

    def __get_pydantic_core_schema__(self, source: Any, handler: pydantic.GetCoreSchemaHandler) -> CoreSchema:
        """Validate after the type and its bounds."""
        return core_schema.no_info_after_validator_function(self.validate, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: pydantic.GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the rule to those that the value's schema has."""
        value = handler(schema)
        return value | {RULES: [*value.get(RULES, ()), self.validation()]}


def matches(pattern: str, message: str) -> Rule:
    """A rule: the whole string matches a pattern that means the same to Python and RE2."""
    whole = re.compile(pattern)
    return Rule(f"self.matches(r'^(?:{pattern})$')", lambda text: bool(whole.fullmatch(text)), message)


class Model(pydantic.BaseModel):
    """Base of every API model: camelCase in YAML, immutable, as strict about types as the XRD."""

    model_config = pydantic.ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        frozen=True,
        strict=True,
    )

    rules: ClassVar[tuple[Rule, ...]] = ()
    """Rules about the model as a whole."""

    @pydantic.model_validator(mode="after")
    def coherent(self) -> Self:
        """Apply every rule, in order. Raises ValueError for the first that fails."""
        for rule in self.rules:
            rule.validate(self)
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: pydantic.GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the rules."""
        model = handler.resolve_ref_schema(handler(schema))
        if cls.rules:
            model[RULES] = [rule.validation() for rule in cls.rules]
        return model
