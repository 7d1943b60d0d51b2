"""Schemas for kubeconform: of Kubernetes' OpenAPI document, and of the CRDs of others. Nothing is downloaded.

tests/schemas.py judges the same objects by the schemas of the oldest Kubernetes that is supported. These here
are of the newest, of which the control plane of the tests is built.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.plane.crds import known
from tests.plane.modules import module_folder
from tests.schemas import read_crds

OPENAPI = "api/openapi-spec/swagger.json"
DEFINITIONS = "definitions.json"
LOCATION = "{{ .Group }}-{{ .ResourceAPIVersion }}-{{ .ResourceKind }}.json"
"""What kubeconform calls the file of a kind."""
META = f"{DEFINITIONS}#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
TEXT_OR_NUMBER = "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
"""OpenAPI calls it a string; Kubernetes reads numbers too."""

Schema = dict[str, Any]


def write(folder: Path) -> str:
    """Write the schema of every kind. Returns the location to give to kubeconform. Raises MissingError."""
    definitions = builtin()
    (folder / DEFINITIONS).write_text(json.dumps({"definitions": definitions}))
    for name, definition in definitions.items():
        for served in definition.get("x-kubernetes-group-version-kind", ()):
            file = file_of(folder, served["group"], served["version"], served["kind"])
            file.write_text(json.dumps({"$ref": f"{DEFINITIONS}#/definitions/{name}"}))
    for (group, version, kind), schema in custom():
        file_of(folder, group, version, kind).write_text(json.dumps(schema))
    return str(folder / LOCATION)


def file_of(folder: Path, group: str, version: str, kind: str) -> Path:
    """The file of a kind's schema. kubeconform takes a core kind's version for its group."""
    return folder / f"{group or version}-{version}-{kind.lower()}.json"


def builtin() -> dict[str, Schema]:
    """Kubernetes' own definitions, which know no other fields."""
    document = module_folder("kubernetes", "k8s.io/kubernetes") / OPENAPI
    definitions: dict[str, Schema] = json.loads(document.read_text())["definitions"]
    definitions[TEXT_OR_NUMBER]["type"] = ["string", "integer"]
    for definition in definitions.values():
        if "properties" in definition:
            definition["additionalProperties"] = False
    return definitions


def custom() -> Iterator[tuple[tuple[str, str, str], Schema]]:
    """The schemas of the CRDs. Their metadata are Kubernetes' own."""
    for (api_version, kind), schema in read_crds(known().values()):
        group, _, version = api_version.rpartition("/")
        properties = schema["properties"] | {"metadata": {"$ref": META}}
        yield (group, version, kind), schema | {"properties": properties}
