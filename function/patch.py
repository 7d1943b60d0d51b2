"""JSON merge patches (RFC 7386)."""

from typing import Any


def merge(value: Any, patch: Any) -> Any:
    """A new value: the old one with a merge patch applied."""
    if not isinstance(patch, dict):
        return patch
    old = value if isinstance(value, dict) else {}
    changed = {key: merge(old.get(key), new) for key, new in patch.items() if new is not None}
    return {key: item for key, item in old.items() if key not in patch} | changed
