"""What the cluster says about images: which are the newest, and which apps are frozen."""

import logging
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

LOG = logging.getLogger(__name__)
EVERYTHING = "*"
"""Stands for all apps in the list of those that are frozen."""


def images(newest: Mapping[str, str], policies: AbstractSet[str]) -> dict[str, str | None]:
    """The images that some policies select."""
    return {policy: newest.get(policy) for policy in policies}


def selected(policies: Iterable[Mapping[str, Any]], namespace: str) -> dict[str, str]:
    """The image that each policy selects now. One that selects none yet isn't there."""
    found = {}
    for each in policies:
        ref = each.get("status", {}).get("latestRef", {})
        if ref.get("name") and ref.get("tag"):
            digest = f"@{ref['digest']}" if ref.get("digest") else ""
            found[f"{namespace}:{each['metadata']['name']}"] = f"{ref['name']}:{ref['tag']}{digest}"
    return found


def names(file: Path) -> AbstractSet[str]:
    """The names in a file; all, if it can't be read: then nothing is known."""
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        LOG.warning("nothing is moved, because the list of frozen apps can't be read: %s", error)
        return {EVERYTHING}
    return {name for line in lines if (name := line.partition("#")[0].strip())}
