"""Read an encoded Struct without converting it, and write one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from google.protobuf.message import DecodeError
from google.protobuf.struct_pb2 import Struct, Value

from function.edge import wire
from function.read import Lazy


class TooDeepError(ValueError):
    """Maps and lists are nested more deeply than protobuf decodes at once."""


class View(Lazy, Mapping[str, Any]):
    """An encoded Struct that reads like a dict. A value is decoded when it is first read.

    Whole numbers are ints; a missing key stays missing.
    """

    __slots__ = ("data", "fields")

    def __init__(self, data: bytes) -> None:
        """Take an encoded Struct."""
        self.data = data
        self.fields = wire.Struct.FromString(data).fields
        self.decoded: dict[str, Any] = {}

    def only(self, keys: Iterable[str]) -> "View":
        """The same with these keys and no others."""
        kept = {key: self.fields[key] for key in keys if key in self.fields}
        return View(wire.Struct(fields=kept).SerializeToString())

    def canonical(self) -> bytes:
        """The object, encoded: equal objects give equal bytes. Raises TooDeepError."""
        try:
            return Struct.FromString(self.data).SerializeToString(deterministic=True)
        except DecodeError as error:
            check_encoding(self.data)
            raise TooDeepError from error

    def get(self, key: Any, default: Any = None) -> Any:
        """As dict.get. Mapping's own would raise and catch a KeyError."""
        if key in self.decoded:
            return self.decoded[key]
        if key.__class__ is not str or key not in self.fields:  # Indexing would add it to the message.
            return default
        value = self.decoded[key] = to_python(self.fields[key])
        return value

    def texts(self, map_: str, *keys: str) -> list[str]:
        """The strings of keys in one of its maps; empty where there is none. The map isn't kept decoded."""
        if map_ not in self.fields:
            return [""] * len(keys)
        fields = wire.Struct.FromString(self.fields[map_].struct_value).fields
        return [fields[key].string_value if key in fields else "" for key in keys]

    def __getitem__(self, key: str) -> Any:
        """The value of a key."""
        if key not in self.fields:
            raise KeyError(key)
        return self.get(key)

    def __contains__(self, key: object) -> bool:
        """Whether the key is there."""
        return key in self.fields

    def __iter__(self) -> Iterator[str]:
        """The keys, in no order that lasts."""
        return iter(self.fields)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self.fields)


def check_encoding(data: bytes) -> None:
    """Decode a Struct level by level, however deep it is. Raises DecodeError if it isn't one."""
    left: list[tuple[Any, bytes]] = [(wire.Struct, data)]
    while left:
        type_, encoded = left.pop()
        message = type_.FromString(encoded)
        for value in message.values if type_ is wire.ListValue else message.fields.values():
            if value.WhichOneof("kind") == "struct_value":
                left.append((wire.Struct, value.struct_value))
            elif value.WhichOneof("kind") == "list_value":
                left.append((wire.ListValue, value.list_value))


def to_python(value: Any) -> Any:
    """The Python value of one wire.Value. Maps stay lazy."""
    match value.WhichOneof("kind"):
        case "string_value":
            return value.string_value
        case "struct_value":
            return View(value.struct_value)
        case "list_value":
            return [to_python(item) for item in wire.ListValue.FromString(value.list_value).values]
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case _:
            return None


def struct(manifest: Mapping[str, Any]) -> Struct:
    """An object as a Struct, without its Nones."""
    message = Struct()
    fill(message, manifest)
    return message


def fill(message: Struct, manifest: Mapping[str, Any]) -> None:
    """Write a map's items into a Struct, over those that are there."""
    fields = message.fields
    for key, item in manifest.items():
        if isinstance(item, str):  # Most are. A call for each would take as long again.
            fields[key].string_value = item
        elif item is not None:
            put(fields[key], item)


def put(value: Value, item: Any) -> None:
    """Write one value. Raises TypeError for what isn't JSON."""
    if isinstance(item, str):
        value.string_value = item
    elif isinstance(item, dict):
        below = value.struct_value
        below.Clear()
        fill(below, item)
    elif isinstance(item, list | tuple):
        items = value.list_value
        items.Clear()
        for each in item:
            put(items.values.add(), each)
    elif isinstance(item, bool):
        value.bool_value = item
    elif isinstance(item, int | float):
        value.number_value = item
    else:
        msg = f"{item!r} isn't JSON"
        raise TypeError(msg)
