"""The pipeline's one step: the function is called through bytes until its requirements are stable."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf.struct_pb2 import Struct

from function.api.names import PLATFORM, PLATFORM_NAME
from tests.simulated.api_server import ApiServer, Ref, version
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import patched, struct

ITERATIONS = 5
"""Crossplane's MaxRequirementsIterations: so often it calls again."""
CAPABILITIES = (
    fnv1.CAPABILITY_CAPABILITIES,
    fnv1.CAPABILITY_REQUIRED_RESOURCES,
    fnv1.CAPABILITY_CREDENTIALS,
    fnv1.CAPABILITY_CONDITIONS,
    fnv1.CAPABILITY_REQUIRED_SCHEMAS,
)


class ComposeError(Exception):
    """A reconcile that changes nothing but conditions."""


class Runner(Protocol):
    """A function: in this process, or a server of it."""

    def run(self, data: bytes) -> bytes:
        """The encoded response to an encoded request."""
        ...


class Call(NamedTuple):
    """What went to the function and what came back."""

    request: fnv1.RunFunctionRequest
    response: fnv1.RunFunctionResponse


class Pipeline:
    """Calls the function as Crossplane does."""

    def __init__(self, server: ApiServer, runner: Runner) -> None:
        """`input` is the step's own, from the Composition."""
        self.server, self.runner = server, runner
        self.input: Manifest | None = None
        self.earlier: dict[str, Struct] = {}
        """What an earlier step desires, by key."""
        self.encoded: dict[str, Struct] = {}
        """Objects by resourceVersion: most of them don't change between two calls."""
        self.latest: dict[Ref, Manifest] = {}

    def run(self, xr: Manifest, observed: Mapping[str, Manifest]) -> list[Call]:
        """All calls of one reconcile; the last one's response counts. Raises ComposeError."""
        request = self.request(xr, observed)
        bootstrap = {PLATFORM: self.fetch(Ref("Platform", "", PLATFORM_NAME))}
        self.fill(request, bootstrap)
        request.meta.tag = hashlib.sha256(request.SerializeToString(deterministic=True)).hexdigest()
        calls: list[Call] = []
        wanted = None
        for _ in range(ITERATIONS + 1):
            response = call(self.runner, request)
            calls.append(Call(fnv1.RunFunctionRequest.FromString(request.SerializeToString()), response))
            stated = response.requirements if response.HasField("requirements") else None
            if fatal(response) is not None or stated == wanted:
                return calls
            wanted = stated
            required = {name: self.find(s) for name, s in response.requirements.resources.items()}
            self.fill(request, bootstrap | required)
            request.context.CopyFrom(response.context)
        message = f"requirements didn't stabilize after the maximum number of iterations ({ITERATIONS})"
        raise ComposeError(message)

    def request(self, xr: Manifest, observed: Mapping[str, Manifest]) -> fnv1.RunFunctionRequest:
        """The first call's request, but for what is required."""
        request = fnv1.RunFunctionRequest()
        request.meta.capabilities.extend(CAPABILITIES)
        request.observed.composite.resource.CopyFrom(self.encode(xr))
        for key, manifest in observed.items():
            request.observed.resources[key].resource.CopyFrom(self.encode(manifest))
        request.desired.SetInParent()
        for key, desired in self.earlier.items():
            request.desired.resources[key].resource.CopyFrom(desired)
        request.context.SetInParent()
        if self.input is not None:
            request.input.CopyFrom(struct(self.input))
        return request

    def find(self, selector: fnv1.ResourceSelector) -> list[Manifest]:
        """What a requirement finds: by name, or by labels in all namespaces, as the function asks."""
        if labels := selector.match_labels.labels:
            return [
                manifest
                for ref, manifest in sorted(self.server.objects.items())
                if (ref.kind, manifest["apiVersion"]) == (selector.kind, selector.api_version)
                and labels.items() <= (manifest["metadata"].get("labels") or {}).items()
            ]
        candidates = self.fetch(Ref(selector.kind, selector.namespace, selector.match_name))
        return [m for m in candidates if m["apiVersion"] == selector.api_version]

    def fetch(self, ref: Ref) -> list[Manifest]:
        """An object, if it is there."""
        manifest = self.server.get(ref)
        return [manifest] if manifest else []

    def fill(self, request: fnv1.RunFunctionRequest, required: Mapping[str, list[Manifest]]) -> None:
        """Answer requirements. A requirement without a match is present but empty."""
        request.ClearField("required_resources")
        for name, manifests in required.items():
            request.required_resources[name].SetInParent()
            for manifest in manifests:
                request.required_resources[name].items.add().resource.CopyFrom(self.encode(manifest))

    def encode(self, manifest: Manifest) -> Struct:
        """A stored object as a Struct."""
        return self.encoded.get(version(manifest)) or self.remember(manifest)

    def remember(self, manifest: Manifest) -> Struct:
        """Encode an object once, and of a later version only what changed."""
        ref, encoded = Ref.of(manifest), Struct()
        old = self.latest.get(ref, {})
        if old:
            encoded.CopyFrom(self.encoded[version(old)])
        patched(encoded, old, manifest)
        self.latest[ref], self.encoded[version(manifest)] = manifest, encoded
        return encoded


def call(runner: Runner, request: fnv1.RunFunctionRequest) -> fnv1.RunFunctionResponse:
    """One call, through bytes."""
    return fnv1.RunFunctionResponse.FromString(runner.run(request.SerializeToString()))


def fatal(response: fnv1.RunFunctionResponse) -> str | None:
    """The message of a FATAL response."""
    return next((r.message for r in response.results if r.severity == fnv1.SEVERITY_FATAL), None)
