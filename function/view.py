"""A protobuf Struct as a lazy, read-only Mapping: nothing is converted that isn't read."""

from collections.abc import Iterator, Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value


class View(Mapping[str, Any]):
    """A Struct, read as the dict it stands for. Whole numbers are ints; a missing key stays missing."""

    __slots__ = ("_fields",)

    def __init__(self, struct: Struct) -> None:
        """Look at a Struct, which must not change meanwhile."""
        self._fields = struct.fields

    def __getitem__(self, key: str) -> Any:
        """The value of a key, converted now."""
        if key not in self._fields:  # Indexing alone would add the key to the message.
            raise KeyError(key)
        return convert(self._fields[key])

    def get(self, key: str, default: Any = None) -> Any:
        """As dict.get. Mapping's own would raise and catch a KeyError."""
        return convert(self._fields[key]) if key in self._fields else default

    def __contains__(self, key: object) -> bool:
        """Whether the key is there."""
        return key in self._fields

    def __iter__(self) -> Iterator[str]:
        """The keys, in no order that lasts."""
        return iter(self._fields)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._fields)


def convert(value: Value) -> Any:
    """The Python value of one Value. Maps stay lazy."""
    match value.WhichOneof("kind"):
        case "struct_value":
            return View(value.struct_value)
        case "list_value":
            return [convert(item) for item in value.list_value.values]
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
        case _:
            return None


def plain(value: Any) -> Any:
    """A value and all below it as sorted dicts and lists: whole numbers as ints, and no nulls.

    The API server stores no nulls either.
    """
    if isinstance(value, Mapping):
        return {key: plain(value[key]) for key in sorted(value) if value[key] is not None}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [plain(item) for item in value] if isinstance(value, list) else value
