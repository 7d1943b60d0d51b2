"""What the pages about the API say of a field: type, bounds, default, rules and an example, as Markdown."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from function.api.model import RULES
from function.place import Manifest

Path = tuple[str, ...]
LONGEST = 110
"""Characters of a line."""


def dotted(path: Path) -> str:
    """A path as text, such as backend.allowFrom[].app."""
    return ".".join(path).replace(".[]", "[]")


def parted(description: str) -> tuple[str, str]:
    """A description without its sentence about the default, and that sentence's text."""
    before, found, rest = description.partition("Default: ")
    if not found:
        return description, ""
    told, _, after = f"{rest} ".partition(". ")
    return " ".join(f"{before} {after}".split()), told


def stated(given: Any, told: str) -> str:
    """What a field is if it isn't written."""
    if told:
        return f"default: {told}"
    if isinstance(given, bool | int | str):
        return f"default: {show(given)}"
    return "optional"


def show(value: Any) -> str:
    """A value as in YAML."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def kind(schema: Manifest) -> str:
    """The type of a field, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(f"`{each}`" for each in schema["enum"])
    if "additionalProperties" in schema:
        return f"map of {kind(schema['additionalProperties'])} by name"
    if "items" in schema:
        return f"list of {kind(schema['items'])}"
    if schema.get("x-kubernetes-int-or-string") or "anyOf" in schema:
        return "number or text"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object"}
    return words[schema["type"]]


def bounds(schema: Manifest) -> Iterator[str]:
    """The bounds of a field, in words."""
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        yield f"{least} to {most}"
    elif least is not None:
        yield f"at least {least}"
    for keyword, noun in (("maxLength", "characters"), ("maxItems", "entries"), ("maxProperties", "entries")):
        if keyword in schema:
            yield f"at most {schema[keyword]} {noun}"


def rules(schema: Manifest, title: str) -> Sequence[str]:
    """The rules of a field, or of the items of its list or map, as its messages."""
    own = [rule["message"] for rule in schema.get(RULES, ())]
    own += [rule["message"] for rule in schema.get("items", {}).get(RULES, ())]
    if not own:
        return []
    heading = f"{title}:\n\n" if title else ""
    listed = "\n".join("\n".join(wrapped(message, "- ")).rstrip() for message in dict.fromkeys(own))
    return [f"{heading}{listed}\n"]


def wrapped(text: str, bullet: str = "", *, markdown: bool = False) -> list[str]:
    """Text in short lines, with an empty one behind. `markdown`: it is marked up."""
    lines, indent = [bullet], " " * len(bullet)
    for word in (text if markdown else escaped(text)).split():
        if len(lines[-1]) + len(word) > LONGEST:
            lines.append(indent)
        lines[-1] += word if lines[-1] in (bullet, indent) else f" {word}"
    return [*(line for line in lines if line.strip()), ""] if text else []


def escaped(text: str) -> str:
    """Text in which Markdown sees no markup: names have * and <. What is `code` already stays."""
    parts = text.split("`")
    return "`".join(
        part if number % 2 else part.replace("*", r"\*").replace("<", "&lt;")
        for number, part in enumerate(parts)
    )


def example(path: Path, value: Any) -> str:
    """A field with a value, below all that it is within, as YAML."""
    document = value
    for step in reversed(path):
        document = [document] if step == "[]" else {step: document}
    flat = None if isinstance(document, dict) and isinstance(value, dict | list) else False
    return yaml.safe_dump(document, sort_keys=False, default_flow_style=flat, width=100)
