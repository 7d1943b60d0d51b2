"""The schema of a NodeApp's status, as it is generated for the API server, with unknown fields refused.

The API server only prunes an unknown field: nobody would notice that it is missing.
"""

from functools import lru_cache

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from jsonschema.protocols import Validator

from package import generate
from tests.schemas import Strict, closed
from tests.simulated.struct_codec import manifest as decoded


@lru_cache
def validator() -> Validator:
    """The validator of what the function writes: Crossplane adds its own fields to the schema later."""
    [version] = generate.classic()["spec"]["versions"]
    schema = closed(version["schema"]["openAPIV3Schema"]["properties"]["status"])
    strict: Validator = Strict(schema)
    return strict


def status_errors(response: fnv1.RunFunctionResponse) -> list[str]:
    """What the schema refuses in the status that a response desires, each with its path in the status."""
    status = decoded(response.desired.composite.resource).get("status", {})
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(status)]
