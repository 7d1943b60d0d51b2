"""The empty function: Crossplane's SDK for Python, returning the desired state of the request.

It runs on the same interpreter and libraries as this function.
"""

from typing import Any

import click
import grpc
from crossplane.function import cli as sdk
from crossplane.function import response
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from crossplane.function.proto.v1 import run_function_pb2_grpc as grpcv1


class EmptyRunner(grpcv1.FunctionRunnerServiceServicer):
    """Composes nothing."""

    async def RunFunction(  # noqa: N802  # gRPC names it.
        self,
        request: fnv1.RunFunctionRequest,
        context: grpc.aio.ServicerContext[Any, Any],  # noqa: ARG002  # The signature is gRPC's.
    ) -> fnv1.RunFunctionResponse:
        """The desired state and the context, unchanged."""
        return response.to(request)


@click.command()
@sdk.standard_options
def cli(**options: Any) -> None:
    """Serve the empty function."""
    sdk.run(EmptyRunner(), **options)


if __name__ == "__main__":
    cli()
