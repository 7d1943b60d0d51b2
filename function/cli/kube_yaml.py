"""YAML as Kubernetes reads it (sigs.k8s.io/yaml), where that differs from PyYAML.

Dates and 12:30 are text, 1e3 and 0o17 are numbers, y and on are booleans.
"""

import math
import re
from typing import Any, ClassVar

import yaml

try:
    from yaml import CSafeDumper as SafeDumper
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # A PyYAML built without libyaml is slower, else the same.
    from yaml import SafeDumper, SafeLoader  # type: ignore[assignment]

TAG = "tag:yaml.org,2002:"
BOOL = r"y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
INT = r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)"
FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
NULL = r"~|null|Null|NULL|"

RESOLVERS = (
    ("bool", BOOL, list("yYnNtTfFoO")),
    ("int", INT, list("-+0123456789")),
    ("float", FLOAT, list("-+.0123456789")),
    ("null", NULL, ["~", "n", "N", ""]),
    ("merge", "<<", ["<"]),
)
"""The type of an unquoted scalar: tag, pattern, first characters. The first match wins, else it is text."""

WIDEST = 2**63
"""Kubernetes doesn't read whole numbers of this size or above as such."""

FIRST = (
    "apiVersion",
    "kind",
    "metadata",
    "name",
    "namespace",
    "image",
    "type",
    "status",
    "reason",
    "message",
    "url",
)
"""Keys that come first in every map, because people look for them first."""


class Loader(SafeLoader):
    """Reads scalars as Kubernetes does."""

    bool_values: ClassVar[dict[str, bool]] = {**SafeLoader.bool_values, "y": True, "n": False}

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Take over what a map merges. Each key is kept once: maps that merge others that merge others would
        have more pairs than the memory holds."""
        merges = any(key.tag == f"{TAG}merge" for key, _ in node.value)
        super().flatten_mapping(node)
        if merges:
            scalar = yaml.ScalarNode
            unique = {key.value if isinstance(key, scalar) else id(key): (key, v) for key, v in node.value}
            node.value = list(unique.values())

    def integer(self, node: yaml.ScalarNode) -> int | str:
        """A whole number. A leading 0 makes it octal. One that is too large for Kubernetes stays text."""
        text = node.value.replace("_", "").lower()
        digits = text.lstrip("-+")
        if len(digits) > WIDEST.bit_length():
            return str(node.value)
        octal = re.fullmatch("0[0-7]+", digits)
        number = int(digits, 8 if octal else 0 if digits[:2] in ("0b", "0o", "0x") else 10)
        return str(node.value) if number >= WIDEST else -number if text.startswith("-") else number

    def number(self, node: yaml.ScalarNode) -> float | str:
        """A number. 1.0 and 1e3 are whole numbers, as in JSON. Raises ValueError for infinity and NaN."""
        if node.value.lstrip("-+").lower() in (".inf", ".nan"):
            raise ValueError(node.value)  # JSON has no such number.
        number = float(node.value)
        if math.isinf(number):
            return str(node.value)
        return int(number) if number.is_integer() and abs(number) < WIDEST else number


class Dumper(SafeDumper):
    """Writes YAML that Loader, and any other reader, reads back unchanged."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature.
        """Write no aliases such as &id001, because people read the output."""
        return True

    def text(self, data: str) -> yaml.ScalarNode:
        """Text of several lines as a block, the way people write it."""
        return self.represent_scalar(f"{TAG}str", data, style="|" if "\n" in data else None)


Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in RESOLVERS:
    Loader.add_implicit_resolver(TAG + _tag, re.compile(f"^(?:{_pattern})$"), _first)
    Dumper.add_implicit_resolver(TAG + _tag, re.compile(f"^(?:{_pattern})$"), _first)
Loader.add_constructor(f"{TAG}int", Loader.integer)
Loader.add_constructor(f"{TAG}float", Loader.number)
Dumper.add_representer(str, Dumper.text)


def ordered(value: Any) -> Any:
    """The same value, with keys in the order of FIRST, then in alphabetical order."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), key))
        return {key: ordered(value[key]) for key in keys}
    return [ordered(item) for item in value] if isinstance(value, list) else value


def dump(objects: list[dict[str, Any]]) -> str:
    """Objects as a stream of YAML documents."""
    return yaml.dump_all(
        map(ordered, objects),
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        explicit_start=True,
        width=2**20,
    )
