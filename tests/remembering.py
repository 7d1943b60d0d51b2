"""What tests of the memo share."""

from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionResponse as Response
from google.protobuf.struct_pb2 import Struct

from benchmarks import requests
from function.edge.fn import FunctionRunner
from tests.simulated.struct_codec import manifest


def knowing() -> FunctionRunner:
    """A function that has answered about the recorded app."""
    one = FunctionRunner()
    one.run(requests.load(requests.STEADY).SerializeToString())
    return one


def answer(runner: FunctionRunner, request: Request) -> Response:
    """The answer to a request."""
    return Response.FromString(runner.run(request.SerializeToString()))


def fresh(request: Request) -> Response:
    """The answer of a function that remembers nothing."""
    return answer(FunctionRunner(memo=False), request)


def metadata(resource: Struct) -> Struct:
    """An object's metadata, to change."""
    return resource.fields["metadata"].struct_value


def status(response: Response) -> dict[str, object]:
    """The composite's status."""
    composite_status: dict[str, object] = manifest(response.desired.composite.resource)["status"]
    return composite_status
