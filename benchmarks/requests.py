"""Requests of Crossplane, recorded on a live control plane, and variants of them.

`tests/live/test_recorded.py --record` writes the recordings anew.
"""

import copy
import json
import random
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

Request = fnv1.RunFunctionRequest

FOLDER = Path(__file__).parent / "recorded"

FIRST, STEADY = "first", "steady"
"""The recordings: before anything of the app exists, and once all of it runs."""


def load(name: str) -> fnv1.RunFunctionRequest:
    """A recorded request."""
    recorded = json.loads((FOLDER / f"{name}.json").read_text())
    return json_format.ParseDict(recorded, fnv1.RunFunctionRequest())


def save(name: str, request: Mapping[str, Any]) -> Path:
    """Write a recording, in protobuf's JSON mapping."""
    file = FOLDER / f"{name}.json"
    file.write_text(json.dumps(request, sort_keys=True, separators=(",", ":")) + "\n")
    return file


def grown(request: fnv1.RunFunctionRequest, times: int) -> fnv1.RunFunctionRequest:
    """The same with `times` the managedFields in every observed object: those grow in clusters."""
    larger = copy.deepcopy(request)
    for observed in larger.observed.resources.values():
        managers = observed.resource.fields["metadata"].struct_value.fields["managedFields"].list_value
        managers.values.extend([each for each in managers.values for _ in range(times - 1)])
    return larger


def large(request: fnv1.RunFunctionRequest, kib: int) -> fnv1.RunFunctionRequest:
    """The same with a spec of about `kib` KiB: environment variables of random letters."""
    other, letters = copy.deepcopy(request), random.Random(kib)  # noqa: S311  # No secret.
    env = {f"VARIABLE_{n}": "".join(letters.choices(string.ascii_letters, k=1024)) for n in range(kib)}
    spec = other.observed.composite.resource.fields["spec"].struct_value
    spec.fields["backend"].struct_value.update({"env": env})
    return other


def named(request: fnv1.RunFunctionRequest, name: str) -> fnv1.RunFunctionRequest:
    """The same about another app."""
    other = copy.deepcopy(request)
    metadata = other.observed.composite.resource.fields["metadata"].struct_value
    metadata.update({"uid": name})
    metadata.fields["labels"].struct_value.update({"crossplane.io/claim-name": name})
    return other


def edited(request: fnv1.RunFunctionRequest, number: int) -> fnv1.RunFunctionRequest:
    """The same after a commit: another image of the backend."""
    other = touched(request, str(number))
    spec = other.observed.composite.resource.fields["spec"].struct_value
    spec.fields["backend"].struct_value.update({"image": f"ghcr.io/acme/dashboard-backend:1.4.{number}"})
    return other


def touched(request: fnv1.RunFunctionRequest, version: str) -> fnv1.RunFunctionRequest:
    """The same after a change that decides nothing, such as one of a status."""
    other = copy.deepcopy(request)
    other.observed.composite.resource.fields["metadata"].struct_value.update({"resourceVersion": version})
    return other
