"""Objects without what only the function itself reads, so that a difference is one that people asked for."""

from typing import Any

from function.api.names import HASH
from function.app import Object
from function.cli.snapshot import KEY
from function.components.database.keys import LAST_REQUESTED, MADE_WITH, RESTORE

RECORDS = (HASH, KEY, LAST_REQUESTED, MADE_WITH, RESTORE)
"""Annotations that repeat what the spec says."""

ANONYMOUS = ("uid", "resourceVersion")
"""What tells an object from others like it."""


def own(manifest: Object) -> dict[str, Any]:
    """An object without records, status, uid and version."""
    metadata = {key: value for key, value in manifest["metadata"].items() if key not in ANONYMOUS}
    kept = {key: value for key, value in metadata.get("annotations", {}).items() if key not in RECORDS}
    metadata = {key: value for key, value in (metadata | {"annotations": kept}).items() if value}
    return {key: value for key, value in manifest.items() if key != "status"} | {"metadata": metadata}
