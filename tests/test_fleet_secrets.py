"""The fleet's component for External Secrets Operator: it builds, and has the release that is tested here."""

import re
import shutil

import pytest
import yaml

from tests.fleet import FLEET, Json, built, one
from tests.generate import ROOT
from tests.schemas import judge, needs_crds, problems

MODULES = ROOT / "tests" / "plane" / "modules" / "crds" / "go.mod"


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """What the fleet's controllers are with the component."""
    folder = tmp_path_factory.mktemp("fleet") / "fleet"
    shutil.copytree(FLEET, folder, ignore=shutil.ignore_patterns("services"))
    file = folder / "controllers" / "kustomization.yaml"
    file.write_text(file.read_text() + yaml.safe_dump({"components": ["../components/external-secrets"]}))
    return built(folder / "controllers")


def test_its_release_is_the_one_whose_crd_is_tested(objects: list[Json]) -> None:
    """ExternalSecrets are judged by the CRD of the same release as the chart's, which has the same number."""
    chart = one(objects, "HelmRelease", "external-secrets")["spec"]["chart"]["spec"]
    [tested] = re.findall(r"github\.com/external-secrets/external-secrets v(\S+)", MODULES.read_text())
    assert chart["version"] == tested


@needs_crds
def test_flux_knows_every_field(objects: list[Json]) -> None:
    """Each object of it is valid under its CRD."""
    own = [each for each in objects if each["metadata"]["name"] == "external-secrets"]
    if not all(judge(each["apiVersion"], each["kind"]) for each in own):
        pytest.skip("Flux's CRDs aren't here: python -m tests.plane crds")
    assert {each["kind"] for each in own} == {"Namespace", "HelmRepository", "HelmRelease"}
    assert [problem for each in own for problem in problems(each)] == []
