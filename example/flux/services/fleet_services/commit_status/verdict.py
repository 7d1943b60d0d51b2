"""What to say about a commit: Flux's verdict on a Kustomization, in the words of its NodeApp.

Flux alone decides when a commit is applied and healthy, so this status never contradicts Flux's own one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fleet_services.commit_status.nodeapp import judge, sentence

LONGEST = 140
"""Characters of a description that GitHub takes."""
HIGHEST = "\uffff"
"""The last character that GitHub takes there. For an emoji, it refuses the whole status."""
NOT_APPLIED = ("BuildFailed", "PruneFailed", "ReconciliationFailed")
"""Reasons of a Kustomization whose commit couldn't be applied. They are only given after the attempt.

Other reasons, such as DependencyNotReady, come before the attempt. The last attempted revision is then still
another commit, so nothing is said.
"""

State = Literal["pending", "success", "failure", "error"]
"""What GitHub takes. An error is no verdict: nobody will know whether this commit would have run."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the status says."""

    state: State
    description: str


def verdict(kustomization: Mapping[str, Any], nodeapp: Mapping[str, Any] | None) -> Verdict | None:
    """What to say about the last attempted commit; None if that isn't known."""
    status = kustomization.get("status", {})
    conditions = status.get("conditions", [])
    ready: Mapping[str, Any] = next((each for each in conditions if each["type"] == "Ready"), {})
    if ready.get("observedGeneration") != kustomization["metadata"]["generation"]:
        return None  # The Kustomization itself was edited, and the condition is from before.
    match ready.get("status"), ready.get("reason"):
        case "True", _ if status.get("lastAppliedRevision") == status["lastAttemptedRevision"]:
            return applied(kustomization, nodeapp)
        case "False", "HealthCheckFailed":
            return unhealthy(nodeapp, ready)
        case "False", reason if reason in NOT_APPLIED:
            return said("failure", refusal(ready.get("message", "")))
        case "Unknown", _:
            return said("pending", under_way(nodeapp))
    return None


def applied(kustomization: Mapping[str, Any], nodeapp: Mapping[str, Any] | None) -> Verdict | None:
    """The verdict on a commit that Flux found healthy."""
    if nodeapp is None:
        inventory = kustomization["status"].get("inventory", {}).get("entries", [])
        gone = not any(each.get("id", "").endswith("_NodeApp") for each in inventory)
        return said("success", "this commit has no NodeApp") if gone else None
    match judge(nodeapp):
        case "current":
            return success(nodeapp)
        case "failed":
            return said("failure", sentence(nodeapp))
    return said("pending", under_way(nodeapp))


def success(nodeapp: Mapping[str, Any]) -> Verdict:
    """The verdict on a commit that runs. What is held or not backed up is said."""
    url = nodeapp["status"].get("url")
    return said("success", sentence(nodeapp) or (f"runs as asked at {url}" if url else "runs as asked"))


def unhealthy(nodeapp: Mapping[str, Any] | None, ready: Mapping[str, Any]) -> Verdict:
    """The verdict on a commit that was applied and didn't become healthy in time, or was refused."""
    if nodeapp is not None and judge(nodeapp) == "current":
        return success(nodeapp)
    return said("failure", (sentence(nodeapp) if nodeapp else "") or ready.get("message", ""))


def superseded(by: str) -> Verdict:
    """The end of a wait that a newer commit ended.

    GitHub has no state for it. A success would be a lie, a failure would blame the commit, and pending would
    never end.
    """
    return said("error", f"Superseded by {by[:7]}")


def left() -> Verdict:
    """The end of a wait for a commit that the fleet doesn't deploy there any more."""
    return said("error", "The fleet doesn't deploy this any more")


def under_way(nodeapp: Mapping[str, Any] | None) -> str:
    """What is waited for. A NodeApp that is current may still have the spec of the commit before."""
    words = sentence(nodeapp) if nodeapp and judge(nodeapp) == "in progress" else ""
    return words or "Flux applies this commit"


def refusal(message: str) -> str:
    """The sentence in a Kustomization's message, without what the API server puts around it."""
    text = re.sub(r"^.*? (is invalid|denied the request): ", "", " ".join(message.split()))
    text = re.sub(r"^\[(.*)\]$", r"\1", text)
    text = re.sub(r",? ?<nil>: Invalid value: .*?existing errors to complete validation", "", text)
    return re.sub(r'Invalid value: (?:"(?:[^"\\]|\\.)*"|[^\s:]+): ', "", text)


def said(state: State, words: str) -> Verdict:
    """A verdict that GitHub takes."""
    plain = (each if each.isprintable() and each <= HIGHEST else "\ufffd" for each in " ".join(words.split()))
    text = "".join(plain)
    return Verdict(state, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
