"""Set the registry and the version of the packages in every file that names them.

`python -m package.registry registry.example.com/platform 1.2.0` writes them.
`python -m package.registry` prints the present ones as NAME=VALUE, for the release workflow.
Both need nothing but Python, so they run before anything is installed.
"""

import re
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGES = {
    "function": "function-nodeapp",
    "classic": "configuration-nodeapp",
    "modern": "configuration-nodeapp-modern",
    "services": "fleet-services",
}
"""What is released → its repository in the registry. Packages are called by their folder."""
COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
REGISTRY = re.compile(rf"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:/(?=[a-z]){COMPONENT}(?:/{COMPONENT})*)?")
"""A host and a path. A rule of Crossplane's spec.package refuses a host without a dot. The path is the OCI
specification's. It begins with a letter, because Crossplane names the function's Service after it."""
VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")

PLACES = {
    "pyproject.toml": {r'\[project\]\nname = "function-nodeapp"\nversion = "': "{version}"},
    "uv.lock": {r'name = "function-nodeapp"\nversion = "': "{version}"},
    **{
        f"package/{style}/{file}": places
        for style in ("classic", "modern")
        for file, places in {
            "crossplane.yaml": {
                r"kind: Function\n +package: ": "{function}",
                r'kind: Function\n +package: .*\n +version: ">=': "{tag}",
            },
            "composition.yaml": {r"functionRef:\n(?: +#.*\n)* +name: ": "{name}"},
        }.items()
    },
    **{
        path: {r"kind: Function\nmetadata:\n  name: ": "{name}", r"spec:\n  package: ": "{function}:{tag}"}
        for path in ("package/install/function.yaml", "example/render/functions.yaml")
    },
    "package/install/configuration.yaml": {r"spec:\n  package: ": "{classic}:{tag}"},
    "package/install-modern/kustomization.yaml": {r"path: /spec/package\n +value: ": "{modern}:{tag}"},
    **{
        f"example/flux/services/{path}": {r'name = "fleet-services"\nversion = "': "{version}"}
        for path in ("pyproject.toml", "uv.lock")
    },
    **{
        f"example/flux/components/{service}/deployment.yaml": {r" image: ": "{services}:{tag}"}
        for service in ("discovery", "commit-status", "images")
    },
    "example/flux/clusters/base/nodeapp.yaml": {r"\n +ref:\n +tag: ": "{tag}"},
    "example/backstage/organization/workflows/.github/workflows/deploy.yaml": {
        r"# renovate: datasource=docker depName=": "{function}",
        r" FUNCTION: ": "{function}:{tag}",
    },
}
"""File → pattern of the text before a value → format of the value, from Release.values."""


class Release(NamedTuple):
    """Where the packages are, and their version."""

    registry: str
    version: str

    @property
    def function_name(self) -> str:
        """The name that Crossplane gives to a Function which it installs as a dependency.

        That is the image's path as a DNS label: ToDNSLabel in crossplane-runtime's pkg/xpkg/name.go.
        """
        path = self.image("function").partition("/")[2]
        return re.sub(r"[^a-z0-9-]", "", re.sub(r"[./]", "-", path[:63])).strip("-")

    def image(self, package: str) -> str:
        """A package's image, without a tag."""
        return f"{self.registry}/{PACKAGES[package]}"

    def values(self) -> dict[str, str]:
        """The values that files contain, by name."""
        images = {package: self.image(package) for package in PACKAGES}
        return {"version": self.version, "tag": f"v{self.version}", "name": self.function_name, **images}


def published(root: Path = ROOT) -> Release:
    """The release that package/install installs. Raises LookupError if it names no image of the function."""
    text = (root / "package" / "install" / "function.yaml").read_text()
    match = re.search(rf"package: (\S+)/{PACKAGES['function']}:v(\S+)", text)
    if match is None:
        msg = "package/install/function.yaml names no image of the function"
        raise LookupError(msg)
    return Release(*match.groups())


def settled(release: Release, root: Path = ROOT) -> dict[Path, str]:
    """Each file of PLACES with the text that names this release.

    Raises ValueError for an invalid registry or version. Raises LookupError if a file hasn't each place once.
    """
    if not REGISTRY.fullmatch(release.registry):
        msg = f"{release.registry!r} is no registry: write a host and a path, such as ghcr.io/acme"
        raise ValueError(msg)
    if not VERSION.fullmatch(release.version):
        msg = f"{release.version!r} is no version: write three numbers, such as 1.2.0"
        raise ValueError(msg)
    values = release.values()
    return {root / path: filled(root / path, places, values) for path, places in PLACES.items()}


def filled(path: Path, places: dict[str, str], values: dict[str, str]) -> str:
    """A file's text with the values in its places. Raises LookupError if a place isn't in it once."""
    text = path.read_text()
    for before, value in places.items():
        text, count = re.subn(rf'({before})[^\s"]+', rf"\g<1>{value.format(**values)}", text)
        if count != 1:
            msg = f"{path}: {before!r} must be there once, and is there {count} times"
            raise LookupError(msg)
    return text


def main(arguments: list[str]) -> None:
    """Write the given release to every file, or on an error to none. Print the release in the files."""
    parser = ArgumentParser(
        prog="python -m package.registry", usage="%(prog)s [-h] [REGISTRY VERSION]", description=__doc__
    )
    parser.add_argument("release", nargs="*", help=SUPPRESS)
    match parser.parse_args(arguments).release:
        case []:
            texts = {}
        case [registry, version]:
            try:
                texts = settled(Release(registry, version))
            except (ValueError, LookupError) as error:
                sys.exit(str(error))
        case _:
            parser.error("give both a registry and a version, or none")
    for path, text in texts.items():
        path.write_text(text)
    release = published()
    for name, value in {"host": release.registry.partition("/")[0], **release.values()}.items():
        print(f"{name}={value}")  # noqa: T201  # A command's output.


if __name__ == "__main__":
    main(sys.argv[1:])
