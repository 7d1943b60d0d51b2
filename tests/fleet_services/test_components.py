"""The services' manifests: restricted pods, the least rights, and no way in for strangers."""

import re
import shutil
import subprocess
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from fleet_services.kustomizations import ENVIRONMENT, NODEAPP, REPOSITORY
from package.registry import published
from tests.deploy_repository import ENVIRONMENTS, EXAMPLE, MARKER, TAG
from tests.generate import ROOT
from tests.schemas import judge, needs_crds, problems
from tests.tools import tool

FLUX = ROOT / "example" / "flux"
SERVICES = ("discovery", "commit-status", "images")


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What kustomize makes of the fleet's apps with all components."""
    folder = tmp_path_factory.mktemp("fleet") / "fleet"
    shutil.copytree(FLUX, folder, ignore=shutil.ignore_patterns("services"))
    kustomization = folder / "apps" / "kustomization.yaml"
    components = {"components": [f"../components/{each}" for each in SERVICES]}
    kustomization.write_text(kustomization.read_text() + yaml.safe_dump(components))
    command = [tool("kubectl"), "kustomize", str(kustomization.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # Ours.
    return list(yaml.safe_load_all(done.stdout))


def of(objects: list[dict[str, Any]], kind: str, name: str) -> dict[str, Any]:
    """One object."""
    [found] = [each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


@needs_crds
def test_objects_satisfy_the_schemas(objects: list[dict[str, Any]]) -> None:
    """The API server knows every field."""
    judged = [each for each in objects if judge(each["apiVersion"], each["kind"])]
    assert [message for each in judged for message in problems(each)] == []
    assert {"Deployment", "NetworkPolicy", "Role", "Service"} <= {each["kind"] for each in judged}


@pytest.mark.parametrize("service", SERVICES)
def test_pods_are_restricted(objects: list[dict[str, Any]], service: str) -> None:
    """Pod Security's strictest profile, and a root that can't be written."""
    pod = of(objects, "Deployment", service)["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    [container] = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert "memory" in container["resources"]["limits"]
    assert all(mount["readOnly"] for mount in container["volumeMounts"])
    assert container["image"] == f"{published().image('services')}:v{published().version}"


def test_rights_are_to_read_what_is_needed(objects: list[dict[str, Any]]) -> None:
    """None can write anything in the cluster, or read a Secret."""
    rights = {
        (each["kind"], each["metadata"]["name"]): [
            (resource, *rule["verbs"]) for rule in each["rules"] for resource in rule["resources"]
        ]
        for each in objects
        if each["kind"] in ("Role", "ClusterRole") and each["metadata"]["name"] in SERVICES
    }
    assert rights == {
        ("Role", "discovery"): [("resourcesetinputproviders", "list")],
        ("Role", "images"): [("kustomizations", "list"), ("imagepolicies", "list")],
        ("Role", "commit-status"): [("kustomizations", "list", "watch"), ("events", "list")],
        ("ClusterRole", "commit-status"): [("nodeapps", "list", "watch")],
    }


@pytest.mark.parametrize("service", SERVICES)
def test_strangers_cannot_connect(objects: list[dict[str, Any]], service: str) -> None:
    """The policy selects the pods, and names who may come in and what they may reach."""
    policy = of(objects, "NetworkPolicy", service)["spec"]
    labels = of(objects, "Deployment", service)["spec"]["template"]["metadata"]["labels"]
    assert policy["podSelector"] == {"matchLabels": labels}
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert all("namespaceSelector" in peer for rule in policy["ingress"] for peer in rule["from"])
    assert all(rule.get("ports") for rule in policy["egress"])


def test_the_operator_is_let_in_and_asks_the_right_address(objects: list[dict[str, Any]]) -> None:
    """With a token, for every app, and once a minute."""
    provider = of(objects, "ResourceSetInputProvider", "discovery")
    service = of(objects, "Service", "discovery")
    assert (
        provider["spec"]["url"] == f"http://{service['metadata']['name']}.flux-apps.svc.cluster.local/inputs"
    )
    assert service["spec"]["ports"][0]["port"] == 80
    assert provider["metadata"]["labels"] == {"platform.io/inputs": "nodeapp"}
    assert provider["spec"]["filter"]["limit"] == 10000
    assert provider["metadata"]["annotations"]["fluxcd.controlplane.io/reconcileEvery"] == "1m"
    pod = of(objects, "Deployment", "discovery")["spec"]["template"]["spec"]
    mounted = {each["name"]: each.get("secret", {}).get("secretName") for each in pod["volumes"]}
    assert mounted["token"] == provider["spec"]["secretRef"]["name"]


def test_taking_the_provider_out_of_git_removes_no_app(objects: list[dict[str, Any]]) -> None:
    """Flux leaves it where it is."""
    annotations = of(objects, "ResourceSetInputProvider", "discovery")["metadata"]["annotations"]
    assert annotations["kustomize.toolkit.fluxcd.io/prune"] == "disabled"


def test_each_apps_kustomization_is_annotated(objects: list[dict[str, Any]]) -> None:
    """With what a report needs. The values are the inputs of the ResourceSet."""
    resources = of(objects, "ResourceSet", "nodeapps")["spec"]["resources"]
    [kustomization] = [each for each in resources if each["kind"] == "Kustomization"]
    assert kustomization["metadata"]["annotations"] == {
        REPOSITORY: "<< inputs.repository >>",
        ENVIRONMENT: "<< inputs.environment >>",
        NODEAPP: "<< inputs.namespace >>/<< inputs.name >>",
    }


@lru_cache
def locked(lock: Path) -> dict[str, str]:
    """The versions in a lock file."""
    packages = tomllib.loads(lock.read_text())["package"]
    return {each["name"]: each["version"] for each in packages}


def test_what_is_tested_is_what_is_served() -> None:
    """The tests run with the versions that the image has."""
    image, tests = locked(FLUX / "services" / "uv.lock"), locked(ROOT / "uv.lock")
    assert image.pop("fleet-services") == published().version
    assert {
        name: (version, tests.get(name)) for name, version in image.items() if tests.get(name) != version
    } == {}


def test_the_image_is_as_hard_as_the_functions() -> None:
    """The same base image, the same user, and the same steps."""
    ours, its = ((folder / "Dockerfile").read_text() for folder in (FLUX / "services", ROOT))
    for word in ("FROM ", "USER ", "ENV UV_", "RUN pip", "RUN uv"):
        assert [line for line in ours.splitlines() if line.startswith(word)] == [
            line for line in its.splitlines() if line.startswith(word)
        ]


def made(objects: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    """What the ResourceSet of images makes for the app dashboard, by name."""
    text = yaml.safe_dump(of(objects, "ResourceSet", "images")["spec"]["resources"])
    resources = yaml.safe_load(text.replace("<< inputs.name >>", "dashboard"))
    return {each["metadata"]["name"]: each for each in resources if each["kind"] == kind}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_marked_image_has_its_policy(objects: list[dict[str, Any]], environment: str) -> None:
    """The comments in a deploy repository name policies that are made, for the images that CI pushes."""
    text = (EXAMPLE / "overlays" / environment / "images.yaml").read_text()
    marked = [policy for *_, policy in MARKER.findall(text)]
    policies, repositories = made(objects, "ImagePolicy"), made(objects, "ImageRepository")
    assert set(marked) == set(policies)
    for name, policy in policies.items():
        assert policy["metadata"]["namespace"] == "flux-apps"
        repository = repositories[policy["spec"]["imageRepositoryRef"]["name"]]
        assert repository["spec"]["image"] == f"ghcr.io/acme/{name}"


def test_the_policies_order_the_tags_of_ci(objects: list[dict[str, Any]]) -> None:
    """By the time at their end."""
    for policy in made(objects, "ImagePolicy").values():
        spec = policy["spec"]
        assert spec["policy"] == {"numerical": {"order": "asc"}}
        found = re.fullmatch(spec["filterTags"]["pattern"], TAG)
        assert found
        assert found[spec["filterTags"]["extract"].removeprefix("$")] == TAG.rpartition("-")[2]


@needs_crds
def test_what_the_policies_are_made_of_satisfies_the_schemas(objects: list[dict[str, Any]]) -> None:
    """As far as the CRDs of image-reflector-controller are at hand."""
    resources = [*made(objects, "ImagePolicy").values(), *made(objects, "ImageRepository").values()]
    judged = [each for each in resources if judge(each["apiVersion"], each["kind"])]
    assert [message for each in judged for message in problems(each)] == []


@pytest.mark.parametrize(("component", "file"), [("discovery", "removed"), ("images", "frozen")])
def test_lists_for_people_begin_empty(component: str, file: str) -> None:
    """Only comments are in them."""
    lines = (FLUX / "components" / component / file).read_text().splitlines()
    assert all(line.startswith("#") for line in lines)
