"""Schemas are structural, rules are cheap enough, and what is composed is admitted under real CRDs."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from function.api.names import API_VERSION, CLAIM, GROUP, PLATFORM_NAME, SETTINGS_API_VERSION
from function.cli.kube_yaml import dump
from package import generate as schema
from tests import golden
from tests.dry_run import refused, submit, written
from tests.plane.kubectl import Cluster, Json
from tests.simulated.struct_codec import manifest
from tests.verdicts import ACCEPTED, PLATFORMS_REFUSED, REFUSED

MODERN = f"modern.{GROUP}"
VERSION = f"{MODERN}/{API_VERSION.rpartition('/')[2]}"
NAMESPACE = "judged"
CASES = sorted(golden.CASES.glob("*.yaml"))
INSTALL = Path(__file__).parents[2] / "package" / "install"


def crd(xrd: Json, group: str, scope: str) -> Json:
    """The CRD that Crossplane makes of an XRD, but for its own fields, in a group of its own.

    The control plane has CRDs of Crossplane's making already, and only one style of them at a time.
    """
    [version] = xrd["spec"]["versions"]
    served: Json = {"name": version["name"], "served": True, "storage": True, "schema": version["schema"]}
    names = xrd["spec"]["names"]
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{names['plural']}.{group}"},
        "spec": {
            "group": group,
            "names": names,
            "scope": scope,
            "versions": [served | {"subresources": {"status": {}}}],
        },
    }


@pytest.fixture(scope="module")
def api(cluster: Cluster) -> Cluster:
    """An API server that knows both styles, and a namespace."""
    metadata = {"name": NAMESPACE}
    cluster.apply(
        crd(schema.classic(), f"classic.{GROUP}", "Cluster"),
        crd(schema.modern(), MODERN, "Namespaced"),
        {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata},
    )
    for name in (f"xnodeapps.classic.{GROUP}", f"nodeapps.{MODERN}"):
        cluster.kubectl("wait", "--for=condition=Established", f"crd/{name}", "--timeout=30s")
    return cluster


@pytest.mark.parametrize("name", [f"xnodeapps.classic.{GROUP}", f"nodeapps.{MODERN}", f"nodeapps.{GROUP}"])
def test_schemas_are_structural(api: Cluster, name: str) -> None:
    """The API server prunes and validates by our schemas: both styles' and the one of Crossplane's making."""
    conditions = (api.get("crd", name) or {})["status"]["conditions"]
    assert {c["type"] for c in conditions if c["status"] == "True"} == {"NamesAccepted", "Established"}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_composed_is_admitted(api: Cluster, file: Path) -> None:
    """Every object of every golden is applied as Crossplane applies it."""
    case = next(yaml.safe_load_all(file.read_text()))
    desired = golden.response(case).desired.resources
    objects: list[Any] = [named(key, manifest(r.resource)) for key, r in sorted(desired.items())]
    if objects:
        given = dump(objects)
        options = ("--server-side", "--force-conflicts", "--field-manager=crossplane", "--dry-run=server")
        said = api.kubectl("apply", *options, "-f", "-", given=given)
        assert len(said.splitlines()) == len(objects)


def named(key: str, item: Json) -> Json:
    """What Crossplane names has a name of its own here, and what is in a namespace is in this one."""
    metadata = {"name": key} | item["metadata"]
    return item | {"metadata": metadata | ({"namespace": NAMESPACE} if "namespace" in metadata else {})}


def test_good_specs_are_admitted(api: Cluster) -> None:
    """What the function accepts is."""
    for spec in ACCEPTED:
        submit(api, written(VERSION, CLAIM, "shop", spec, NAMESPACE))


def test_bad_specs_are_refused_in_our_words(api: Cluster) -> None:
    """What the function refuses is, before anything is stored."""
    for case in REFUSED:
        refused(api, written(VERSION, CLAIM, "shop", case["spec"], NAMESPACE), case["says"])


def test_bad_platforms_are_refused_in_our_words(api: Cluster) -> None:
    """So is a Platform; and the one that is installed isn't."""
    for spec, says in PLATFORMS_REFUSED:
        if "environment must be" not in says:  # Which profiles there are, no rule can see.
            refused(api, written(SETTINGS_API_VERSION, "Platform", PLATFORM_NAME, spec), says)
    installed = INSTALL / "platform.yaml"
    api.kubectl("apply", "--server-side", "--force-conflicts", "--dry-run=server", "-f", str(installed))


def test_a_name_of_a_job_is_judged_with_the_apps(api: Cluster) -> None:
    """Together they name a CronJob, so at most 47 characters are admitted and no 48."""
    job = {"schedule": "0 2 * * *", "command": ["a"]}
    long, longer = ({"team": "t", "backend": {}, "jobs": {"j" * length: job}} for length in (43, 44))
    submit(api, written(VERSION, CLAIM, "shop", long, NAMESPACE))
    says = "NodeApp: metadata.name and the name of each job must have at most 47 characters together"
    refused(api, written(VERSION, CLAIM, "shop", longer, NAMESPACE), says)
