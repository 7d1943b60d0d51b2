"""Values of fields that were accepted, from the goldens: examples for the pages about the API."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pydantic
import yaml

from function.api.nodeapp import Spec
from function.api.patterns import type_below
from function.api.platform import Platform
from function.api.status import Status
from package.field_text import Path
from package.reference import NAME
from tests import golden

FIRST = ("full", "background", "gateway")
"""Goldens that show most. A field is shown as the first golden has it."""

OF_STATUS = ("refused", "tuned")
"""Goldens that show more of the status."""
MORE = """
limits: {instances: 5}
database:
  objectStore:
    destinationPath: s3://backups/production
    endpointURL: https://s3.example.com
    endpointCA: {name: store-ca, key: ca.crt}
    azureCredentials: {inheritFromAzureAD: true}
    googleCredentials: {gkeEnvironment: true}
    data: {compression: gzip, jobs: 2}
    tags: {owner: platform}
    historyTags: {owner: platform}
pods: {tolerations: [{key: spot, operator: Exists, effect: NoExecute, tolerationSeconds: 300}]}
profiles:
  staging:
    disruptionBudget: true
    database: {storage: 10Gi, backup: {enabled: true}, deletionPolicy: Retain}
allowOlderFunction: true
"""
"""A Platform with what is in no golden."""


def examples() -> tuple[dict[Path, Any], dict[Path, Any]]:
    """Path → value, of the NodeApp's fields and of the Platform's."""
    spec: dict[Path, Any] = {}
    settings: dict[Path, Any] = {}
    files = sorted(golden.CASES.glob("*.yaml"), key=lambda path: (path.stem not in FIRST, path.stem))
    for path in files:
        case = yaml.safe_load(golden.given(path))
        for model, given, into in (
            (Spec, case.get("nodeapp") or case.get("before"), spec),
            (Platform, case.get("platform"), settings),
        ):
            with suppress(pydantic.ValidationError):  # Some goldens show what happens to a refused one.
                model.model_validate(given)
                for where, value in written(model, given):
                    into.setdefault(where, value)
    more = yaml.safe_load(MORE)
    Platform.model_validate(more)
    for where, value in written(Platform, more):
        settings.setdefault(where, value)
    return spec, settings


def of_status() -> dict[Path, Any]:
    """Path → value, of the status that goldens show."""
    shown: dict[Path, Any] = {}
    for name in (*FIRST, *OF_STATUS):
        response = (golden.CASES / f"{name}.yaml").read_text().partition("\n---\n")[2]
        status = yaml.safe_load(response.partition("\nconditions:")[0])["status"]
        for where, value in written(Status, status):
            if value != "":
                shown.setdefault(where, value)
    return shown


def written(annotation: Any, given: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each field that is written, with its value."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            is_field = isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
            below = (*path, key if is_field else NAME)
            yield below, value
            yield from written(type_below(annotation, key), value, below)
    elif isinstance(given, list):
        for item in given:
            yield from written(type_below(annotation, "[]"), item, (*path, "[]"))
