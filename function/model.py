"""The base of every API model, and rules that Kubernetes and Python tell alike.

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

BY_PROFILE: Any = None
"""Default of a field that `resolve` fills in: optional to write, never None to a builder."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in two languages, with one message: `cel` for the API server, `ok` for everywhere else.

    As an `Annotated` marker it judges a value, in `Model.rules` a whole model.
    """

    cel: str
    ok: Callable[[Any], bool]
    message: str

    def judge(self, value: Any) -> Any:
        """The value, or ValueError with the message."""
        if not self.ok(value):
            raise ValueError(self.message)
        return value

    def said(self) -> dict[str, str]:
        """The rule as the API server wants it."""
        return {"rule": self.cel, "message": self.message}

    def __get_pydantic_core_schema__(self, source: Any, handler: pydantic.GetCoreSchemaHandler) -> CoreSchema:
        """Judge after the type and its bounds."""
        return core_schema.no_info_after_validator_function(self.judge, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: pydantic.GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the rule to what the value's schema says already."""
        found = handler(schema)
        return found | {RULES: [*found.get(RULES, ()), self.said()]}


def matches(pattern: str, message: str) -> Rule:
    """A rule: the whole string matches a pattern that Python and RE2 read alike."""
    whole = re.compile(pattern)
    return Rule(f"self.matches(r'^(?:{pattern})$')", lambda text: bool(whole.fullmatch(text)), message)


class Model(pydantic.BaseModel):
    """Base of every API model: camelCase on the wire, immutable, as strict about types as the XRD."""

    model_config = pydantic.ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        frozen=True,
        strict=True,
        use_attribute_docstrings=True,
    )

    rules: ClassVar[tuple[Rule, ...]] = ()
    """Rules about the model as a whole. They judge what is asked; an effective spec is never judged."""

    @pydantic.model_validator(mode="after")
    def coherent(self) -> Self:
        """Hold every rule, in order."""
        for rule in self.rules:
            rule.judge(self)
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: pydantic.GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the rules."""
        found = handler.resolve_ref_schema(handler(schema))
        if cls.rules:
            found[RULES] = [rule.said() for rule in cls.rules]
        return found

    def over(self, defaults: pydantic.BaseModel) -> Self:
        """This, with what it leaves out taken from the fields of the same name in the defaults."""
        mine = {name: value for name, value in defaults if getattr(self, name, ...) is None}
        return self.model_copy(update=mine)
