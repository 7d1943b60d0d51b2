"""Whether what is desired at the end of a life is what was desired in the beginning, but for what is held."""

from function.names import HASH
from tests.simulated.server_side_apply import Manifest

KEY = "database-cluster"
PROTECTION = {f"deletion-protection{what}" for what in ("", "-xr", "-database", "-namespace")}
"""Keys of usages: a Retain that was in force stays in force."""
FAMILY = {
    *("database-networkpolicy", "database-objectstore", "database-backup", "database-origin"),
    "database-extensions",
}
"""Keys of what goes by how a database was made, and by its name: an adopted one has less of it."""
GROWN = {"imageName", "storage", "bootstrap", "externalClusters", "plugins", "description"}
"""Of a Cluster's spec: what only grows, and what is decided when it is made."""
NOTES = {
    *(HASH, "platform.io/deletion-policy", "platform.io/adopted", "platform.io/server-name"),
    *("platform.io/recovered-from", "platform.io/restore"),
}
"""The same, of its annotations."""


def same(first: dict[str, Manifest], now: dict[str, Manifest], *, lost: bool, waits: bool) -> None:
    """Fails where more than what is held differs.

    `lost`: there is no database that may be touched. `waits`: the backend waits for its database.
    """
    for key in (first.keys() | now.keys()) - PROTECTION - FAMILY:
        if (lost and key.startswith("database-")) or (waits and key == "backend-deployment"):
            continue
        if key == KEY:
            assert unheld(now[key], first[key])
        else:
            assert now[key] == first[key], key
    for key in first.keys() & now.keys() & FAMILY:
        assert now[key]["kind"] == first[key]["kind"]
    assert now.keys() & PROTECTION >= first.keys() & PROTECTION or lost


def unheld(now: Manifest, first: Manifest) -> bool:
    """Whether a Cluster is what it was at first, but for what is held."""
    adopted = "platform.io/adopted" in now["metadata"]["annotations"]
    held = GROWN | (first["spec"].keys() if adopted else set())
    return without(now, held) == without(first, held)


def without(cluster: Manifest, held: set[str]) -> Manifest:
    """A Cluster without some of its spec, and without what it says of itself."""
    metadata = cluster["metadata"]
    notes = {key: text for key, text in metadata["annotations"].items() if key not in NOTES}
    spec = {key: item for key, item in cluster["spec"].items() if key not in held}
    return cluster | {"spec": spec, "metadata": metadata | {"annotations": notes}}
