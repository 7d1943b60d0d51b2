"""Explain errors in an object: which field, what is wrong, and what to write instead."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

import pydantic

from function.api.model import Model

Location = tuple[str | int, ...]

SENTENCES = {
    "missing": "is required",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "int_type": "must be a whole number",
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be a map",
    "model_type": "must be a map",
    "literal_error": "must be {expected}",
    "string_too_long": "must have at most {max_length} characters",
    "too_long": "must have at most {max_length} entries",
    "too_short": "must have at least {min_length} entry",
}
"""pydantic's error type → our sentence. Other types keep pydantic's message."""

SHORT = 60
"""Characters. A message doesn't repeat a longer value."""


def explain(error: pydantic.ValidationError, model: type[Model]) -> Iterator[tuple[Location, str]]:
    """Location and message of each error."""
    for detail in error.errors(include_url=False):
        sentence = SENTENCES.get(detail["type"])
        message = (
            sentence.format(**detail.get("ctx", {}))
            if sentence
            else detail["msg"].removeprefix("Value error, ")
        )
        if detail["type"] == "missing":
            message += meaning(model, detail["loc"])
        given = detail["input"]
        if isinstance(given, str | int | float) and not (isinstance(given, str) and len(given) > SHORT):
            message += f", not {given!r}" if isinstance(given, str) else f", not {str(given).lower()}"
        yield detail["loc"], message


def sentences(error: pydantic.ValidationError, model: type[Model], root: str) -> list[str]:
    """One sentence for each error, with the field's path."""
    return [f"{dotted(root, where)}: {message}" for where, message in explain(error, model)]


def dotted(root: str, where: Location) -> str:
    """A path as text, such as spec.backend.port."""
    return ".".join(map(str, (root, *where)))


def unknown(annotation: Any, given: Any) -> Iterator[tuple[Location, str]]:
    """Keys that no model within a type has, each with the nearest key that it has."""
    if not isinstance(given, Mapping):
        return
    if get_origin(annotation) is dict:
        for key, value in given.items():
            yield from below((key,), unknown(get_args(annotation)[1], value))
    elif not (isinstance(annotation, type) and issubclass(annotation, Model)):
        for argument in get_args(annotation):
            yield from unknown(argument, given)
    else:
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        for key, value in given.items():
            if key in fields:
                yield from below((key,), unknown(fields[key], value))
            else:
                near = difflib.get_close_matches(str(key), fields, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(fields)}"
                yield (key,), f"is unknown; {hint}"


def below(where: Location, problems: Iterator[tuple[Location, str]]) -> Iterator[tuple[Location, str]]:
    """The same problems, with their locations below a path."""
    return ((where + inner, message) for inner, message in problems)


def meaning(model: type[Model], where: Location) -> str:
    """What a field is for, from its docstring's first sentence."""
    field = next((f for name, f in model.model_fields.items() if where == (f.alias or name,)), None)
    description = (field.description or "") if field else ""
    return f": {description.partition('. ')[0].partition(';')[0].rstrip('.')}" if description else ""
