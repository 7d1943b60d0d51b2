"""Make malformed requests out of real ones: other values in the objects, or other bytes."""

from random import Random
from typing import Any, NamedTuple

from tests.damage import Damage, apply_damage, steps
from tests.malformed.encoding import encoded
from tests.request_strategies import Parts, moments

DEPTHS = (24, 26, 33, 34, 60, 200)
"""Levels of nested values: around the limits of the API, of protobuf, and of Python's stack."""
BYTES = (b"\xff", b"\x00", b"\x80", b"\xed\xa0\x80", b"\xc3", b"\x0a", b"\x12", b"\x1a")
"""Bytes that end no text in UTF-8, a surrogate, and tags of protobuf's fields."""

OFTEN = (("xr", "spec"), ("xr", "status"), ("xr", "metadata"), ("required", "platform"))
"""Where people write. Half of the other values stand there."""


class Malformed(NamedTuple):
    """A malformed request."""

    moment: str
    """The state of the app, which tests.request_strategies has."""
    what: str
    """What was done to the real request."""
    data: bytes


def malformed(random: Random) -> Malformed:
    """A malformed request. A third have other bytes, the others other values."""
    moment = random.choice(sorted(moments()))
    parts = moments()[moment]
    if random.random() < 1 / 3:
        change = random.choice(BYTE_CHANGES)
        data = encoded(parts)
        for _ in range(random.randint(1, 4)):
            data = change(random, data)
        return Malformed(moment, change.__name__, data)
    damages = [damage(random, parts._asdict()) for _ in range(random.randint(1, 3))]
    whole = dict.fromkeys(Parts._fields) | apply_damage(parts._asdict(), damages)
    what = "; ".join(
        f"{'.'.join(map(str, d.path))}: {'gone' if d.gone else describe(d.instead)}" for d in damages
    )
    return Malformed(moment, what, encoded(Parts(**whole)))


def describe(value: Any) -> str:
    """A value, shortened."""
    return repr(value)[:60]


def damage(random: Random, tree: Any) -> Damage:
    """One value of the request is missing, or another one. Half the time it is one of OFTEN."""
    path: list[Any] = []
    at = tree
    if random.random() < 1 / 2:
        path = list(random.choice(OFTEN))
        for step in path:
            at = at[step] if step in steps(at) else {}
    while children := steps(at):
        path.append(random.choice(children))
        at = at[path[-1]]
        if random.random() < 1 / 4:
            break
    return Damage(tuple(path) or ("xr",), random.random() < 1 / 4, junk(random))


def junk(random: Random) -> Any:
    """A value that the field doesn't take, or that nothing can carry."""
    return nested(random) if random.random() < 1 / 6 else random.choice(JUNK)


def nested(random: Random) -> Any:
    """Maps in maps, or lists in lists, or both."""
    value: Any = "x"
    kinds = random.choice(["m", "l", "ml"])
    for _ in range(random.choice(DEPTHS)):
        value = {"a": value} if random.choice(kinds) == "m" else [value]
    return value


JUNK: tuple[Any, ...] = (
    # Empty, and of another type.
    *(None, True, False, "", " ", "x", [], {}, {"": ""}, {"name": 1}, {"spec": []}, {"metadata": "x"}),
    # Numbers that no field takes, or no JSON has.
    *(float("nan"), float("inf"), float("-inf"), 1e300, -1e300, 2.0**53 + 2, 0.5, -1),
    # Lists with nothing in them.
    *([None], [[]], [{}], {"a": None}, [float("nan")], {"a": [None]}),
    # Text that isn't what it looks like.
    *("9" * 5000, "1e999999999", "-1Gi", "NaN", "0x10", "\u0663", "\u0000", "\uffff", "\u00e9" * 300),
    *("{{ .Values.image }}", "${IMAGE}", "'; DROP TABLE apps; --", "2026-13-45T99:99:99Z", "a/b/c/d"),
    *("[" * 5000, '{"a":' * 2000),
)


def flip(random: Random, data: bytes) -> bytes:
    """One bit is another one."""
    at = random.randrange(len(data) or 1)
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :] if data else data


def insert(random: Random, data: bytes) -> bytes:
    """Some bytes stand between."""
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(BYTES) + data[at:]


def replace(random: Random, data: bytes) -> bytes:
    """Some bytes are others, of the same count: lengths stay right."""
    new = random.choice(BYTES)
    at = random.randrange(len(data) + 1)
    return data[:at] + new + data[at + len(new) :]


def cut(random: Random, data: bytes) -> bytes:
    """A stretch is missing."""
    begin, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:begin] + data[min(end, begin + random.choice([1, 8, 10**6])) :]


def repeat(random: Random, data: bytes) -> bytes:
    """A stretch is there twice."""
    begin = random.randrange(len(data) + 1)
    stretch = data[begin : begin + random.choice([1, 16, 1024])]
    return data[:begin] + stretch + data[begin:]


def garbage(random: Random, data: bytes) -> bytes:
    """Nothing of the request is left."""
    return random.randbytes(random.randrange(200)) if data else data


BYTE_CHANGES = (flip, insert, replace, cut, repeat, garbage)
