"""The registry and the version of the packages: every file names the same, and Crossplane takes them."""

import re
import sys

import pytest
import yaml

from package.registry import PACKAGES, PLACES, ROOT, Release, published, settled
from tests.copied import ran, texts

IMAGE = re.compile(
    rf"(?<![\w./:-])[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[\w.-]+)*/(?:{'|'.join(PACKAGES.values())})(?![\w-])"
)
"""The image of a package: a host, a path and the package's repository. The URL of the source is none."""
NO_IMAGE = {
    "pyproject.toml",
    "uv.lock",
    *(f"example/flux/services/{path}" for path in ("pyproject.toml", "uv.lock")),
    *(f"package/{style}/composition.yaml" for style in ("classic", "modern")),
    "example/flux/clusters/base/nodeapp.yaml",
}
"""Files that name only the version, or only the Function."""


def test_every_place_agrees() -> None:
    """Each file names the same release. If one doesn't: python -m package.registry REGISTRY VERSION."""
    for path, text in settled(published()).items():
        assert path.read_text() == text


def test_no_other_file_names_an_image() -> None:
    """A file that names the image of a package is one that the command writes."""
    assert {path for path, text in texts(ROOT).items() if IMAGE.search(text)} == PLACES.keys() - NO_IMAGE


def test_the_release_workflow_asks_for_what_is_printed() -> None:
    """The workflow names no package itself: it pushes and signs what the command prints."""
    workflow = (ROOT / ".github" / "workflows" / "release.yaml").read_text()
    assert not any(repository in workflow for repository in PACKAGES.values())
    asked = set(re.findall(r"steps\.release\.outputs\.(\w+)", workflow))
    printed = ran(ROOT, sys.executable, "-m", "package.registry").stdout
    assert {"host", *PACKAGES} <= asked <= set(re.findall(r"(?m)^(\w+)=", printed))


@pytest.mark.parametrize(
    ("registry", "name"),
    [
        ("ghcr.io/acme", "acme-function-nodeapp"),
        ("registry.example.com", "function-nodeapp"),
        ("registry.example.com:5000/a/b.c_d", "a-b-cd-function-nodeapp"),
        (f"ghcr.io/{'g' * 47}", f"{'g' * 47}-function-nodeap"),
        (f"ghcr.io/{'g' * 53}", f"{'g' * 53}-function"),
        (f"ghcr.io/{'g' * 62}", "g" * 62),
    ],
)
def test_the_function_has_the_name_that_crossplane_derives(registry: str, name: str) -> None:
    """The names are what crossplane-runtime's ToDNSLabel returned for these paths."""
    assert Release(registry, "1.2.0").function_name == name


@pytest.mark.parametrize("registry", ["ghcr.io/acme", "registry.example.com:5000/a/b.c__d/e--f", "r.io"])
def test_crossplane_takes_the_images(registry: str) -> None:
    """Images of a registry that the command takes satisfy the API server's rule for spec.package."""
    rule = r"^[^\.\/]+(\.[^\.\/]+)+(\/[^\/:@]+)+(:[^:@]+(@sha256.+)?|@sha256.+)$"
    manifests = settled(Release(registry, "1.2.0"))
    for name in ("function", "configuration"):
        manifest = yaml.safe_load(manifests[ROOT / f"package/install/{name}.yaml"])
        assert re.fullmatch(rule, manifest["spec"]["package"])


@pytest.mark.parametrize(
    "release",
    [
        *(
            Release(registry, "1.2.0")
            for registry in ("acme", "ghcr.io/Acme", "https://ghcr.io/acme", "ghcr.io/")
        ),
        *(
            Release(registry, "1.2.0")
            for registry in ("localhost:5000/acme", "ghcr.io/acme:1", "ghcr.io/1acme")
        ),
        *(Release("ghcr.io/acme", version) for version in ("v1.2.0", "1.2", "1.2.0-rc.1", "01.2.0", "")),
    ],
)
def test_an_invalid_release_is_refused(release: Release) -> None:
    """What Crossplane, a registry or the release workflow wouldn't take is written nowhere."""
    with pytest.raises(ValueError, match=r"is no (registry|version)"):
        settled(release)
