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
PROBLEMS = 20
"""So many problems are in a message. A long list of wrong items would make the object too large, too."""


def listed(problems: list[str]) -> str:
    """Problems as one message of a bounded length."""
    more = len(problems) - PROBLEMS
    return "; ".join((*problems[:PROBLEMS], *([f"and {more} more problems"] if more > 0 else [])))


def oversized(asked: Mapping[str, Any] | None) -> str:
    """Why a spec is too large, as a sentence; empty if it isn't."""
    bytes_ = len(json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode())
    if bytes_ <= LARGEST:
        return ""
    return (
        f"spec: has {-(-bytes_ // KIB)} KiB as JSON, and at most {LARGEST // KIB} KiB are taken, as the "
        "status repeats the spec; move large values to a ConfigMap, and name it in configMaps"
    )


def misfits(asked: Mapping[str, Any] | None) -> list[str]:
    """Why a spec can't be carried unchanged, as sentences. The spec is the second level of its object."""
    problems = [((), TOO_DEEP)] if asked is None else unfit(asked, level=2)
    return [f"{dotted('spec', where)}: {message}" for where, message in problems]
