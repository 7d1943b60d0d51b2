"""A cluster of the fleet keeps a controller's version while another one has the next, as the page says."""

import re
import shutil
from pathlib import Path

import yaml

from tests.commands import sections
from tests.fleet import FLEET, Json, built, one


def charts(objects: list[Json]) -> dict[str, str]:
    """Release → version of its chart."""
    releases = [each for each in objects if each["kind"] == "HelmRelease"]
    return {each["metadata"]["name"]: each["spec"]["chart"]["spec"]["version"] for each in releases}


def test_prod_holds_a_version(tmp_path: Path) -> None:
    """The patch of the page, and what Flux makes of it: this chart has another version, and no other one."""
    [block] = re.findall(r"(?s)```yaml\n(.*?)```", sections("docs/golden-path.md")["Upgrade"])
    fleet = tmp_path / "fleet"
    shutil.copytree(FLEET, fleet, ignore=shutil.ignore_patterns("services"))
    file = fleet / "clusters" / "prod" / "kustomization.yaml"
    cluster = yaml.safe_load(file.read_text())
    cluster["patches"] += yaml.safe_load(block)["patches"]
    file.write_text(yaml.safe_dump(cluster))

    versions = fleet / "controllers" / "versions.yaml"
    present = yaml.safe_load(versions.read_text())["data"]["cloudnative-pg"]
    newer = versions.read_text().replace(f"cloudnative-pg: {present}", "cloudnative-pg: 9.0.0")
    versions.write_text(newer)
    before = charts(built(fleet / "controllers"))
    patches = one(built(file.parent), "Kustomization", "controllers")["spec"]["patches"]
    held = fleet / "held"  # Flux adds the patches of its Kustomization to what it builds.
    held.mkdir()
    (held / "kustomization.yaml").write_text(
        yaml.safe_dump({"resources": ["../controllers"], "patches": patches})
    )
    after = charts(built(held))
    assert {name for name in before if before[name] != after[name]} == {"cloudnative-pg"}
    assert (before["cloudnative-pg"], after["cloudnative-pg"]) == ("9.0.0", present)
