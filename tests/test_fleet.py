"""example/flux: it builds, it satisfies the schemas, and each app gets what it needs and no more."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.api.fields import APP_NAME
from package import health
from package.registry import published
from tests.fleet import CLUSTERS, FLEET, FOLDERS, Json, built, entries, inputs, one, rendered
from tests.flux.begin import INTERVAL
from tests.generate import ROOT
from tests.schemas import CRDS, needs_crds, problems
from tests.tools import built as program
from tests.tools import tool

HAS_FLUX = {
    *("fluxinstances.fluxcd.controlplane.io", "kustomizations.kustomize.toolkit.fluxcd.io"),
    *("alerts.notification.toolkit.fluxcd.io", "helmreleases.helm.toolkit.fluxcd.io"),
} <= set(CRDS)
needs_flux = pytest.mark.skipif(not HAS_FLUX, reason="Flux's CRDs aren't here: python -m tests.plane crds")
LISTED: Json = yaml.safe_load((FLEET / "registry" / "dashboard.yaml").read_text())


def resource_set() -> Json:
    """What is made for each app, before an app is filled in."""
    return one(built(FLEET / "apps"), "ResourceSet", "nodeapps")


def app() -> list[Json]:
    """What is made for the app of the example."""
    return rendered(resource_set(), inputs(LISTED))


@needs_flux
@needs_crds
@pytest.mark.parametrize("folder", FOLDERS)
def test_flux_knows_every_field(folder: str) -> None:
    """Each object that the fleet applies is valid under its CRD."""
    objects = [each for each in built(FLEET / folder) if each["kind"] != "FluxInstance" or HAS_FLUX]
    assert {each["metadata"]["name"]: found for each in objects if (found := problems(each))} == {}


@needs_flux
@needs_crds
def test_entries_and_what_is_made_of_them_are_valid() -> None:
    """The registry's entries, and the objects of an app."""
    objects = [*(yaml.safe_load(entry.read_text()) for entry in entries()), *app()]
    assert [found for each in objects for found in problems(each)] == []


def test_the_template_writes_such_an_entry() -> None:
    """The golden path's entry of dashboard is the registry's."""
    [skeleton] = (ROOT / "example" / "backstage" / "skeletons" / "fleet").rglob("*.njk")
    values = {"name": "dashboard", "team": "platform-team", "org": "acme"}
    for place in (skeleton.read_text(), skeleton.relative_to(skeleton.parents[1]).as_posix()):
        filled = re.sub(r"\$\{\{ values\.(\w+) \}\}", lambda found: values[found[1]], place)
        if place.endswith(".njk"):
            assert (FLEET / filled.removesuffix(".njk")).is_file()
        else:
            assert filled == (FLEET / "registry" / "dashboard.yaml").read_text()


def test_flux_operator_makes_the_same(tmp_path: Path) -> None:
    """What the tests render is what its own program renders."""
    if program("flux-operator-cli") is None:
        pytest.skip("flux-operator-cli isn't built: uv run python -m tests.plane build")
    file = tmp_path / "resourceset.yaml"
    file.write_text(yaml.safe_dump(resource_set()))
    entry = str(FLEET / "registry" / "dashboard.yaml")
    command = [tool("flux-operator-cli"), "build", "rset", "-f", str(file), "--inputs-from-provider", entry]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # Ours.
    made = [each for each in yaml.safe_load_all(done.stdout) if each]
    for each in made:  # Its own mark.
        labels: dict[str, Any] = each["metadata"].get("labels", {})
        for label in [label for label in labels if label.startswith("resourceset.fluxcd.controlplane.io/")]:
            del labels[label]
        if not labels:
            each["metadata"].pop("labels", None)
    assert sorted(made, key=str) == sorted(app(), key=str)


def test_flux_can_write_one_object_of_an_app() -> None:
    """The registered NodeApp: not another one, no other kind, and not elsewhere."""
    objects = app()
    names = {"name": "flux-nodeapp", "namespace": "dashboard"}
    role, binding = one(objects, "Role", "flux-nodeapp"), one(objects, "RoleBinding", "flux-nodeapp")
    account = {"kind": "ServiceAccount", "name": "nodeapp-dashboard", "namespace": "flux-apps"}
    assert role["metadata"] == binding["metadata"] == names
    assert binding["subjects"] == [account]
    assert [rule["resources"] for rule in role["rules"]] == [["nodeapps"]] * 2
    assert role["rules"][0]["resourceNames"] == ["dashboard"]
    assert role["rules"][1]["verbs"] == ["list", "watch"]
    assert one(objects, "Kustomization", "dashboard")["spec"]["serviceAccountName"] == account["name"]
    assert not [each for each in objects if each["kind"].startswith("Cluster") and "Role" in each["kind"]]


