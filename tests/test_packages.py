"""What Crossplane installs agrees with the code, and nothing generated is stale."""

import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from crossplane.function import resource

from function.api import names
from function.api.model import RULES
from function.read import plain
from package.registry import published
from tests.generate import ROOT, examples, generated
from tests.simulated.simulation import Style
from tests.simulator import World
from tests.tools import tool

STYLES: tuple[Style, Style] = ("classic", "modern")


def load(path: str) -> Any:
    """A file of the project."""
    return yaml.safe_load((ROOT / path).read_text())


@pytest.mark.parametrize(
    ("path", "text"), [*generated(), *examples()], ids=lambda value: getattr(value, "name", "")
)
def test_generated_files_are_fresh(path: Path, text: str) -> None:
    """What is generated is what the models say."""
    assert path.read_text() == text, "run: uv run python -m tests.generate"


@pytest.mark.parametrize(("style", "kind"), [("classic", names.COMPOSITE), ("modern", names.CLAIM)])
def test_composition_names_what_is_installed(style: str, kind: str) -> None:
    """The Composition calls our function under the name that dependency resolution gives it."""
    composition, definition = (load(f"package/{style}/{name}.yaml") for name in ("composition", "definition"))
    [step] = composition["spec"]["pipeline"]
    [platform] = step["requirements"]["requiredResources"]
    [dependency] = load(f"package/{style}/crossplane.yaml")["spec"]["dependsOn"]
    assert composition["metadata"]["name"] == names.COMPOSITION
    assert composition["spec"]["compositeTypeRef"] == {"apiVersion": names.API_VERSION, "kind": kind}
    assert definition["spec"]["names"]["kind"] == kind
    assert definition["spec"]["defaultCompositionRef"] == {"name": names.COMPOSITION}
    assert step["functionRef"] == {"name": published().function_name}
    assert dependency["package"] == published().image("function")
    assert dependency["version"] == f">=v{published().version}"
    assert platform == {
        "requirementName": names.PLATFORM,
        "apiVersion": names.SETTINGS_API_VERSION,
        "kind": "Platform",
        "name": names.PLATFORM_NAME,
    }


def test_both_styles_are_one_api() -> None:
    """Which style a cluster has shows in no NodeApp: schema, columns and Composition are the same."""
    classic, modern = (load(f"package/{style}/definition.yaml")["spec"] for style in STYLES)
    [old], [new] = classic["versions"], modern["versions"]
    rules = [version["schema"]["openAPIV3Schema"].pop(RULES) for version in (old, new)]
    assert old == new
    assert [rule["message"] for rule in rules[0]] == [rule["message"] for rule in rules[1]]
    steps = [load(f"package/{style}/composition.yaml")["spec"]["pipeline"] for style in STYLES]
    assert steps[0] == steps[1]
    assert classic["claimNames"] == modern["names"]


@pytest.mark.parametrize("deletion_policy", ["Retain", "Delete"])
def test_both_styles_compose_the_same(deletion_policy: str) -> None:
    """One manifest, whichever style runs it: the objects are equal, but for what protects the XR's kind."""
    claim, settings = load("example/nodeapp.yaml"), load("example/platform.yaml")["spec"]
    spec = claim["spec"] | {"database": claim["spec"]["database"] | {"deletionPolicy": deletion_policy}}
    classic, modern = (composed(World(spec, settings, style=style)) for style in STYLES)
    protecting = {"deletion-protection-xr", "deletion-protection-namespace"}
    assert classic.keys() - modern.keys() == (protecting if deletion_policy == "Retain" else set())
    assert modern == {key: item for key, item in classic.items() if key in modern}
    assert "database-cluster" in modern


def composed(world: World) -> dict[str, Any]:
    """What the function desires once the app runs, by key, without the uid, which no two Clusters share."""
    desired = world.settle().reconcile().response.desired.resources
    objects = {key: plain(resource.struct_to_dict(item.resource)) for key, item in desired.items()}
    annotations = objects["database-cluster"]["metadata"]["annotations"]
    assert annotations.pop("platform.io/cluster-uid")
    assert annotations.pop(names.HASH)
    return objects


@pytest.mark.parametrize("package", ["function", *STYLES])
def test_crossplane_accepts_the_package(package: str, tmp_path: Path) -> None:
    """Crossplane's own CLI builds each package: it holds nothing that may not be there."""
    command = [tool("crossplane"), "xpkg", "build", f"--package-root={ROOT / 'package' / package}"]
    file = tmp_path / "built.xpkg"
    done = subprocess.run([*command, f"--package-file={file}"], capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
    assert done.returncode == 0, done.stderr
    with tarfile.open(file) as image:
        [layer] = [name for name in image.getnames() if name.endswith(".tar.gz")]
        with tarfile.open(fileobj=image.extractfile(layer)) as contents:
            stream = contents.extractfile("package.yaml")
            assert stream
            kinds = {document["kind"] for document in filter(None, yaml.safe_load_all(stream))}
    own = {"CustomResourceDefinition", "Function"}
    assert kinds == (
        own if package == "function" else {"Configuration", "CompositeResourceDefinition", "Composition"}
    )
