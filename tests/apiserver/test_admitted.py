"""Schemas are structural, rules are cheap enough, and what is composed is admitted under real CRDs."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.api.names import API_VERSION, CLAIM, PLATFORM_NAME, SETTINGS_API_VERSION
from package import generate as schema
from tests import golden
from tests.dry_run import refused, submit, written
from tests.live.cluster import Cluster, Json
from tests.simulated.struct_codec import manifest
from tests.test_api import ACCEPTED, PLATFORMS_REFUSED, REFUSED

CASES = sorted(golden.CASES.glob("*.yaml"))
INSTALL = Path(__file__).parents[2] / "package" / "install"


def crd(xrd: Json, names: Json, scope: str) -> Json:
    """The CRD that Crossplane makes of an XRD, but for its own fields: served under these names."""
    spec = xrd["spec"]
    [version] = spec["versions"]
    served: Json = {"name": version["name"], "served": True, "storage": True, "schema": version["schema"]}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{names['plural']}.{spec['group']}"},
        "spec": {
            "group": spec["group"],
            "names": names,
            "scope": scope,
            "versions": [served | {"subresources": {"status": {}}}],
        },
    }


def establish(cluster: Cluster, *crds: Json) -> None:
    """Apply CRDs, and wait until they are served."""
    for each in crds:
        cluster.kubectl("apply", "--server-side", "-f", "-", given=json.dumps(each))
        name = each["metadata"]["name"]
        cluster.kubectl("wait", "--for=condition=Established", f"crd/{name}", "--timeout=30s")
        found = cluster.get("crd", name) or {}
        told = {c["type"]: c["status"] for c in found["status"]["conditions"]}
        assert told.get("NonStructuralSchema", "False") == "False"


@pytest.fixture(scope="module")
def api(cluster: Cluster) -> Cluster:
    """The API server, which knows what we install."""
    classic, modern = schema.classic(), schema.modern()
    establish(
        cluster,
        crd(classic, classic["spec"]["names"], "Cluster"),
        crd(modern, modern["spec"]["names"], "Namespaced"),
    )
    establish(cluster, schema.platform_crd())
    cluster.kubectl("create", "namespace", golden.NAME)
    return cluster


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_composed_is_admitted(api: Cluster, file: Path) -> None:
    """Every object of every golden is applied as Crossplane applies it."""
    case = next(yaml.safe_load_all(file.read_text()))
    desired = golden.response(case).desired.resources
    objects: list[Any] = [named(key, manifest(r.resource)) for key, r in sorted(desired.items())]
    if objects:
        given = yaml.safe_dump_all(objects)
        options = ("--server-side", "--force-conflicts", "--field-manager=crossplane", "--dry-run=server")
        said = api.kubectl("apply", *options, "-f", "-", given=given)
        assert len(said.splitlines()) == len(objects)


def named(key: str, found: Json) -> Json:
    """What Crossplane names has a name of its own here."""
    return found | {"metadata": {"name": key} | found["metadata"]}


def test_good_specs_are_admitted(api: Cluster) -> None:
    """What the function accepts is."""
    for spec in ACCEPTED:
        submit(api, written(API_VERSION, CLAIM, "shop", spec, golden.NAME))


def test_bad_specs_are_refused_in_our_words(api: Cluster) -> None:
    """What the function refuses is, before anything is stored."""
    for case in REFUSED:
        refused(api, written(API_VERSION, CLAIM, "shop", case["spec"], golden.NAME), case["says"])


def test_bad_platforms_are_refused_in_our_words(api: Cluster) -> None:
    """So is a Platform; and the one that is installed isn't."""
    for spec, says in PLATFORMS_REFUSED:
        if "environment must be" not in says:  # Which profiles there are, no rule can see.
            refused(api, written(SETTINGS_API_VERSION, "Platform", PLATFORM_NAME, spec), says)
    installed = yaml.safe_load((INSTALL / "platform.yaml").read_text())
    submit(api, installed)