def test_nothing_is_moved_into_the_namespace() -> None:
    """A foreign NodeApp has to be refused, so Flux doesn't rewrite its namespace."""
    assert "targetNamespace" not in one(app(), "Kustomization", "dashboard")["spec"]


@pytest.mark.parametrize("part", ["annotations", "labels"])
def test_a_repository_can_t_tell_flux_how_to_apply_its_app(part: str) -> None:
    """Flux writes these over whatever the overlay has, after it is built."""
    told = one(app(), "Kustomization", "dashboard")["spec"]["commonMetadata"][part]
    words = {"force": "disabled", "prune": "enabled", "reconcile": "enabled", "ssa": "Override"}
    assert told == {f"kustomize.toolkit.fluxcd.io/{key}": value for key, value in words.items()}


def test_the_result_is_judged_by_the_generated_expressions() -> None:
    """Of NodeApps and of packages, wherever they are copied to."""
    spec = one(app(), "Kustomization", "dashboard")["spec"]
    current, failed = health.nodeapp_current(), health.nodeapp_failed()
    kind = {"apiVersion": "platform.io/v1", "kind": "NodeApp"}
    assert spec["healthCheckExprs"] == [kind | {"failed": failed, "current": current}]
    assert spec["wait"]
    for cluster in CLUSTERS:
        spec = one(built(FLEET / "clusters" / cluster), "Kustomization", "nodeapp")["spec"]
        assert [each["current"] for each in spec["healthCheckExprs"]] == [health.package_current()] * 2


def test_versions_are_in_one_place() -> None:
    """Each chart has an exact version from versions.yaml, which Renovate finds there."""
    text = (FLEET / "controllers" / "versions.yaml").read_text()
    versions: dict[str, str] = yaml.safe_load(text)["data"]
    releases = [each for each in built(FLEET / "controllers") if each["kind"] == "HelmRelease"]
    used = {each["metadata"]["name"]: each["spec"]["chart"]["spec"]["version"] for each in releases}
    assert used == versions
    assert all(re.fullmatch(r"v?\d+\.\d+\.\d+", version) for version in versions.values())
    managers = json.loads((FLEET / "renovate.json").read_text())["customManagers"]
    [pattern] = managers[0]["matchStrings"]
    found = re.finditer(pattern.replace("(?<", "(?P<"), text)
    assert {match["depName"].rpartition("/")[2]: match["currentValue"] for match in found} == versions


def test_the_fleet_installs_this_release() -> None:
    """The API and the function are those of one tag, which Renovate moves."""
    for cluster in CLUSTERS:
        source = one(built(FLEET / "clusters" / cluster), "GitRepository", "function-nodeapp")
        assert source["spec"]["ref"] == {"tag": f"v{published().version}"}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_is_locked_down(cluster: str) -> None:
    """Flux acts as a ServiceAccount that is named, and each cluster has its own environment and settings."""
    objects = built(FLEET / "clusters" / cluster)
    instance = one(objects, "FluxInstance", "flux")["spec"]
    assert instance["cluster"]["multitenant"]
    assert instance["distribution"]["version"] == "2.9.x"
    assert instance["sync"]["path"] == f"clusters/{cluster}"
    assert instance["sync"]["interval"] == INTERVAL
    kustomizations = [each for each in objects if each["kind"] == "Kustomization"]
    assert {each["spec"]["serviceAccountName"] for each in kustomizations} == {"kustomize-controller"}
    [patch] = yaml.safe_load(one(objects, "Kustomization", "registry")["spec"]["patches"][0]["patch"])
    assert patch == {"op": "replace", "path": "/spec/defaultValues/environment", "value": cluster}
    for each in kustomizations:
        if each["spec"]["sourceRef"]["name"] == "flux-system":
            assert (FLEET / each["spec"]["path"]).is_dir(), each["metadata"]["name"]


def test_the_registry_takes_the_names_that_the_form_takes() -> None:
    """The policy has the app names of the API, and refuses the namespaces that the form refuses."""
    policy = (FLEET / "apps" / "registry-policy.yaml").read_text()
    assert f"'^{APP_NAME}$'" in policy
    form = yaml.safe_load((ROOT / "example" / "backstage" / "template.yaml").read_text())
    pattern = form["spec"]["parameters"][0]["properties"]["name"]["pattern"]
    [reserved] = re.findall(r"\(\?!\((.*?)\)\$\)", pattern)
    assert f"'^({reserved})$'" in policy
