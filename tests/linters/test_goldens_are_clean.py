"""No linter has anything against the objects of the goldens, unless reasons.yaml says why it is no fault."""

from pathlib import Path

import pytest

from function.cli.kube_yaml import dump
from tests.linters import golden_objects
from tests.linters.finding import Finding, reasons, stale, unexplained
from tests.linters.programs import LINTERS

pytestmark = pytest.mark.parametrize("linter", LINTERS)

FAULTY = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "faulty", "namespace": "dashboard"},
    "spec": {
        "replicass": 2,
        "selector": {"matchLabels": {"app": "faulty"}},
        "template": {
            "metadata": {"labels": {"app": "faulty"}},
            "spec": {
                "containers": [
                    {"name": "web", "image": "ghcr.io/acme/web:1", "securityContext": {"privileged": True}}
                ]
            },
        },
    },
}
"""A Deployment with a misspelt field and a privileged container: each linter has something against it."""
FOUND = {"kubeconform": "schema", "kube-score": "container-security-context-privileged", "trivy": "KSV-0017"}
"""Which check finds it."""


@pytest.fixture(scope="module")
def found() -> dict[str, list[Finding]]:
    """What each linter found in the goldens' objects: those that have run."""
    return {}


@pytest.fixture
def findings(
    linter: str, found: dict[str, list[Finding]], tmp_path_factory: pytest.TempPathFactory
) -> list[Finding]:
    """What a linter finds in the goldens' objects. It runs once."""
    if linter not in found:
        files = golden_objects.write(tmp_path_factory.mktemp("goldens"))
        found[linter] = list(LINTERS[linter](files))
    return found[linter]


def test_each_finding_has_a_reason(linter: str, findings: list[Finding]) -> None:
    """A finding is a fault of the manifests, or reasons.yaml says why it is none."""
    assert not unexplained(findings, reasons(linter))


def test_each_reason_has_a_finding(linter: str, findings: list[Finding]) -> None:
    """A reason that nothing needs any more is taken out of reasons.yaml."""
    assert not stale(findings, reasons(linter))


def test_a_fault_is_found(linter: str, tmp_path: Path) -> None:
    """A linter that looked at nothing would find nothing."""
    file = tmp_path / "faulty.yaml"
    file.write_text(dump([FAULTY]))
    findings = list(LINTERS[linter]([file]))
    assert FOUND[linter] in {each.check for each in findings}
    assert unexplained(findings, reasons(linter))
