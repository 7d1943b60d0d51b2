"""Objects as protobuf carries them."""

from typing import Any

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from tests.simulated.server_side_apply import Manifest


def struct(manifest: Manifest) -> Struct:
    """An object as a Struct."""
    return Struct(fields={key: value(item) for key, item in manifest.items()})


def patched(target: Struct, old: Manifest, new: Manifest) -> None:
    """Turn the Struct of an object into that of a later version of it: most of an object stays."""
    for key in old.keys() - new.keys():
        del target.fields[key]
    for key, item in new.items():
        before = old.get(key)
        if key in old and before == item:
            continue
        if isinstance(before, dict) and isinstance(item, dict):
            patched(target.fields[key].struct_value, before, item)
        else:
            target.fields[key].CopyFrom(value(item))


def value(item: Any) -> Value:
    """One value. Numbers are all doubles, as Crossplane sends them."""
    match item:
        case None:
            return Value(null_value=0)  # type: ignore[arg-type]
        case bool():
            return Value(bool_value=item)
        case int() | float():
            return Value(number_value=item)
        case str():
            return Value(string_value=item)
        case dict():
            return Value(struct_value=struct(item))
        case _:
            return Value(list_value=ListValue(values=[value(each) for each in item]))


def manifest(given: Struct) -> Manifest:
    """A Struct as an object. Crossplane reads whole numbers as integers."""
    return {key: plain(given.fields[key]) for key in sorted(given.fields)}


def plain(given: Value) -> Any:
    """One value."""
    match given.WhichOneof("kind"):
        case "struct_value":
            return manifest(given.struct_value)
        case "list_value":
            return [plain(each) for each in given.list_value.values]
        case "number_value":
            return int(given.number_value) if given.number_value.is_integer() else given.number_value
        case "string_value":
            return given.string_value
        case "bool_value":
            return given.bool_value
        case _:
            return None
