"""Whether a spec can be repeated in the status unchanged, and how many problems a message names."""

import json
from collections.abc import Mapping
from typing import Any

from function.api.json_values import TOO_DEEP, unfit
from function.explain import dotted

KIB = 1024
LARGEST = 128 * KIB
"""Bytes of a spec as JSON. While an edit is refused, an object has three specs: its own, the accepted one and
the refused one. managedFields name each of their fields again, so three times 128 KiB may become 800 KiB.
etcd takes 1.5 MiB (--max-request-bytes), and above that Crossplane can't write the status at all."""
LARGEST_ENCODED = 8 * LARGEST
"""Bytes of a spec as protobuf. One of up to LARGEST bytes as JSON has fewer: the worst are lists of digits,
with 11 bytes for the 2 of JSON. A larger one isn't decoded: 10 MiB would take seconds."""
PROBLEMS = 20
"""So many problems are in a message. A long list of wrong items would make the object too large, too."""


FIELDS = 8
"""Most fields that are named with one problem."""
CHARACTERS = 2000
"""Most characters of a problem. Names of variables and keys of maps may be as long as a spec."""


def listed(problems: list[str]) -> str:
    """Problems as one message of a bounded length. What is said of several fields is said once."""
    said = together(problems)
    more = len(said) - PROBLEMS
    shown = [one if len(one) <= CHARACTERS else f"{one[:CHARACTERS]}…" for one in said[:PROBLEMS]]
    return "; ".join((*shown, *([f"and {more} more problems"] if more > 0 else [])))


def together(problems: list[str]) -> list[str]:
    """Problems that say the same as one, with all their fields.

    A rule with a colon in it is long, as it lists what is allowed or says why. It is said once, and the
    remedies behind it each in turn: "spec.frontend.image, spec.backend.image: must be in one of: …; push a:1;
    push b:1".
    """
    fields: dict[str, list[str]] = {}
    remedies: dict[str, list[str]] = {}
    for problem in problems:
        where, _, said = problem.partition(": ")
        rule, _, remedy = said.partition("; ") if ": " in said.partition("; ")[0] else (said, "", "")
        fields.setdefault(rule, []).append(where)
        remedies.setdefault(rule, []).append(remedy)
    return ["; ".join((f"{named(each)}: {rule}", *unique(remedies[rule]))) for rule, each in fields.items()]


def named(fields: list[str]) -> str:
    """The first of some fields, and how many more there are."""
    more = [f"{len(fields) - FIELDS} more"] if len(fields) > FIELDS else []
    return ", ".join((*fields[:FIELDS], *more))


def unique(texts: list[str]) -> list[str]:
    """Texts that aren't empty, each once, in their order."""
    return list(filter(None, dict.fromkeys(texts)))


def undecodable(encoded: bytes | None) -> str:
    """Why an encoded spec isn't decoded, as a sentence; empty if it is. None: it is nested too deeply."""
    if encoded is None:
        return f"spec: {TOO_DEEP}"
    return too_large(f"far more than {LARGEST // KIB} KiB as JSON") if len(encoded) > LARGEST_ENCODED else ""


def oversized(asked: Mapping[str, Any]) -> str:
    """Why a spec is too large, as a sentence; empty if it isn't."""
    bytes_ = len(json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode())
    return too_large(f"{-(-bytes_ // KIB)} KiB as JSON") if bytes_ > LARGEST else ""


def too_large(size: str) -> str:
    """That a spec of a size is too large."""
    return (
        f"spec: has {size}, and at most {LARGEST // KIB} KiB are taken, as the "
        "status repeats the spec; move large values to a ConfigMap, and name it in configMaps"
    )


def misfits(asked: Mapping[str, Any]) -> list[str]:
    """Why a spec can't be carried unchanged, as sentences. The spec is the second level of its object."""
    return [f"{dotted('spec', where)}: {message}" for where, message in unfit(asked, level=2)]
