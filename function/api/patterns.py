"""Find the pattern of a text field, to tell what it looks like."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from function.api.json_values import Location
from function.api.model import Model, Rule

PATTERNS = ("self.matches(", "isQuantity(")
"""How the CEL begins of a rule about a text as a whole."""


def pattern_message(annotation: Any, where: Location) -> str:
    """The message of the rule whose pattern the text at a location matches; empty if there is none."""
    for type_, markers in alternatives(annotation):
        if not where:
            patterns = (m for m in markers if isinstance(m, Rule) and m.cel.startswith(PATTERNS))
            if rule := next(patterns, None):
                return rule.message
        elif found := pattern_message(of_step(type_, where[0]), where[1:]):
            return found
    return ""


def alternatives(annotation: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types that a value may have, each with its markers."""
    if get_origin(annotation) is Annotated:
        wrapped, *markers = get_args(annotation)
        yield from ((type_, (*inside, *markers)) for type_, inside in alternatives(wrapped))
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from alternatives(each)
    else:
        yield annotation, ()


def of_step(type_: Any, step: str | int) -> Any:
    """The type of what is below a step of a location, with its markers; None for an unknown field."""
    if isinstance(type_, type) and issubclass(type_, Model):
        fields = {field.alias or name: field for name, field in type_.model_fields.items()}
        field = fields.get(str(step))
        return Annotated[field.annotation, *field.metadata, None] if field else None
    return next(reversed(get_args(type_)), None)


def type_below(annotation: Any, step: str) -> Any:
    """The type of what is below a key, without markers; None for an unknown field."""
    of_steps = (of_step(type_, step) for type_, _ in alternatives(annotation))
    known = (type_ for each in of_steps if each is not None for type_, _ in alternatives(each))
    return next(known, None)
