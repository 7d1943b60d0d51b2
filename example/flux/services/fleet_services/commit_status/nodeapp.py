"""What a NodeApp says about its own spec: it runs, it was refused, or neither yet.

The rules are those of the health expressions with which Flux judges a NodeApp.
"""

from collections.abc import Mapping
from typing import Any, Literal

CROSSPLANE = frozenset(
    (
        "claimRef",
        "compositeDeletePolicy",
        "compositionRef",
        "compositionRevisionRef",
        "compositionRevisionSelector",
        "compositionSelector",
        "compositionUpdatePolicy",
        "crossplane",
        "resourceRef",
        "resourceRefs",
        "writeConnectionSecretToRef",
    )
)
"""Keys of a NodeApp's spec that are Crossplane's. All others are its own, and are repeated in its status."""

Judgement = Literal["current", "failed", "in progress"]


def judge(nodeapp: Mapping[str, Any]) -> Judgement:
    """Whether what is asked for runs.

    The specs in the status are compared: right after an edit, Crossplane's conditions are still those of
    the spec before, with the generation of the new one.
    """
    spec, status = nodeapp.get("spec", {}), nodeapp.get("status", {})
    if same(spec, status.get("refused")):
        return "failed"
    conditions = {each["type"]: each for each in status.get("conditions", [])}
    generation = nodeapp["metadata"].get("generation")
    ready = all(
        conditions.get(name, {}).get("status") == "True"
        and conditions[name].get("observedGeneration") == generation
        for name in ("Synced", "Ready")
    )
    return (
        "current"
        if ready and status.get("ready") is True and same(spec, status.get("accepted"))
        else "in progress"
    )


def same(spec: Mapping[str, Any], echo: Mapping[str, Any] | None) -> bool:
    """Whether a spec is the one in the status. Crossplane's own keys don't count."""
    return echo is not None and {key: spec[key] for key in spec.keys() - CROSSPLANE} == echo


def sentence(nodeapp: Mapping[str, Any]) -> str:
    """The first thing that is wrong or held, in the NodeApp's own words; empty if all is well."""
    status = nodeapp.get("status", {})
    conditions = {each["type"]: each for each in status.get("conditions", [])}
    for name in ("Accepted", "", "Synced", "Ready"):
        condition = conditions.get(name, {})
        text = condition.get("message", "") if condition.get("status") == "False" else ""
        if text := (status.get("message", "") if not name else text):
            return str(text)
    return ""
