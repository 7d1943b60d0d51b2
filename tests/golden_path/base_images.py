"""What stands for a base image here: programs of this machine, where the image has them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.golden_path.images import Image
from tests.golden_path.processes import checked_output, program_path

BUSYBOX = ("dirname", "sh")
"""What Alpine's image has of it, as far as an entrypoint uses it."""


Mount = tuple[str, ...]
"""An option of bwrap's that puts something into the container; its last word says where."""


@dataclass(frozen=True, slots=True)
class Base:
    """What it has, and its PATH."""

    mounts: tuple[Mount, ...]
    path: str


def base(image: Image, env: Mapping[str, str]) -> Base:
    """The base of an image. Raises KeyError for one that isn't known here."""
    name = image.base.rpartition("/")[2].partition(":")[0]
    return {"node": node, "nginx-unprivileged": nginx}[name](image, env)


def node(image: Image, env: Mapping[str, str]) -> Base:
    """Node with npm, at the places of Docker's official image."""
    asked = "JSON.stringify([process.execPath, process.versions.node])"
    program, version = json.loads(checked_output(["node", "-p", asked], within=30, env=env))
    major = version.partition(".")[0]
    assert f":{major}" in image.base, f"{image.base} isn't the Node {version} of the tests"
    npm = Path(program).parents[1] / "lib" / "node_modules" / "npm"
    return Base(
        (
            ("--symlink", "usr/bin", "/bin"),
            ("--ro-bind", program, "/usr/local/bin/node"),
            ("--ro-bind", str(npm), "/usr/local/lib/node_modules/npm"),
            ("--symlink", "../lib/node_modules/npm/bin/npm-cli.js", "/usr/local/bin/npm"),
        ),
        "/usr/local/bin:/usr/bin:/bin",
    )


def nginx(image: Image, env: Mapping[str, str]) -> Base:  # noqa: ARG001  # One signature for all.
    """nginx, with the shell of Alpine."""
    program_path("nginx", "nginx")
    busybox, mime = program_path("busybox", "busybox"), "/etc/nginx/mime.types"
    links = (("--symlink", "busybox", f"/bin/{tool}") for tool in BUSYBOX)
    return Base(
        (("--ro-bind", busybox, "/bin/busybox"), *links, ("--ro-bind", mime, mime)),
        "/usr/local/bin:/bin:/usr/sbin",
    )
