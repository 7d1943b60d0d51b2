"""The schema of a NodeApp's status as the API server has it, with unknown fields refused.

The API server only prunes an unknown field: nobody would notice that it is missing.
"""

from functools import lru_cache

import yaml
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from jsonschema.protocols import Validator

from tests.generate import ROOT
from tests.schemas import Strict, closed
from tests.simulated.struct_codec import manifest as decoded


@lru_cache
def validator() -> Validator:
    """The validator of what the function writes: Crossplane adds its own fields to the schema later."""
    definition = yaml.safe_load((ROOT / "package" / "classic" / "definition.yaml").read_text())
    [version] = definition["spec"]["versions"]
    schema = closed(version["schema"]["openAPIV3Schema"]["properties"]["status"])
    strict: Validator = Strict(schema)
    return strict


def status_errors(response: fnv1.RunFunctionResponse) -> list[str]:
    """What the schema refuses in the status that a response desires, each with its path in the status."""
    status = decoded(response.desired.composite.resource).get("status", {})
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(status)]
