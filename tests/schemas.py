"""What the API server would have against an object, as far as schemas tell: types, unknown fields, bounds.

Built-in kinds are judged by Kubernetes' own schemas, others by the CRDs that `python -m tests.plane build`
brings, and by those in the folder NODEAPP_CRDS.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator
from referencing import Registry, Resource

from function.api.fields import LABEL, LABEL_VALUE, QUALIFIED
from function.api.quantity import QUANTITY
from function.read import at
from tests.plane.crds import known

KUBERNETES = "1.34.0"
"""The oldest that is supported: what it knows, newer ones know."""

CRDS = known()
"""The files of others' CRDs, by the CRD's name."""

needs_crds = pytest.mark.skipif(not CRDS, reason="no CRDs are here yet: uv run python -m tests.plane build")

DEFINITIONS = "https://kubernetes.io/api/_definitions.json"
META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
QUALIFIED_NAMES = {"pattern": f"^{QUALIFIED}$"}
UNSAID: dict[str, dict[str, Any]] = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {"pattern": f"^{QUANTITY.pattern}$"},
    META: {
        "properties": {
            "name": {"type": "string", "maxLength": 253, "pattern": rf"^{LABEL}(\.{LABEL})*$"},
            "labels": {
                "propertyNames": QUALIFIED_NAMES,
                "additionalProperties": {"type": "string", "maxLength": 63, "pattern": f"^{LABEL_VALUE}$"},
            },
            "annotations": {
                "propertyNames": QUALIFIED_NAMES,
                "additionalProperties": {"type": "string"},
            },
        }
    },
}
"""What the API server demands and Kubernetes' schemas leave out."""


def problems(manifest: Mapping[str, Any]) -> list[str]:
    """What is wrong with an object, each with its path. Kinds that no schema is at hand for pass."""
    validator = judge(manifest["apiVersion"], manifest["kind"])
    if validator is None:
        return [f"no schema for {manifest['kind']} of {manifest['apiVersion']}"] if CRDS else []
    errors = sorted(validator.iter_errors(manifest), key=lambda error: error.json_path)
    return [*(f"{error.json_path}: {error.message}" for error in errors), *nulls("$", manifest)]


def nulls(path: str, value: Any) -> Iterator[str]:
    """Where a null is: applied, it would own the field."""
    if value is None:
        yield f"{path}: null"
    if isinstance(value, Mapping | list):
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from nulls(f"{path}.{key}", item)


@lru_cache
def judge(api_version: str, kind: str) -> Validator | None:
    """The judge of a kind; None where there is no schema for it."""
    schema = custom().get((api_version, kind)) or builtin(api_version, kind)
    return Strict(schema, registry=definitions()) if schema else None


def builtin(api_version: str, kind: str) -> dict[str, Any] | None:
    """Kubernetes' own schema of a kind, which knows no other fields."""
    group, _, version = api_version.rpartition("/")
    name = "-".join(filter(None, (kind.lower(), group.partition(".")[0], version)))
    return load(f"{name}.json")


def load(name: str) -> dict[str, Any] | None:
    """One of Kubernetes' schemas."""
    folder = resources.files("kubernetes_validate") / "kubernetes-json-schema"
    file = folder / f"v{KUBERNETES}-local-strict" / name
    schema: dict[str, Any] | None = json.loads(file.read_text()) if file.is_file() else None
    return schema


def definitions_of_kubernetes() -> dict[str, Any]:
    """What Kubernetes' schemas refer to."""
    return load("_definitions.json") or {}


@lru_cache
def definitions() -> Registry[Any]:
    """What Kubernetes' schemas refer to, with what they leave out."""
    shared = definitions_of_kubernetes()
    for name, more in UNSAID.items():
        known = shared["$defs"][name]
        properties = known.get("properties", {}) | more.get("properties", {})
        shared["$defs"][name] = known | more | ({"properties": properties} if properties else {})
    return Resource.from_contents(shared) @ Registry()


@lru_cache
def custom() -> Mapping[tuple[str, str], dict[str, Any]]:
    """The schemas of the CRDs, by API version and kind."""
    return dict(read_crds(CRDS.values()))


def read_crds(files: Iterable[Path]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Each version of each CRD in files."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file in files:
        for crd in filter(None, yaml.load_all(file.read_text(), loader)):
            spec = crd["spec"]
            for version in spec["versions"]:
                key = f"{spec['group']}/{version['name']}", spec["names"]["kind"]
                yield key, root(version["schema"]["openAPIV3Schema"])


def root(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a whole custom object: its metadata are Kubernetes' own."""
    whole = closed(schema)
    own = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}}
    meta = {"metadata": {"$ref": f"{DEFINITIONS}#/$defs/{META}"}}
    return whole | {"properties": whole.get("properties", {}) | own | meta}


def closed(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A structural schema as a JSON Schema that knows no other fields, as a server-side apply doesn't.

    What is required but has a default needn't be written.
    """
    done = dict(schema)
    if "properties" in schema:
        done["properties"] = {key: closed(value) for key, value in schema["properties"].items()}
        required = [
            key for key in schema.get("required", ()) if "default" not in schema["properties"].get(key, {})
        ]
        # JSON Schema's draft 4, which kubeconform reads, has no empty list here.
        done = {key: value for key, value in done.items() if key != "required"}
        done |= {"required": required} if required else {}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), Mapping):
            done[key] = closed(schema[key])
    if schema.get("type") == "object" and not schema.get("x-kubernetes-preserve-unknown-fields"):
        done.setdefault("additionalProperties", False)
    if schema.get("x-kubernetes-int-or-string"):
        done["type"] = ["integer", "string"]
    if schema.get("nullable") and "type" in done:
        done["type"] = [done["type"], "null"] if isinstance(done["type"], str) else [*done["type"], "null"]
    return done


def unique(_: Validator, keys: list[str], items: Any, schema: Any) -> Iterator[ValidationError]:  # noqa: ARG001
    """A list that is a map has no key twice: a server-side apply refuses that."""
    seen = [tuple(at(item, key) for key in keys) for item in items] if isinstance(items, list) else []
    for key in sorted({key for key in seen if seen.count(key) > 1}, key=str):
        yield ValidationError(f"{dict(zip(keys, key, strict=True))} is there twice")


Strict = validators.extend(Draft202012Validator, {"x-kubernetes-list-map-keys": unique})  # type: ignore[no-untyped-call]  # So its stubs have it.
