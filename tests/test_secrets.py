"""Passwords pass the function by: it asks for none, reads none that it is handed, and tells none."""

from pathlib import Path

import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from grpc import RpcError, insecure_channel

from benchmarks import requests
from tests import golden
from tests.kinds import composed_kinds, looked_up_kinds
from tests.serving import METHOD, answered, served
from tests.test_rights import granted

CANARY = "correct-horse-battery-staple"
DETAILS = {"password": CANARY.encode()}


def handed() -> fnv1.RunFunctionRequest:
    """A request of a running app with connection details and credentials, as Crossplane may attach them."""
    full = requests.load(requests.STEADY)
    full.observed.composite.connection_details.update(DETAILS)
    for resource in full.observed.resources.values():
        resource.connection_details.update(DETAILS)
    full.credentials["registry"].credential_data.data.update(DETAILS)
    return full


def test_no_secret_is_composed_looked_up_or_granted() -> None:
    """Pods name the Secrets that the kubelet reads for them. Nothing else needs to see one."""
    kinds = {kind.kind for kind in composed_kinds() | looked_up_kinds()}
    assert "Secret" not in kinds
    assert not {resource for _, resource in granted() if resource in ("secrets", "*")}


def test_secrets_that_are_handed_over_are_told_to_nobody(tmp_path: Path) -> None:
    """They are in no answer and no log, whether a call goes well, is refused, or can't be read."""
    log = tmp_path / "log"
    broken = handed()
    broken.observed.composite.resource["spec"] = "of another kind"
    broken.observed.composite.resource.fields["metadata"].struct_value.update({"resourceVersion": "later"})
    with (
        log.open("w") as output,
        served("--insecure", "--debug", output=output) as server,
        insecure_channel(server.address) as channel,
    ):
        good, bad = answered(channel, handed()), answered(channel, broken)
        with pytest.raises(RpcError) as failed:
            channel.unary_unary(METHOD, None, None)(handed().SerializeToString() + b"\xff" + CANARY.encode())
    assert good.desired.resources
    assert {result.severity for result in bad.results} == {fnv1.SEVERITY_WARNING}
    answers = good.SerializeToString() + bad.SerializeToString()
    assert CANARY not in f"{answers!r} {failed.value} {log.read_text()}"


def test_passwords_reach_pods_by_reference_alone() -> None:
    """Every variable that holds one in a golden names a Secret's key instead of a value."""
    references = [
        variable
        for path in golden.CASES.glob("*.yaml")
        for manifest in golden.played(path)["objects"].values()
        if manifest["kind"] == "Deployment"
        for container in manifest["spec"]["template"]["spec"]["containers"]
        for variable in container.get("env", [])
        if "valueFrom" in variable and "secretKeyRef" in variable["valueFrom"]
    ]
    assert {variable["name"] for variable in references} >= {"DATABASE_URL"}
    assert all("value" not in variable for variable in references)
