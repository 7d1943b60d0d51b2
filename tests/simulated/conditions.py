"""Conditions as Crossplane keeps them: a type once there is never dropped."""

from tests.simulated.server_side_apply import Manifest

SYSTEM_CONDITIONS = ("Ready", "Synced", "Healthy", "UpToDate", "Responsive")
"""Types that functions can't set."""


def condition(type_: str, status: str, reason: str, message: str = "") -> Manifest:
    """A condition, without a time."""
    fields = {"type": type_, "status": status, "reason": reason}
    return fields | ({"message": message} if message else {})


def set_condition(conditions: list[Manifest], new: Manifest, now: str, generation: int = 0) -> list[Manifest]:
    """The conditions with one set. Nothing changes, not even the time, where it says the same."""
    stamped = new | ({"observedGeneration": generation} if generation else {})
    stamped = {key: item for key, item in stamped.items() if key != "lastTransitionTime"}
    old = next((c for c in conditions if c["type"] == new["type"]), None)
    done = stamped | {"lastTransitionTime": now}
    if old is None:
        return [*conditions, done]
    return conditions if same(old, stamped) else [done if c is old else c for c in conditions]


def same(old: Manifest, new: Manifest) -> bool:
    """Whether two say the same. A generation counts only where both have one."""
    keys = ["status", "reason", "message"]
    if old.get("observedGeneration") and new.get("observedGeneration"):
        keys.append("observedGeneration")
    return all(old.get(key) == new.get(key) for key in keys)


def get_condition(manifest: Manifest | None, type_: str) -> Manifest | None:
    """The condition of this type of an object; None if it has none."""
    conditions = (manifest or {}).get("status", {}).get("conditions", [])
    return next((c for c in conditions if c["type"] == type_), None)
