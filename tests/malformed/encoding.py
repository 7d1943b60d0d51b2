"""Encode a request of any depth, as protobuf's own encoder for Python stops near a hundred levels."""

from functools import cache
from itertools import chain
from typing import Any

from function.edge import wire
from tests.request_strategies import Parts, moments


def encoded(parts: Parts) -> bytes:
    """A RunFunctionRequest with these objects. What protobuf can't carry is left out."""
    request = wire.Request()
    request.observed.composite.resource = once(mapping(parts.xr))
    for key, manifest in mapping(parts.observed).items():
        request.observed.resources[key].resource = once(mapping(manifest))
    for name, matches in mapping(parts.required).items():
        request.required_resources[name].SetInParent()
        for manifest in matches if isinstance(matches, list) else ():
            request.required_resources[name].items.add().resource = once(mapping(manifest))
    data: bytes = request.SerializeToString()
    return data


def mapping(value: Any) -> dict[str, Any]:
    """A map as it is; anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def once(manifest: dict[str, Any]) -> bytes:
    """An encoded object. Those of the real requests are encoded once."""
    remembered = unchanged().get(id(manifest))
    return struct(manifest) if remembered is None else remembered


@cache
def unchanged() -> dict[int, bytes]:
    """The encoded objects of the real requests, by the identity of the object."""
    objects = [
        each
        for parts in moments().values()
        for each in (parts.xr, *parts.observed.values(), *chain(*parts.required.values()))
    ]
    return {id(each): struct(each) for each in objects}


def struct(items: dict[str, Any]) -> bytes:
    """An encoded Struct."""
    data: bytes = wire.Struct(fields={key: value(item) for key, item in items.items()}).SerializeToString()
    return data


def value(item: Any) -> Any:
    """A wire.Value. Numbers are all doubles, as Crossplane sends them."""
    kind = type(wire.Struct().fields["any"])
    match item:
        case None:
            return kind(null_value=0)
        case bool():
            return kind(bool_value=item)
        case int() | float():
            return kind(number_value=item)
        case str():
            return kind(string_value=item)
        case dict():
            return kind(struct_value=struct(item))
        case _:
            return kind(list_value=wire.ListValue(values=[value(each) for each in item]).SerializeToString())
