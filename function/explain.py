"""Explain errors in an object: which field, what is wrong, and what to write instead."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

import pydantic

from function.api.docstrings import docstrings
from function.api.json_values import Location
from function.api.model import Model
from function.api.patterns import pattern_message, type_below

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

EMPTY = "is empty; write a value or take it out"

SHORT = 60
"""Characters. A message doesn't repeat a longer value."""


def explain(error: pydantic.ValidationError, model: type[Model]) -> Iterator[tuple[Location, str]]:
    """Location and message of each error."""
    for detail in error.errors(include_url=False):
        type_, where, given = detail["type"], detail["loc"], detail["input"]
        sentence = SENTENCES.get(type_)
        message = (
            sentence.format(**detail.get("ctx", {}))
            if sentence
            else detail["msg"].removeprefix("Value error, ")
        )
        if type_ == "missing":
            yield where, message + meaning(model, where)
        elif given is None:
            yield where, EMPTY
        elif type_ == "string_type" and isinstance(given, dict | list):
            yield where, (pattern_message(model, where) or "must be text") + called(type_, given)
        else:
            yield where, message + called(type_, given) + instead(type_, given) + unrendered(given)


def called(type_: str, given: Any) -> str:
    """What is there instead, as the end of a message: the value, or its type if that is wrong."""
    if isinstance(given, dict | list):
        noun = "map" if isinstance(given, dict) else "list"
        return f", not a {noun}" if type_.endswith("_type") else ""
    shown = repr(given) if isinstance(given, str) else str(given).lower()
    return f", not {shown}" if len(shown) <= SHORT + 2 else ""


def instead(type_: str, given: Any) -> str:
    """What to write for a value of another type, as the end of a message; empty if that isn't plain."""
    if type_ == "list_type" and isinstance(given, str) and len(given) <= SHORT:
        return f"; write [{', '.join(given.replace(',', ' ').split())}]"
    if type_ in ("dict_type", "model_type") and isinstance(given, list) and given:
        name, value = (given[0].get(key) if isinstance(given[0], dict) else None for key in ("name", "value"))
        return f"; write {name}: {value}" if isinstance(name, str) and isinstance(value, str) else ""
    return ""


def unrendered(given: Any) -> str:
    """A hint for text that a template left over, as the end of a message."""
    left_over = isinstance(given, str) and re.search(r"\{\{|\$\{", given)
    return "; it looks like a template that nothing has rendered" if left_over else ""


def sentences(error: pydantic.ValidationError, model: type[Model], root: str) -> list[str]:
    """One sentence for each error, with the field's path."""
    return [f"{dotted(root, where)}: {message}" for where, message in explain(error, model)]


def dotted(root: str, where: Location) -> str:
    """A path as text, such as spec.backend.port."""
    return visible(".".join(map(str, (root, *where))))


def visible(text: str) -> str:
    """Text on one line. A key may have any character, also one that ends a line or moves a terminal's cursor:
    a message could then look like another one."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


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


def nothing_below(annotation: Any, given: Any) -> Iterator[tuple[Location, str]]:
    """Known fields that are null, each with what to write. In an `object`, null may mean something."""
    if annotation is object:
        return
    if given is None:
        is_map = isinstance(annotation, type) and issubclass(annotation, Model)
        yield (), "is empty; write {} or take it out" if is_map else EMPTY
    elif isinstance(given, Mapping):
        for key, value in given.items():
            if (inner := type_below(annotation, key)) is not None:
                yield from below((key,), nothing_below(inner, value))


def below(where: Location, problems: Iterator[tuple[Location, str]]) -> Iterator[tuple[Location, str]]:
    """The same problems, with their locations below a path."""
    return ((where + inner, message) for inner, message in problems)


def meaning(model: type[Model], where: Location) -> str:
    """What a field is for, from its docstring's first sentence."""
    field = next((name for name, f in model.model_fields.items() if where == (f.alias or name,)), "")
    description = docstrings(model).get(field, "") if field else ""
    return f": {description.partition('. ')[0].partition(';')[0].rstrip('.')}" if description else ""
