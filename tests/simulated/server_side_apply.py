"""Server-side apply: who owns which field, and what an apply or an update makes of an object.

It follows sigs.k8s.io/structured-merge-diff. Paths are spelt as in managedFields.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Manifest = dict[str, Any]
Path = tuple[str, ...]

LISTS = {
    **dict.fromkeys(("containers", "initContainers", "volumes", "env", "imagePullSecrets"), ("name",)),
    "volumeMounts": ("mountPath",),
    "topologySpreadConstraints": ("topologyKey", "whenUnsatisfiable"),
    "ownerReferences": ("uid",),
}
"""Lists of Kubernetes' own kinds that are merged item by item, and what tells items apart."""
PORTS = {"Service": ("port", "protocol"), "Deployment": ("containerPort", "protocol")}
ATOMIC = {"selector", "labelSelector", "matchLabels", "secretKeyRef", "configMapKeyRef"}
"""Maps that have one owner."""


class Owner(NamedTuple):
    """One entry of managedFields."""

    manager: str
    operation: str = "Update"
    subresource: str = ""


Owners = Mapping[Owner, frozenset[Path]]


class MergeSchema(NamedTuple):
    """What the schema of a kind says about merging: all lists of a custom resource are atomic."""

    kind: str
    builtin: bool

    @classmethod
    def of(cls, manifest: Manifest) -> "MergeSchema":
        """The schema of an object's kind."""
        group = str(manifest.get("apiVersion")).rpartition("/")[0]
        return cls(str(manifest.get("kind")), "." not in group or group.endswith(".k8s.io"))

    def keys(self, field: str) -> tuple[str, ...]:
        """What tells the items of a list apart; empty where it is atomic."""
        if field == "ports" and self.builtin:
            return PORTS.get(self.kind, ())
        return LISTS.get(field, ()) if self.builtin or field == "ownerReferences" else ()


def element(item: Any, keys: tuple[str, ...]) -> str:
    """A list item's path element."""
    return f"k:{json.dumps({key: item.get(key) for key in keys}, separators=(',', ':'))}"


def owned(schema: MergeSchema, value: Any, path: Path = ()) -> Iterator[Path]:
    """Every field that whoever states a value owns."""
    field = path[-1][2:] if path else ""
    keys = schema.keys(field)
    if isinstance(value, dict) and value and field not in ATOMIC:
        for key, item in value.items():
            yield from owned(schema, item, (*path, f"f:{key}"))
    elif isinstance(value, list) and value and keys:
        for item in value:
            at = (*path, element(item, keys))
            yield at
            yield from owned(schema, item, at)
    else:
        yield path


def closed(paths: Iterable[Path]) -> set[Path]:
    """Paths with all that is above them."""
    return {path[:end] for path in paths for end in range(1, len(path) + 1)}


def find(schema: MergeSchema, value: Any, path: Path) -> Any:
    """The value at a path; None where there is none."""
    for depth, step in enumerate(path):
        if step.startswith("k:"):
            keys = schema.keys(path[depth - 1][2:])
            value = next((item for item in value or () if element(item, keys) == step), None)
        else:
            value = value.get(step[2:]) if isinstance(value, dict) else None
    return value


def without(schema: MergeSchema, value: Any, path: Path, field: str = "") -> Any:
    """A value without what is at a path."""
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        keys = schema.keys(field)
        kept = [item for item in value if rest or element(item, keys) != step]
        return [without(schema, i, rest, step) if element(i, keys) == step else i for i in kept]
    if not isinstance(value, dict) or step[2:] not in value:
        return value
    if not rest:
        return {key: item for key, item in value.items() if key != step[2:]}
    return value | {step[2:]: without(schema, value[step[2:]], rest, step[2:])}


def merge(schema: MergeSchema, live: Any, applied: Any, field: str = "") -> Any:
    """A live value with an applied one over it."""
    if isinstance(applied, dict) and isinstance(live, dict) and field not in ATOMIC:
        merged = {key: merge(schema, live[key], item, key) for key, item in applied.items() if key in live}
        return live | applied | merged
    keys = schema.keys(field)
    if not (isinstance(applied, list) and isinstance(live, list) and keys):
        return applied
    old = {element(item, keys): item for item in live}
    new = {element(item, keys): item for item in applied}
    merged_items = [merge(schema, old[e], item) if e in old else item for e, item in new.items()]
    return [*merged_items, *(item for e, item in old.items() if e not in new)]


def apply(
    live: Manifest, applied: Manifest, owners: Owners, manager: str
) -> tuple[Manifest, dict[Owner, frozenset[Path]]]:
    """What a forced apply makes of an object: fields the manager stated before and doesn't now go."""
    schema, owner = MergeSchema.of(applied), Owner(manager, "Apply")
    mine = frozenset(path for path in owned(schema, applied) if not identity(path))
    others = {who: paths for who, paths in owners.items() if who != owner}
    merged = merge(schema, live, applied)
    gone = (
        closed(owners.get(owner, ())) - closed(mine) - closed(p for paths in others.values() for p in paths)
    )
    for path in sorted(gone, key=len):
        merged = without(schema, merged, path)
    taken = {path for path in mine if find(schema, live, path) != find(schema, merged, path)}
    return merged, {who: paths - taken for who, paths in others.items() if paths - taken} | {owner: mine}


def update(live: Manifest, new: Manifest, owners: Owners, owner: Owner) -> dict[Owner, frozenset[Path]]:
    """Who owns what after someone wrote an object as a whole: they own what they changed."""
    schema = MergeSchema.of(new)
    keys = {key for key in {*live, *new} if live.get(key) != new.get(key)}
    old, now = ({key: each[key] for key in keys if key in each} for each in (live, new))
    before, after = (frozenset(p for p in owned(schema, o) if p and not identity(p)) for o in (old, now))
    changed = frozenset(p for p in after if p not in before or find(schema, live, p) != find(schema, new, p))
    touched = {f"f:{key}" for key in keys}
    left = {
        who: frozenset(p for p in paths if p[0] not in touched or (p in after and p not in changed))
        for who, paths in owners.items()
    }
    left[owner] = left.get(owner, frozenset()) | changed
    return {who: paths for who, paths in left.items() if paths}


def identity(path: Path) -> bool:
    """Whether a field has no owner: what an object is, and what the API server says about it."""
    served = (
        "uid",
        "name",
        "namespace",
        "generation",
        "resourceVersion",
        "creationTimestamp",
        "managedFields",
    )
    return path in {("f:apiVersion",), ("f:kind",)} or (
        path[:1] == ("f:metadata",) and (len(path) == 1 or path[1][2:] in served)
    )


def encoded(paths: Iterable[Path]) -> Manifest:
    """Paths as fieldsV1."""
    tree: Manifest = {}
    for path in sorted(paths):
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        if path[-1].startswith("k:"):
            node["."] = {}
    return tree


Writer = Callable[[Manifest], Manifest]
"""What someone makes of an object."""
